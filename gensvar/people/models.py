"""People, the workspaces they work in, and how they got in."""

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from gensvar.people.actor import Actor
from gensvar.people.rules import Standing, standing


class User(AbstractUser):
    """A person who can sign in. `first_name` holds the full name as the person writes it."""

    last_name = None  # type: ignore[assignment]
    first_name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    signature = models.CharField(max_length=200, blank=True)
    direct_contact = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What colleagues and customers read."""
        return self.first_name or self.username

    @property
    def initials(self) -> str:
        """One or two letters for the presence marks."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()


class SetUp(models.Model):
    """The one row that says that first-run set-up was done. It is never deleted: set-up stays closed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="set_up_once")]

    def __str__(self) -> str:
        return f"set up {self.done_at:%Y-%m-%d}"


class Workspace(models.Model):
    """One company that is answered for. Every other row belongs to exactly one; an agency has many."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    created_at = models.DateTimeField()
    zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=10, default="en")
    answer_minutes = models.PositiveIntegerField(default=60)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People of one workspace who share a kind of case."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a person is in a workspace. `left_at` keeps the name in the journal after someone left."""

    class Role(models.TextChoices):
        """The roles of `rules.Role`, in words."""

        ADMINISTRATOR = "administrator", _("Administrator")
        LEAD = "lead", _("Lead")
        AGENT = "agent", _("Agent")
        AMBASSADOR = "ambassador", _("Ambassador")
        VIEWER = "viewer", _("Viewer")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    teams = models.ManyToManyField(Team, blank=True, related_name="memberships")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user"], condition=models.Q(left_at=None), name="member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"

    def actor(self) -> Actor:
        """This person, acting in this workspace."""
        return Actor(self.workspace_id, self.user_id, self.user.name, self.role)


class Invitation(models.Model):
    """A way in for one person, by a link that works once and only for a while."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=Membership.Role.choices)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.email or self.role} → {self.workspace}"

    def standing(self, at: datetime) -> Standing:
        """Whether the link works at `at`, or why not."""
        return standing(
            accepted_at=self.accepted_at, withdrawn_at=self.withdrawn_at, expires_at=self.expires_at, at=at
        )
