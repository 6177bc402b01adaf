"""Registers the second reading with Django."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    """The better reader of the operator."""

    name = "gensvar.process.reader"
    label = "reader"
