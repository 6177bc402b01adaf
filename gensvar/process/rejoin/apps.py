"""Registers the step `rejoin` with Django."""

from django.apps import AppConfig


class RejoinConfig(AppConfig):
    """The step `rejoin` of the process."""

    name = "gensvar.process.rejoin"
    label = "rejoin"
