"""Registers the step `respond` with Django."""

from django.apps import AppConfig


class RespondConfig(AppConfig):
    """The step `respond` of the process."""

    name = "gensvar.process.respond"
    label = "respond"
