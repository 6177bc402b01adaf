"""Which better reader a workspace has, and each reading: what it was asked, and what it answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gensvar.engine.models import Work
from gensvar.kernel.sentence import Sentence
from gensvar.people.models import Workspace
from gensvar.process.assess.models import Verdict
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Mention
from gensvar.process.reader import states


class Reader(models.Model):
    """The better reader of a workspace; off, and mostly without a row. `locked` holds its key, encrypted.

    `heads`: the questions it is asked; `only_unsure`: only those on which the shipped model could not tell.
    `labels`: what the labels of a folder's model mean (`reading.reader.labels`). `calls` counts those of `month`.
    `paused_until`: until when nobody asks it, because it said so or because it is of no use now; `trouble` is a
    template with its values, said in the language of whoever reads it.
    """

    class Way(models.TextChoices):
        """`states.Way`, in words."""

        OFF = states.Way.OFF.value, _("No other reader")
        ADDRESS = states.Way.ADDRESS.value, _("A server with a chat interface")
        FOLDER = states.Way.FOLDER.value, _("A classifier in a folder of this desk")

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="reader")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.OFF)
    address = models.CharField(max_length=500, blank=True)
    model = models.CharField(max_length=200, blank=True)
    locked = models.TextField(blank=True)
    temperature = models.FloatField(null=True, blank=True)
    folder = models.CharField(max_length=100, blank=True)
    labels = models.TextField(blank=True)
    heads = models.JSONField(default=list, blank=True)
    only_unsure = models.BooleanField(default=True)
    seconds = models.PositiveIntegerField(default=20)
    monthly = models.PositiveIntegerField(default=1000)
    month = models.CharField(max_length=7, blank=True)
    calls = models.PositiveIntegerField(default=0)
    paused_until = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)
    trouble_values = models.JSONField(default=dict, blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reader of {self.workspace}"

    @property
    def why(self) -> Sentence:
        """What is wrong with it; empty when nothing is."""
        return Sentence(self.trouble, **(self.trouble_values if self.trouble else {}))

    @property
    def is_on(self) -> bool:
        """Whether posts are given to it."""
        return self.way != states.Way.OFF


class Reading(Work):
    """One wording given to the reader: work of its own, and afterwards what was asked and answered, as it was.

    `verdict` is what the shipped model says of that wording; it stands whatever becomes of this. `asked` and
    `answered` are cut where they are too long, and never hold the key. `answers` is what of it counted. It goes
    with its case, and with its post.
    """

    class State(models.TextChoices):
        """`states.State`, in words."""

        DUE = states.State.DUE.value, _("Waiting for the reader")
        ANSWERED = states.State.ANSWERED.value, _("Answered")
        NO_ANSWER = states.State.NO_ANSWER.value, _("No answer that counts")

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="readings")
    verdict = models.OneToOneField(Verdict, on_delete=models.CASCADE, related_name="reading")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="readings")
    heads = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DUE)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=300, blank=True)
    asked = models.TextField(blank=True)
    answered = models.TextField(blank=True)
    answers = models.JSONField(default=dict, blank=True)
    ms = models.PositiveIntegerField(null=True, blank=True)
    tokens_in = models.PositiveIntegerField(null=True, blank=True)
    tokens_out = models.PositiveIntegerField(null=True, blank=True)
    why = models.TextField(blank=True)
    why_values = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="reading_due"),
            models.Index(fields=["case", "id"], name="reading_case"),
        ]

    def __str__(self) -> str:
        return f"reading {self.pk} ({self.state})"

    @property
    def reason(self) -> Sentence:
        """Why there is no answer that counts; empty when there is one."""
        return Sentence(self.why, **(self.why_values if self.why else {}))
