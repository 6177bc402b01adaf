"""What machines said of each wording, what was decided for each case, and how a workspace lets machines judge.

Verdict and judgement are two tables: a verdict is read off one wording of any post (also one without a case), by
a model, with everything it said; a judgement is a decision on a case, mostly a person's, and is what counts. So
a new model or an edit adds verdicts and can change no decision, and what a machine had said before a person
spoke stays beside what the person said, which is what its accuracy is measured by. What people say of a post
teaches heads of the workspace's own; each lesson can be left out, and each head switched off or made anew.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gensvar.people.models import Team, User, Workspace
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Mention, Revision, Watch


class Verdict(models.Model):
    """What one model said of one wording of a mention. Never changed; the newest of a mention counts.

    `kind` … `urgency` are its answers, `scores` the probabilities behind them by head (`abuse` holds one number),
    `reasons` the words that decided as [start, end, head, weight] in `Mention.words`, `unsure` the heads on which
    it could not tell, `urgent` the rules that moved the urgency as [template, values].
    """

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="verdicts")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="verdicts")
    judge = models.CharField(max_length=200)
    at = models.DateTimeField()
    language = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=20)
    sentiment = models.CharField(max_length=10)
    abuse = models.CharField(max_length=10, blank=True)
    target = models.CharField(max_length=10, blank=True)
    urgency = models.CharField(max_length=10)
    scores = models.JSONField(default=dict)
    reasons = models.JSONField(default=list, blank=True)
    unsure = models.JSONField(default=list, blank=True)
    urgent = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "judge"], name="verdict_once")]
        indexes = [models.Index(fields=["mention", "-id"], name="verdict_newest")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.judge})"


class Judgement(models.Model):
    """One answer to "what is this post". The newest of a case counts; the older ones stay readable.

    `abusive`: whether it is abusive beside that; None when nobody said. `confidence` is the probability with
    which a machine judged alone, None when a person did. `verdict`: what a machine had said before.
    `left_out`: nothing is learnt from it any more.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="judgements")
    kind = models.CharField(max_length=20, choices=Case.Kind.choices)
    abusive = models.BooleanField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    confidence = models.FloatField(null=True, blank=True)
    verdict = models.ForeignKey(
        Verdict, on_delete=models.SET_NULL, null=True, blank=True, related_name="judgements"
    )
    left_out = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="judgement_newest")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.by_name})"


class Policy(models.Model):
    """How a workspace lets machines judge; a workspace without a row has the defaults.

    `sure_at`: from which probability an answer counts as sure, by head, where the workspace has moved it.
    `severity`: the rows of the table as `severity.to_json` writes them, None = as shipped; `severity_before`:
    those of before the last change, as a list of one, [] when nothing can be undone. `topics`: what complaints
    can be about, as [code, name], None = as shipped; `dismissed`: names of proposed topics that nobody wants.
    """

    class Alone(models.TextChoices):
        """Whether a machine moves a case on without a person."""

        NEVER = "never", _("Never: a person judges every case")
        SURE = "sure", _("When it is sure that it is a complaint or a question")

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="policy")
    alone = models.CharField(max_length=10, choices=Alone.choices, default=Alone.SURE)
    sure_at = models.JSONField(default=dict, blank=True)
    severity = models.JSONField(null=True, blank=True)
    severity_before = models.JSONField(default=list, blank=True)
    topics = models.JSONField(null=True, blank=True)
    dismissed = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"policy of {self.workspace}"


class Taker(models.Model):
    """Who takes complaints about a topic (its code): a person, or a team."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="takers")
    topic = models.CharField(max_length=60)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "topic"], name="taker_once"),
            models.CheckConstraint(
                condition=Q(user=None, team__isnull=False) | Q(user__isnull=False, team=None),
                name="taker_person_or_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.user or self.team}"


class Correction(models.Model):
    """What a person said of a post beside what it is: its tone, how urgent it is, what about, whether about us.

    The newest of a mention, question and watch counts. `verdict`: what a machine had said before, where it speaks
    of the question. `left_out`: nothing is learnt from it any more.
    """

    class Question(models.TextChoices):
        """What was asked."""

        ABOUT = "about", _("Whether it is about us")
        SENTIMENT = "sentiment", _("Tone")
        URGENCY = "urgency", _("Urgency")
        TOPIC = "topic", _("What the complaint is about")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="corrections")
    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="corrections")
    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    question = models.CharField(max_length=20, choices=Question.choices)
    answer = models.CharField(max_length=60)
    verdict = models.ForeignKey(
        Verdict, on_delete=models.SET_NULL, null=True, blank=True, related_name="corrections"
    )
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    left_out = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "question", "watch", "id"], name="correction_lessons"),
            models.Index(fields=["mention", "question", "-id"], name="correction_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer} ({self.by_name})"


class OwnHead(models.Model):
    """What a workspace taught its machine for one question, and how that fared where it was tried.

    `question` is kind, abuse, sentiment, urgency, topic, or about with the number of its watch. `packed` is empty
    while there is too little to learn from. `lessons` counts the corrections it was made from and tried on, `tried`
    those kept for the trial, `with_it` and `without` how many of these were right, `f1_with` and `f1_without` the
    macro-F1 of the same. `words` names what it learnt by answer as [word, weight]. `forgotten_at`: nothing said
    before is learnt from.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="heads")
    question = models.CharField(max_length=40)
    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, null=True, blank=True, related_name="heads")
    packed = models.BinaryField(default=bytes)
    lessons = models.PositiveIntegerField(default=0)
    learnt = models.PositiveIntegerField(default=0)
    tried = models.PositiveIntegerField(default=0)
    with_it = models.PositiveIntegerField(default=0)
    without = models.PositiveIntegerField(default=0)
    f1_with = models.FloatField(default=0.0)
    f1_without = models.FloatField(default=0.0)
    words = models.JSONField(default=dict, blank=True)
    is_used = models.BooleanField(default=False)
    is_off = models.BooleanField(default=False)
    made_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "question"], name="own_head_once")]

    def __str__(self) -> str:
        return f"{self.question} of {self.workspace_id}"
