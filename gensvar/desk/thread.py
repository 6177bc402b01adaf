"""The thread as it stands in public: what was said, what became of it, and our replies with their state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gensvar.desk import answers
from gensvar.desk.clocks import ago, exact, hour
from gensvar.desk.folds import Fold, fold
from gensvar.desk.judged import reasons
from gensvar.desk.marks import initials, marked, safe_address
from gensvar.desk.rows import Tag, mention_traits, watch_tag
from gensvar.kernel.text import showable
from gensvar.process.assess.models import Verdict
from gensvar.process.case.models import Case
from gensvar.process.listen import queries
from gensvar.process.listen.models import Mention, Revision
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import EDITABLE, State

LONGEST_COMPARED = 4000
"""Characters up to which two wordings are compared word by word; longer ones stand side by side unmarked."""

REPLY_SHAPES = {
    State.APPROVED: ("clock", "soon"),
    State.SENDING: ("send", "soon"),
    State.BY_HAND: ("hand", "soon"),
    State.LATER: ("hourglass", "soon"),
    State.SENT: ("check", "good"),
    State.REFUSED: ("x", "late"),
    State.UNSURE: ("circle-question-mark", "late"),
}


@dataclass(frozen=True, slots=True)
class Version:
    """One wording beside another."""

    title: str
    words: SafeString


@dataclass(frozen=True, slots=True)
class Post:
    """One post of the thread."""

    anchor: str
    place: str
    who: str
    handle: str
    initials: str
    at: datetime | None
    ago: str
    exact: str
    link: str
    language: str
    words: SafeString
    ours: bool = False
    pending: bool = False
    gone: bool = False
    states: Sequence[Tag] = ()
    chips: Sequence[Tag] = ()
    versions: Sequence[Version] = ()
    about: str = ""
    fold: Fold | None = None


def thread(
    case: Case,
    mentions: Sequence[Mention],
    replies: Sequence[Reply],
    at: datetime,
    verdicts: Mapping[int, Verdict],
) -> list[Post]:
    """Posts in public order; what is still on its way stands at the end."""
    said = {reply.native_id for reply in replies if reply.native_id}
    subject = next((row.pk for row in mentions if row.part == Mention.Part.FOUND), None)
    again, numbers = queries.folded(mentions), queries.times_folded(mentions)
    posts = [
        (
            row.posted_at,
            heard(
                row,
                at,
                is_subject=row.pk == subject,
                again=fold(row, again.get(row.pk, ()), numbers.get(row.pk, {}), at),
                verdict=verdicts.get(row.pk),
            ),
        )
        for row in mentions
        if row.native_id not in said
    ]
    posts += [(reply.sent_at or at, _ours(reply, at)) for reply in replies if reply.state not in EDITABLE]
    return [post for _when, post in sorted(posts, key=lambda pair: pair[0])]


def heard(
    row: Mention,
    at: datetime,
    *,
    is_subject: bool,
    again: Fold | None = None,
    verdict: Verdict | None = None,
) -> Post:
    """A post that was heard; the one that it is all about also says how it came to us."""
    who = row.author_name or row.author_handle or row.author_id
    place = "subject" if is_subject else "parent" if row.part == Mention.Part.CONTEXT else ""
    spans = row.spans if row.words == row.text else []
    return Post(
        anchor=f"post-{row.pk}",
        place=place,
        who=showable(who),
        handle=showable(row.author_handle) if row.author_handle != who else "",
        initials=initials(who),
        at=row.posted_at,
        ago=ago(row.posted_at, at),
        exact=exact(row.posted_at),
        link=safe_address(row.url),
        language=row.language,
        words=marked(row.words, spans, reasons(verdict)),
        ours=row.part == Mention.Part.OURS,
        gone=row.deleted_at is not None,
        states=[*_states(row, at), *([] if is_subject else _heard_in(row))],
        chips=_chips(row) if is_subject else (),
        versions=_versions(list(row.revisions.all()), at) if row.edited_at else (),
        fold=again,
    )


def _heard_in(row: Mention) -> list[Tag]:
    """What a machine hears in a later answer; of the post itself the judgement says it."""
    return [Tag(answers.abuse(row.abuse), "abuse", "shield-alert")] if row.abuse else []


def _chips(row: Mention) -> list[Tag]:
    """How the post came to us: tagged or not, in which language, by which watch."""
    chips = mention_traits(row)
    if row.language:
        chips.insert(0, Tag(row.language, "code"))
    chips += [watch_tag(watch.kind, watch.name) for watch in row.also.all()]
    return chips


def _states(row: Mention, at: datetime) -> list[Tag]:
    found = []
    if row.edited_at:
        found.append(Tag(_("edited %(time)s") % {"time": hour(row.edited_at, at)}, "soon", "pencil"))
    if row.deleted_at:
        found.append(Tag(_("deleted %(time)s; kept here") % {"time": hour(row.deleted_at, at)}, "", "x"))
    if row.hidden_at:
        found.append(Tag(_("hidden there since %(time)s") % {"time": hour(row.hidden_at, at)}, "", "eye"))
    return found


def _versions(revisions: Sequence[Revision], at: datetime) -> list[Version]:
    if len(revisions) < 2:
        return []
    revisions = sorted(revisions, key=lambda one: (one.received_at, one.pk))
    before, now = revisions[-2], revisions[-1]
    old, new = compared(showable(before.text), showable(now.text))
    return [
        Version(_("Before, %(time)s") % {"time": hour(before.received_at, at)}, old),
        Version(_("Now, %(time)s") % {"time": hour(now.received_at, at)}, new),
    ]


def compared(before: str, now: str) -> tuple[SafeString, SafeString]:
    """Two wordings, escaped, with what fell away in <del> and what came in <ins>."""
    if max(len(before), len(now)) > LONGEST_COMPARED:
        return format_html("{}", before), format_html("{}", now)
    old, new = before.split(" "), now.split(" ")
    moves = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    left = ((old[a:b], "del" if kind != "equal" else "") for kind, a, b, _c, _d in moves if b > a)
    right = ((new[c:d], "ins" if kind != "equal" else "") for kind, _a, _b, c, d in moves if d > c)
    return _joined(left), _joined(right)


def _joined(parts: Iterable[tuple[list[str], str]]) -> SafeString:
    patterns = {"": "{}", "del": "<del>{}</del>", "ins": "<ins>{}</ins>"}
    return format_html_join(
        " ", "{}", ((format_html(patterns[mark], " ".join(words)),) for words, mark in parts)
    )


def _ours(reply: Reply, at: datetime) -> Post:
    author = reply.approved_by or reply.written_by
    state = State(reply.state)
    icon, tone = REPLY_SHAPES.get(state, ("circle", ""))
    return Post(
        anchor=f"reply-{reply.pk}",
        place="",
        who=author.name if author else reply.channel.name,
        handle=showable(reply.channel.handle or reply.channel.name),
        initials=initials(author.name if author else reply.channel.name),
        at=reply.sent_at,
        ago=ago(reply.sent_at, at) if reply.sent_at else "",
        exact=exact(reply.sent_at) if reply.sent_at else "",
        link=safe_address(reply.url),
        language=reply.language,
        words=marked(reply.frozen_text or reply.text, []),
        ours=True,
        pending=state is not State.SENT,
        states=[
            Tag(str(Reply.State(reply.state).label).lower(), tone, icon),
            Tag(str(reply.get_purpose_display()).lower()),
        ],
        about=_about(reply),
    )


def _about(reply: Reply) -> str:
    if reply.state == State.LATER.value and reply.due_at:
        return _("%(why)s It is kept and will be tried again at %(time)s.") % {
            "why": reply.why,
            "time": exact(reply.due_at),
        }
    return reply.why
