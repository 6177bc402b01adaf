"""Registers the desk with Django, and tells the alerts where its pages are."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The screens."""

    name = "gensvar.desk"
    label = "desk"

    def ready(self) -> None:
        """Say how the addresses of pages are made: alerts lead to them."""
        from gensvar.desk.alerts import signposts
        from gensvar.process.alert import links

        links.lead_by(signposts())
