"""Judgements: who said that a post is what, and when."""

from django.db import models

from gensvar.people.models import User
from gensvar.process.case.models import Case


class Judgement(models.Model):
    """One answer to "what is this post". The newest of a case counts; the older ones stay readable.

    `confidence` is a calibrated probability when a machine judged, None when a person did.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="judgements")
    kind = models.CharField(max_length=20, choices=Case.Kind.choices)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    confidence = models.FloatField(null=True, blank=True)
    reasons = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="judgement_newest")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.by_name})"
