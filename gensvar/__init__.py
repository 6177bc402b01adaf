"""Gensvar: hear what is said about a company in public, answer it well, see it solved."""

__version__ = "0.1.0"
