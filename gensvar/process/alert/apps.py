"""Registers the step `alert` with Django."""

from django.apps import AppConfig


class AlertConfig(AppConfig):
    """The step `alert` of the process."""

    name = "gensvar.process.alert"
    label = "alert"
