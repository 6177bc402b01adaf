"""Registers the step `listen` with Django."""

from django.apps import AppConfig


class ListenConfig(AppConfig):
    """The step `listen` of the process."""

    name = "gensvar.process.listen"
    label = "listen"
