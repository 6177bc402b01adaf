"""What people actions refuse, each with a sentence for people.

PermissionError
└── NotYours (actor.py)     the actor has not the right, or not here
ValueError
└── Refused
    ├── AlreadySetUp        first-run set-up was done before, perhaps a moment ago in another window
    ├── NameTaken           someone signs in with this name already
    ├── InvitationOver      used, withdrawn or expired
    ├── AlreadyIn           this person is a member already
    ├── LastAdministrator   nobody would be left who can let people in
    └── TeamNameTaken       a team of this workspace has this name
"""


class Refused(ValueError):
    """Nothing was changed; the message says why and what to do."""


class AlreadySetUp(Refused):
    """Set-up is closed for ever."""


class NameTaken(Refused):
    """Names are what people sign in with, so each is used once."""


class InvitationOver(Refused):
    """The link does not work any more."""


class AlreadyIn(Refused):
    """A person is in a workspace once."""


class LastAdministrator(Refused):
    """A workspace keeps at least one administrator."""


class TeamNameTaken(Refused):
    """Teams of a workspace have different names."""
