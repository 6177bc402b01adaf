"""Registers the step `case` with Django."""

from django.apps import AppConfig


class CaseConfig(AppConfig):
    """The step `case` of the process."""

    name = "gensvar.process.case"
    label = "case"
