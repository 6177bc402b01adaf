"""How people sign in: allauth's rules, with sign-up closed."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by himself: set-up and invitations are the ways in."""
