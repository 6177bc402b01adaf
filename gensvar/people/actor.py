"""Who does a thing: every action names its Actor, and the journal keeps the name."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gensvar.people.rules import Right, may


class NotYours(PermissionError):
    """The actor may not do this; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one workspace, or the machine (`user_id` None) acting there."""

    workspace_id: int
    user_id: int | None
    name: str
    role: str

    def may(self, right: Right) -> bool:
        """Whether this actor has `right`; the machine may whatever the process tells it."""
        return self.is_machine or may(self.role, right)

    @property
    def is_machine(self) -> bool:
        """Whether no person stands behind this."""
        return self.user_id is None

    def need(self, right: Right, workspace_id: int) -> None:
        """Raise NotYours unless this actor has `right` in that workspace."""
        if workspace_id != self.workspace_id or not self.may(right):
            raise NotYours(_("%(name)s may not do this here.") % {"name": self.name})


def machine(workspace_id: int) -> Actor:
    """The desk itself, for what happens without a person."""
    return Actor(workspace_id=workspace_id, user_id=None, name="Gensvar", role="")
