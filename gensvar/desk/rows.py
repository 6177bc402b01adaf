"""A case as a row of the inbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gensvar.connectors import registry
from gensvar.desk.clocks import Time, case_clock
from gensvar.desk.folds import briefly
from gensvar.desk.marks import initials, marked
from gensvar.kernel.text import showable
from gensvar.people.models import User
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind, Step


@dataclass(frozen=True, slots=True)
class Tag:
    """A word with its shape and colour."""

    name: str
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A colleague, as initials with a name behind them."""

    id: int
    name: str
    initials: str
    writing: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """What the list shows of a case."""

    id: int
    url: str
    time: Time
    who: str
    channel: str
    language: str
    excerpt: SafeString
    kind: Tag
    tagged: str
    folded: str
    fresh: bool
    stage: Tag | None
    owner: Person | None
    presence: Sequence[Person]
    here: bool


KIND_SHAPES = {
    Kind.COMPLAINT: ("triangle-alert", ""),
    Kind.QUESTION: ("circle-question-mark", ""),
    Kind.PRAISE: ("heart", "praise"),
    Kind.OTHER: ("circle-check", ""),
    Kind.ABUSE: ("shield-alert", "abuse"),
}

TWO_LINES = 170
"""Characters of an excerpt that a row can show; the match stands within them."""

PLAIN_STEPS = frozenset({Step.JUDGE, Step.ANSWER, Step.THANK, Step.WATCH})
"""Steps that the tray says already, so that a row need not."""


def row(
    case: Case, slug: str, at: datetime, presence: Mapping[int, Sequence[Person]], here: int | None
) -> Row:
    """`case` as its row; `presence` by case id, `here` = the case that is open beside the list."""
    return Row(
        id=case.pk,
        url=reverse("case", args=[slug, case.pk]),
        time=case_clock(case, at),
        who=showable(case.author),
        channel=network(case),
        language=case.language,
        excerpt=_beginning(case),
        kind=kind_tag(case.kind),
        tagged=_("tagged") if case.tagged else _("not tagged"),
        folded=briefly(case.folded),
        fresh=case.step == Step.JUDGE.value,
        stage=stage(case),
        owner=person(case.owner) if case.owner else None,
        presence=presence.get(case.pk, ()),
        here=case.pk == here,
    )


def _beginning(case: Case) -> SafeString:
    """As much of the excerpt as two lines can show."""
    if len(case.excerpt) <= TWO_LINES:
        return marked(case.excerpt, case.spans)
    return marked(case.excerpt[:TWO_LINES] + "…", [span for span in case.spans if span[1] <= TWO_LINES])


def network(case: Case) -> str:
    """The network on which it was said, as people call it."""
    connector = registry.load().get(case.network)
    return connector.name if connector else case.channel_name


def kind_tag(kind: str) -> Tag:
    """What the post is, as a word with a shape."""
    if not kind:
        return Tag(_("not judged"), icon="circle")
    icon, tone = KIND_SHAPES[Kind(kind)]
    return Tag(str(Case.Kind(kind).label).lower(), tone, icon)


def stage(case: Case) -> Tag | None:
    """Where the case stands, when the tray does not say it already."""
    if case.outcome:
        return Tag(str(Case.Outcome(case.outcome).label).lower())
    step = Step(case.step)
    if step in PLAIN_STEPS:
        return None
    return Tag(str(Case.Step(case.step).label).lower(), "soon" if step in (Step.REVIEW, Step.LOOK) else "")


def person(user: User, *, writing: bool = False) -> Person:
    """A colleague, for the round marks."""
    return Person(user.pk, user.name, initials(user.name), writing)
