"""The case, its journal of facts, and who is looking at it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gensvar.people.models import User, Workspace
from gensvar.process.case import steps


class Case(models.Model):
    """One unhappy (or happy, or curious) person and everything that follows from what they said.

    The columns from `network` to `unsure` are the cover of the dossier: a copy of what the inbox shows,
    so that a list of fifty cases is one query; `about` is the kind of the watch that met it, `folded` how often
    the same was said again, by how. `leaning` is the kind that a machine leans to while it is unsure; `sure` the
    probability of that or of `kind` while only a machine has said it, None once a person has; `abuse` the ground
    on which it is abusive beside whatever else it is ("" = it is not); `unsure`: a machine could not tell, so a
    person looks first; `may_threaten`: there is a fair chance of a threat, and nobody has judged it; `topic`: the
    code of what it complains about. `before_step` and `before_due_at`: where the case stood before its reply went
    on its way.
    `answer_due_at`: when the first answer is due, by the promise that held when its clock began;
    `next_due_at`: when the clock ends that runs now.
    """

    class Step(models.TextChoices):
        """`steps.Step`, in words for a list."""

        JUDGE = steps.Step.JUDGE.value, _("Judge")
        ANSWER = steps.Step.ANSWER.value, _("Answer")
        THANK = steps.Step.THANK.value, _("Thank")
        GROUND = steps.Step.GROUND.value, _("Decide on the abuse")
        REVIEW = steps.Step.REVIEW.value, _("Second eyes")
        SENDING = steps.Step.SENDING.value, _("Sending")
        LOOK = steps.Step.LOOK.value, _("Look whether it was sent")
        PROMISE = steps.Step.PROMISE.value, _("Promised")
        WATCH = steps.Step.WATCH.value, _("Their turn")
        TALK = steps.Step.TALK.value, _("In private")
        RETURN = steps.Step.RETURN.value, _("Return to the thread")
        FOLLOW = steps.Step.FOLLOW.value, _("Asked")
        CONCLUDE = steps.Step.CONCLUDE.value, _("Write down the outcome")
        CLOSED = steps.Step.CLOSED.value, _("Closed")

    class Kind(models.TextChoices):
        """`steps.Kind`, in words."""

        COMPLAINT = steps.Kind.COMPLAINT.value, _("Complaint")
        QUESTION = steps.Kind.QUESTION.value, _("Question")
        PRAISE = steps.Kind.PRAISE.value, _("Praise")
        OTHER = steps.Kind.OTHER.value, _("Other")
        ABUSE = steps.Kind.ABUSE.value, _("Abuse")

    class Severity(models.IntegerChoices):
        """`steps.Severity`, in words."""

        LOW = steps.Severity.LOW.value, _("Low")
        NORMAL = steps.Severity.NORMAL.value, _("Normal")
        HIGH = steps.Severity.HIGH.value, _("High")
        CRITICAL = steps.Severity.CRITICAL.value, _("Critical")

    class Outcome(models.TextChoices):
        """`steps.Outcome`, in words."""

        TURNED = steps.Outcome.TURNED.value, _("Turned positive")
        SETTLED = steps.Outcome.SETTLED.value, _("Settled")
        UNHAPPY = steps.Outcome.UNHAPPY.value, _("Still unhappy")
        SILENT = steps.Outcome.SILENT.value, _("No answer")
        THANKED = steps.Outcome.THANKED.value, _("Thanked")
        NOTHING = steps.Outcome.NOTHING.value, _("Nothing to do")
        ABUSE = steps.Outcome.ABUSE.value, _("Abuse, not fed")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="cases")
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")
    step = models.CharField(max_length=20, choices=Step.choices, default=Step.JUDGE)
    tray = models.CharField(max_length=20, default=steps.Tray.NOW.value)
    kind = models.CharField(max_length=20, choices=Kind.choices, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)

    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    clock_started_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True, blank=True)
    before_step = models.CharField(max_length=20, blank=True)
    before_due_at = models.DateTimeField(null=True, blank=True)
    promised_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    problem = models.TextField(blank=True)
    remedy = models.TextField(blank=True)

    network = models.CharField(max_length=40)
    thread_key = models.CharField(max_length=500)
    channel_name = models.CharField(max_length=120)
    author_id = models.CharField(max_length=500)
    author_name = models.CharField(max_length=200)
    author_handle = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=12, blank=True)
    tagged = models.BooleanField(default=False)
    own_channel = models.BooleanField(default=False)
    about = models.CharField(max_length=20, blank=True)
    watch_name = models.CharField(max_length=120, blank=True)
    followers = models.PositiveIntegerField(null=True, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    excerpt = models.CharField(max_length=300)
    spans = models.JSONField(default=list, blank=True)
    folded = models.JSONField(default=dict, blank=True)
    leaning = models.CharField(max_length=20, choices=Kind.choices, blank=True)
    sure = models.FloatField(null=True, blank=True)
    sentiment = models.CharField(max_length=10, blank=True)
    abuse = models.CharField(max_length=10, blank=True)
    urgency = models.CharField(max_length=10, blank=True)
    unsure = models.BooleanField(default=False)
    may_threaten = models.BooleanField(default=False)
    topic = models.CharField(max_length=60, blank=True)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, default=Severity.NORMAL)

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "tray", "next_due_at", "id"], name="case_tray"),
            models.Index(fields=["workspace", "tray", "-opened_at", "-id"], name="case_newest"),
            models.Index(
                fields=["workspace", "owner", "next_due_at"], condition=Q(closed_at=None), name="case_owner"
            ),
            models.Index(fields=["workspace", "network", "thread_key"], name="case_thread"),
            models.Index(
                fields=["workspace", "-unsure", "-severity", "next_due_at", "id"],
                condition=Q(step=steps.Step.JUDGE.value),
                name="case_to_judge",
            ),
            models.Index(
                fields=["workspace", "tray", "-severity", "next_due_at", "id"], name="case_severity"
            ),
            models.Index(fields=["workspace", "opened_at"], name="case_opened"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.author_name}: {self.excerpt[:40]}"

    @property
    def is_closed(self) -> bool:
        """Whether nothing is to be done any more (until the author comes back)."""
        return self.closed_at is not None

    @property
    def author(self) -> str:
        """What to call the author, as well as it is known."""
        return self.author_name or self.author_handle or self.author_id


class Fact(models.Model):
    """One line of the journal: what happened, when, by whom. Never changed; the flow reads it once."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="facts")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="facts")
    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=150)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="fact_case"),
            models.Index(fields=["workspace", "id"], name="fact_workspace"),
            models.Index(fields=["workspace", "name", "id"], name="fact_named"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name} {self.name}"


class Presence(models.Model):
    """Who has a case open, and whether they are writing in it (PROCESS A8)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    is_writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="present_once")]
        indexes = [models.Index(fields=["changed_at"], name="presence_changed")]

    def __str__(self) -> str:
        return f"{self.user} {'writes in' if self.is_writing else 'looks at'} {self.case_id}"
