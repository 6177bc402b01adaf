"""Registers the desk with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The screens."""

    name = "gensvar.desk"
    label = "desk"
