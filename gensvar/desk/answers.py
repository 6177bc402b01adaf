"""The answers of a judge in words: kinds, moods, grounds of abuse, urgencies, and how bad a case is."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gensvar.process.case.models import Case

SENTIMENTS: dict[str, Promise] = {
    "negative": gettext_lazy("negative"),
    "neutral": gettext_lazy("neutral"),
    "positive": gettext_lazy("positive"),
}
ABUSES: dict[str, Promise] = {
    "any": gettext_lazy("abusive"),
    "none": gettext_lazy("not abusive"),
    "threat": gettext_lazy("threat"),
    "perhaps-threat": gettext_lazy("perhaps a threat"),
    "hate": gettext_lazy("hate"),
    "insult": gettext_lazy("insult"),
    "obscene": gettext_lazy("obscene words"),
    "spam": gettext_lazy("spam"),
    "unnamed": gettext_lazy("abusive, ground not named"),
}
URGENCIES: dict[str, Promise] = {
    "low": pgettext_lazy("urgency", "not urgent"),
    "normal": pgettext_lazy("urgency", "normal urgency"),
    "high": pgettext_lazy("urgency", "urgent"),
}
TARGETS: dict[str, Promise] = {
    "company": gettext_lazy("the company"),
    "staff": gettext_lazy("somebody who works here"),
    "group": gettext_lazy("a group of people"),
    "customer": gettext_lazy("another customer"),
}
SEVERITY_TONES = {0: "", 1: "", 2: "soon", 3: "late"}


def kind(value: str) -> str:
    """A kind as it stands in a sentence."""
    return str(Case.Kind(value).label).lower() if value in Case.Kind.values else value


def sentiment(value: str) -> str:
    """A mood."""
    return str(SENTIMENTS.get(value, value))


def abuse(ground: str) -> str:
    """A ground of abuse."""
    return str(ABUSES.get(ground, ground))


def urgency(value: str) -> str:
    """How soon it must be looked at, by what the post says."""
    return str(URGENCIES.get(value, value))


def severity(value: int) -> str:
    """How bad a case is."""
    return str(Case.Severity(value).label).lower()


def percent(share: float) -> str:
    """A probability as people read it; never 100 %, since no machine is."""
    return _("%(n)s %%") % {"n": min(round(share * 100), 99)}
