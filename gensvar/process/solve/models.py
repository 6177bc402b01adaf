"""The private side of a case: notes of the talk, and what was settled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gensvar.people.models import User
from gensvar.process.case.models import Case


class Note(models.Model):
    """What was said in private (by phone, mail, message), or a remark among colleagues."""

    class Way(models.TextChoices):
        """How it was said."""

        REMARK = "remark", _("Remark for colleagues")
        PHONE = "phone", _("Phone")
        MAIL = "mail", _("Mail")
        MESSAGE = "message", _("Private message")
        PERSON = "person", _("In person")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    way = models.CharField(max_length=20, choices=Way.choices, default=Way.REMARK)
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.by_name}: {self.text[:40]}"


class Settlement(models.Model):
    """What was done to put it right, and what it cost."""

    class Form(models.TextChoices):
        """What the person got (PROCESS S3)."""

        HELP = "help", _("Help or explanation")
        REFUND = "refund", _("Refund")
        REPLACEMENT = "replacement", _("Replacement")
        UPGRADE = "upgrade", _("Free upgrade")
        BONUS = "bonus", _("Bonus")
        OTHER = "other", _("Something else")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="settlements")
    form = models.CharField(max_length=20, choices=Form.choices, default=Form.HELP)
    words = models.TextField()
    cost = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.form}: {self.words[:40]}"
