"""Ways to reach a person, what they want to be told of, each thing to tell, and each message that leaves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gensvar.engine.models import Work
from gensvar.people.models import User, Workspace
from gensvar.process.alert import rules, states
from gensvar.process.alert.states import FROZEN
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Mention, View

THREAT = ("threat", _("Threat"))
"""What can be asked for beside the kinds: a machine that is sure of it is enough."""


class Route(models.Model):
    """One address of one person. `locked` holds it encrypted, `shown` as much of it as a list may show.

    Nothing but its test message is sent there before the person has typed the code of that message.
    """

    class Way(models.TextChoices):
        """`states.Way`, in words."""

        MAIL = states.Way.MAIL.value, _("Mail")
        SMS = states.Way.SMS.value, _("SMS")
        CHAT = states.Way.CHAT.value, _("Chat")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="routes")
    way = models.CharField(max_length=10, choices=Way.choices)
    locked = models.TextField()
    shown = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    code = models.CharField(max_length=10, blank=True)
    code_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.shown}"

    @property
    def is_open(self) -> bool:
        """Whether alerts may leave by it."""
        return self.confirmed_at is not None and self.paused_at is None


class Rule(models.Model):
    """What one person wants to be told of in one workspace, by which way, how often, and when not.

    `every_minutes` 0 = at once. Quiet hours are wall-clock times in the person's own zone; the `wake_…`
    columns say what is told all the same. `warn_minutes`: how long before the end a clock is told of.
    """

    class About(models.TextChoices):
        """`states.About`, in words."""

        EVERYTHING = states.About.EVERYTHING.value, _("everything new")
        VIEW = states.About.VIEW.value, _("a view")
        JUDGED = states.About.JUDGED.value, _("what is judged to be")
        MINE = states.About.MINE.value, _("my cases")
        CLOCK = states.About.CLOCK.value, _("a clock that runs out")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="alert_rules")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="alert_rules")
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="rules")
    about = models.CharField(max_length=20, choices=About.choices)
    view = models.ForeignKey(View, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=[*Case.Kind.choices, THREAT], blank=True)
    every_minutes = models.PositiveIntegerField(default=0)
    warn_minutes = models.PositiveIntegerField(default=15)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    wake_kinds = models.JSONField(default=list, blank=True)
    wake_reach = models.PositiveIntegerField(null=True, blank=True)
    wake_clock = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["workspace", "about"], condition=Q(paused_at=None), name="alert_rule_at_work"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.about}"

    @property
    def wake(self) -> rules.Wake:
        """What is told in quiet hours too."""
        return rules.Wake(frozenset(self.wake_kinds), self.wake_reach, self.wake_clock)

    @property
    def quiet(self) -> rules.Quiet | None:
        """When nothing is told."""
        if self.quiet_from is None or self.quiet_to is None:
            return None
        return rules.Quiet(self.quiet_from, self.quiet_to, self.user.time_zone)


class Dispatch(Work):
    """One message to one route: work of its own. Its text is frozen before anything leaves.

    One that `gathers` takes in further alerts of its rule until its text is written. `is_pressing` leaves in
    quiet hours too. `key` is the Message-ID of a mail. What was said is forgotten once it is said: the
    alerts in it lead to the cases.
    """

    class State(models.TextChoices):
        """`states.State`, in words."""

        WAITING = states.State.WAITING.value, _("Waiting")
        READY = states.State.READY.value, _("About to leave")
        SENDING = states.State.SENDING.value, _("Sending")
        LATER = states.State.LATER.value, _("Will be tried again")
        SENT = states.State.SENT.value, _("Sent")
        REFUSED = states.State.REFUSED.value, _("Refused")
        UNSURE = states.State.UNSURE.value, _("Unsure")
        DROPPED = states.State.DROPPED.value, _("Dropped")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    route = models.ForeignKey(
        Route, on_delete=models.SET_NULL, null=True, blank=True, related_name="dispatches"
    )
    rule = models.ForeignKey(
        Rule, on_delete=models.SET_NULL, null=True, blank=True, related_name="dispatches"
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    gathers = models.BooleanField(default=False)
    is_test = models.BooleanField(default=False)
    is_pressing = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    subject = models.CharField(max_length=200, blank=True)
    frozen_text = models.TextField(blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule"],
                condition=Q(state=states.State.WAITING.value, gathers=True),
                name="one_gathering_dispatch",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FROZEN)
                | (~Q(frozen_text="") & Q(frozen_at__isnull=False) & ~Q(key="")),
                name="alert_frozen_before_it_leaves",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.State.SENT.value) | Q(sent_at__isnull=False),
                name="alert_sent_has_an_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="dispatch_due"),
            models.Index(fields=["user", "-made_at"], name="dispatch_newest"),
            models.Index(fields=["route", "sent_at"], name="dispatch_sent"),
        ]

    def __str__(self) -> str:
        return f"dispatch {self.pk} ({self.state})"


class Alert(models.Model):
    """One thing to tell one person by one route: never twice, which a constraint holds.

    `occasion` names the thing ("found:12"); `since` is the instant from which its delay is measured.
    """

    class What(models.TextChoices):
        """`states.What`, in words."""

        FOUND = states.What.FOUND.value, _("New")
        JUDGED = states.What.JUDGED.value, _("Judged")
        GIVEN = states.What.GIVEN.value, _("Given to you")
        CLOCK = states.What.CLOCK.value, _("Time runs out")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="alerts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="alerts")
    route = models.ForeignKey(Route, on_delete=models.SET_NULL, null=True, blank=True, related_name="alerts")
    rule = models.ForeignKey(Rule, on_delete=models.SET_NULL, null=True, blank=True, related_name="alerts")
    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="alerts")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="alerts")
    mention = models.ForeignKey(
        Mention, on_delete=models.CASCADE, null=True, blank=True, related_name="alerts"
    )
    what = models.CharField(max_length=10, choices=What.choices)
    occasion = models.CharField(max_length=120)
    since = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "occasion"], name="alert_once")]
        indexes = [models.Index(fields=["workspace", "-made_at"], name="alert_newest")]

    def __str__(self) -> str:
        return f"{self.occasion} to {self.user_id}"
