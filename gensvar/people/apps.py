"""Registers the people app with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users and what they may do."""

    name = "gensvar.people"
    label = "people"
