"""Registers the step `solve` with Django."""

from django.apps import AppConfig


class SolveConfig(AppConfig):
    """The step `solve` of the process."""

    name = "gensvar.process.solve"
    label = "solve"
