"""Replies: one row from the first word of the draft until it stands in the thread."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gensvar.engine.models import Work
from gensvar.people.models import User
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Channel, Mention
from gensvar.process.respond import states
from gensvar.process.respond.states import FROZEN, OPEN


class Reply(Work):
    """What we say in public to one post.

    `text` may change until approval; then `frozen_text`, `frozen_at` and `key` are set and never change,
    so that every attempt says the same thing at the same place under the same name.
    """

    class State(models.TextChoices):
        """`states.State`, in words."""

        DRAFT = states.State.DRAFT.value, _("Draft")
        REVIEW = states.State.REVIEW.value, _("Second eyes asked")
        APPROVED = states.State.APPROVED.value, _("Waiting to leave")
        SENDING = states.State.SENDING.value, _("Sending")
        BY_HAND = states.State.BY_HAND.value, _("To be posted by hand")
        LATER = states.State.LATER.value, _("Will be tried again")
        SENT = states.State.SENT.value, _("Sent")
        REFUSED = states.State.REFUSED.value, _("Refused")
        UNSURE = states.State.UNSURE.value, _("Unsure")
        DROPPED = states.State.DROPPED.value, _("Dropped")

    class Purpose(models.TextChoices):
        """`states.Purpose`, in words."""

        ANSWER = states.Purpose.ANSWER.value, _("Answer")
        HOLDING = states.Purpose.HOLDING.value, _("Holding reply")
        INVITATION = states.Purpose.INVITATION.value, _("Invitation to private")
        QUESTION = states.Purpose.QUESTION.value, _("Are you happy now")
        THANKS = states.Purpose.THANKS.value, _("Thanks")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="replies")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="replies")
    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="replies")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    purpose = models.CharField(max_length=20, choices=Purpose.choices, default=Purpose.ANSWER)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    version = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_of = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)

    approved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    frozen_text = models.TextField(blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=100, blank=True)
    promised_at = models.DateTimeField(null=True, blank=True)

    sent_at = models.DateTimeField(null=True, blank=True)
    native_id = models.CharField(max_length=500, blank=True)
    revision = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state__in=OPEN), name="one_open_reply"),
            models.CheckConstraint(
                condition=~Q(state__in=FROZEN)
                | (~Q(frozen_text="") & Q(frozen_at__isnull=False) & ~Q(key="")),
                name="frozen_before_it_leaves",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.State.SENT.value) | Q(sent_at__isnull=False),
                name="sent_has_an_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="reply_due"),
            models.Index(fields=["native_id"], name="reply_native"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} in case {self.case_id} ({self.state})"
