"""Registers the step `document` with Django."""

from django.apps import AppConfig


class DocumentConfig(AppConfig):
    """The step `document` of the process."""

    name = "gensvar.process.document"
    label = "document"
