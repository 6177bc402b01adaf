"""Registers the engine with Django."""

from django.apps import AppConfig


class EngineConfig(AppConfig):
    """Leases, sweep and doorbells."""

    name = "gensvar.engine"
    label = "engine"
