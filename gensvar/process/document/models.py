"""Evidence: what was kept of a post, before anything else was done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gensvar.engine.models import Work
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Revision


class Capture(Work):
    """One wording of one post as evidence: the raw record (kept with the revision), and a picture of it."""

    class State(models.TextChoices):
        """How far the keeping got. The raw record is there from the start."""

        DUE = "due", _("Picture waiting")
        KEPT = "kept", _("Kept with a picture")
        NO_PICTURE = "no_picture", _("Kept without a picture")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="captures")
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="capture")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DUE)
    sha256 = models.CharField(max_length=64)
    picture = models.CharField(max_length=300, blank=True)
    picture_sha256 = models.CharField(max_length=64, blank=True)
    picture_of = models.CharField(max_length=20, blank=True)
    browser = models.CharField(max_length=120, blank=True)
    kept_at = models.DateTimeField()
    pictured_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="capture_due")]

    def __str__(self) -> str:
        return f"evidence {self.sha256[:12]} ({self.state})"
