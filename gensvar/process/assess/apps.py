"""Registers the step `assess` with Django."""

from django.apps import AppConfig


class AssessConfig(AppConfig):
    """The step `assess` of the process."""

    name = "gensvar.process.assess"
    label = "assess"
