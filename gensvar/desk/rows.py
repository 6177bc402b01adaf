"""A case, or a post that is only watched, as a row of the inbox."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gensvar.connectors import registry
from gensvar.desk import answers
from gensvar.desk.clocks import Time, case_clock, since
from gensvar.desk.filtering import about, followers, place, tagged
from gensvar.desk.folds import briefly
from gensvar.desk.marks import initials, marked
from gensvar.kernel.text import one_line, showable
from gensvar.people.models import User
from gensvar.process.assess.rules import excerpt
from gensvar.process.assess.severity import PERHAPS
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind, Severity, Step
from gensvar.process.listen.models import Mention, Watch


@dataclass(frozen=True, slots=True)
class Tag:
    """A word with its shape and colour."""

    name: str
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: what is sent, what is read, and whether it is chosen."""

    value: str
    name: str
    chosen: bool = False
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A colleague, as initials with a name behind them."""

    id: int
    name: str
    initials: str
    writing: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """What the list shows of a case, or of a post without one (`id` then begins with m)."""

    id: int | str
    url: str
    time: Time
    who: str
    channel: str
    language: str
    excerpt: SafeString
    kind: Tag
    signs: Sequence[Tag]
    traits: str
    reach: str
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

LONGEST_NAME = 28
"""Characters of the name of a watch in a row."""

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
        excerpt=_beginning(case.excerpt, case.spans),
        kind=_kind_of(case),
        signs=list(_signs(case.abuse, doubt=_doubt(case), severity=case.severity)),
        traits=_line(_traits(case.tagged, case.own_channel, case.about, case.watch_name)),
        reach=_reach(case.followers),
        folded=briefly(case.folded),
        fresh=case.step == Step.JUDGE.value,
        stage=stage(case),
        owner=person(case.owner) if case.owner else None,
        presence=presence.get(case.pk, ()),
        here=case.pk == here,
    )


def watched_row(mention: Mention, slug: str, at: datetime, here: str) -> Row:
    """A post about somebody else, which nobody has taken up; `here` = what is open beside the list."""
    name = f"m{mention.pk}"
    return Row(
        id=name,
        url=reverse("mention", args=[slug, mention.pk]),
        time=since(mention.heard_at, at),
        who=showable(mention.author),
        channel=_called(mention.network, mention.channel.name),
        language=mention.language,
        excerpt=_beginning(*excerpt(mention.text or mention.title, mention.spans if mention.text else [])),
        kind=Tag(_("not about us, by machine") if mention.aside else _("only watched"), icon="binoculars"),
        signs=[*([kind_tag(mention.kind)] if mention.kind else []), *_signs(mention.abuse)],
        traits=_line(_mention_traits(mention)),
        reach=_reach(mention.author_followers),
        folded="",
        fresh=False,
        stage=None,
        owner=None,
        presence=(),
        here=name == here,
    )


def mention_traits(mention: Mention) -> list[Tag]:
    """How a post came to us: tagged or not, where it stands, what it is about, how many follow its author."""
    reach = mention.author_followers
    more = [Tag(followers(reach), icon="users")] if reach is not None else []
    return _mention_traits(mention) + more


def _mention_traits(mention: Mention) -> list[Tag]:
    kind, name = (mention.watch.kind, mention.watch.name) if mention.watch else ("", "")
    return _traits(mention.tagged, mention.own_channel, kind, name)


def _traits(is_tagged: bool, own_channel: bool, kind: str, watch: str) -> list[Tag]:
    return [Tag(tagged(is_tagged)), Tag(place(own_channel)), *([watch_tag(kind, watch)] if kind else [])]


def _line(traits: Sequence[Tag]) -> str:
    return " · ".join(str(trait.name) for trait in traits)


def _reach(count: int | None) -> str:
    """How many follow the author, in the viewer's number format; empty when nobody said."""
    return "" if count is None else followers(count)


def watch_tag(kind: str, name: str) -> Tag:
    """What a post is about: a product, a person or others say so, the brand only says its name."""
    name = one_line(name, LONGEST_NAME)
    return Tag(name if kind == Watch.Kind.BRAND else f"{about(kind)}: {name}")


def _beginning(text: str, spans: Sequence[Sequence[int]]) -> SafeString:
    """As much of the excerpt as two lines can show."""
    if len(text) <= TWO_LINES:
        return marked(text, spans)
    return marked(text[:TWO_LINES] + "…", [span for span in spans if span[1] <= TWO_LINES])


def network(case: Case) -> str:
    """The network on which it was said, as people call it."""
    return _called(case.network, case.channel_name)


def _called(network: str, otherwise: str) -> str:
    connector = registry.load().get(network)
    return connector.name if connector else otherwise


def kind_tag(kind: str, sure: float | None = None) -> Tag:
    """What the post is, as a word with a shape; with its probability while only a machine has said it."""
    if not kind:
        return Tag(_("not judged"), icon="circle")
    icon, tone = KIND_SHAPES[Kind(kind)]
    words = answers.kind(kind)
    return Tag(words if sure is None else f"{words} {answers.percent(sure)}", tone, icon)


def _signs(abuse: str, *, doubt: str = "", severity: int = Severity.NORMAL) -> Iterator[Tag]:
    """What else is to be seen of it at a glance."""
    if severity >= Severity.HIGH:
        words = _("severity %(severity)s") % {"severity": answers.severity(severity)}
        yield Tag(words, answers.SEVERITY_TONES[severity], "flag")
    if abuse:
        yield Tag(answers.abuse(abuse), "abuse", "shield-alert")
    if doubt:
        yield Tag(doubt, "soon", "circle-question-mark")


def _doubt(case: Case) -> str:
    """What abuse it may be, of which no machine is sure."""
    if case.may_threaten:
        return answers.abuse(PERHAPS)
    return _("perhaps abusive") if case.unsure and case.kind else ""


def _kind_of(case: Case) -> Tag:
    return leaning_tag(case.leaning, case.sure) if case.leaning else kind_tag(case.kind, case.sure)


def leaning_tag(kind: str, sure: float | None) -> Tag:
    """What a machine would say, were it sure."""
    words = {"kind": answers.kind(kind), "share": answers.percent(sure or 0.0)}
    return Tag(_("leans to %(kind)s, %(share)s") % words, "soon", "circle-question-mark")


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
