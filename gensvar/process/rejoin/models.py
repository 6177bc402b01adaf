"""Going back to the thread: the question whether they are happy now, and what came of it."""

from django.db import models

from gensvar.people.models import User
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Mention
from gensvar.process.respond.models import Reply


class Return(models.Model):
    """One return to the thread: asked with a reply, answered by a mention, concluded by a person."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="returns")
    reply = models.OneToOneField(Reply, on_delete=models.CASCADE, related_name="as_return")
    asked_at = models.DateTimeField()
    answer = models.ForeignKey(Mention, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=Case.Outcome.choices, blank=True)

    def __str__(self) -> str:
        return f"return to case {self.case_id}"
