"""Loads Django for the database that the environment names; imported before anything that has models."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gensvar.settings")
django.setup()
