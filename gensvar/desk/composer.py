"""Where replies are written: the draft with its check list, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from gensvar.connectors import registry
from gensvar.connectors.contract import HandOff
from gensvar.desk import checks
from gensvar.desk.access import WorkspaceRequest
from gensvar.desk.clocks import hour
from gensvar.desk.marks import safe_address
from gensvar.desk.rows import network
from gensvar.kernel.text import one_line
from gensvar.people.models import Membership
from gensvar.people.rules import RIGHTS, Right
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Step
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import EDITABLE, Purpose, State
from gensvar.reading.reply.tables import LANGUAGES

PROMISES = (30, 60, 120, 240, 1440)
"""Minutes within which a holding reply can promise to be back."""


@dataclass(frozen=True, slots=True)
class Start:
    """A button that begins a reply."""

    purpose: str
    name: str
    url: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply that may still change."""

    id: int
    version: int
    text: str
    language: str
    languages: Sequence[tuple[str, str]]
    purpose: str
    to: str
    where: str
    length: int
    limit: int
    over: bool
    saved: str
    comment: str
    state: str
    checks: Sequence[checks.Check]
    promises: Sequence[tuple[int, str]]
    colleagues: Sequence[tuple[int, str]]
    may_approve: bool
    approve_words: str
    under_review: bool
    urls: dict[str, str] = field(default_factory=dict)


def composer(request: WorkspaceRequest, case: Case, reply: Reply | None, at: datetime) -> dict[str, Any]:
    """The context of the composer: a draft, a reply on its way, or the replies that can be begun."""
    if reply is None:
        return {"draft": None, "leaving": None, "starts": starts(request, case)}
    if reply.state in EDITABLE:
        return {"draft": draft(request, case, reply, at), "leaving": None, "starts": []}
    return {"draft": None, "leaving": leaving(request, case, reply, at), "starts": []}


def starts(request: WorkspaceRequest, case: Case) -> list[Start]:
    """The replies that make sense where the case stands."""
    if not request.actor.may(Right.WRITE) or case.step == Step.JUDGE.value:
        return []
    url = reverse("start-reply", args=[request.workspace.slug, case.pk])
    offers = {
        Purpose.ANSWER: (_("Answer"), "r"),
        Purpose.HOLDING: (_("Holding reply"), "h"),
        Purpose.INVITATION: (_("Invite to private"), ""),
        Purpose.QUESTION: (_("Ask whether they are happy"), ""),
        Purpose.THANKS: (_("Thank"), ""),
    }
    wanted = _wanted(Step(case.step))
    primary_takes_r = case.step in (Step.ANSWER, Step.THANK, Step.PROMISE, Step.RETURN)
    return [
        Start(
            purpose.value,
            offers[purpose][0],
            url,
            "" if primary_takes_r and offers[purpose][1] == "r" else offers[purpose][1],
        )
        for purpose in wanted
    ]


def _wanted(step: Step) -> list[Purpose]:
    if step is Step.THANK:
        return [Purpose.THANKS, Purpose.ANSWER]
    if step is Step.RETURN:
        return [Purpose.QUESTION, Purpose.ANSWER]
    if step is Step.CLOSED:
        return [Purpose.ANSWER]
    return [Purpose.ANSWER, Purpose.HOLDING, Purpose.INVITATION]


def draft(request: WorkspaceRequest, case: Case, reply: Reply, at: datetime) -> Draft:
    """The draft as the composer shows it."""
    length, limit = measure(reply, reply.text)
    by_hand = isinstance(registry.get(reply.channel.connector).reply, HandOff)
    return Draft(
        id=reply.pk,
        version=reply.version,
        text=reply.text,
        language=reply.language,
        languages=languages(reply),
        purpose=str(reply.get_purpose_display()),
        to=one_line(case.author, 60),
        where=_("in the thread on %(channel)s") % {"channel": network(case)},
        length=length,
        limit=limit,
        over=length > limit,
        saved=saved(reply, at),
        comment=reply.comment,
        state=str(reply.get_state_display()),
        checks=checks.read(reply, length=length, limit=limit, signer=reply.written_by or request.user),
        promises=_promises() if reply.purpose == Purpose.HOLDING.value else [],
        colleagues=_colleagues(request),
        may_approve=request.actor.may(Right.APPROVE),
        approve_words=_("Approve and post by hand") if by_hand else _("Approve and send"),
        under_review=reply.state == State.REVIEW.value,
        urls=_urls(request, reply),
    )


def leaving(request: WorkspaceRequest, case: Case, reply: Reply, at: datetime) -> dict[str, Any]:
    """A reply that is on its way, or that waits for a person."""
    how = registry.get(reply.channel.connector).reply
    return {
        "id": reply.pk,
        "state": reply.state,
        "words": str(reply.get_state_display()),
        "text": reply.frozen_text or reply.text,
        "why": reply.why,
        "how": _(how.words) if isinstance(how, HandOff) else "",
        "link": safe_address(reply.mention.url or case.url),
        "asks_link": reply.state in (State.BY_HAND.value, State.UNSURE.value),
        "may_undo": reply.state in _UNDOABLE,
        "seconds": max(int((reply.due_at - at).total_seconds()), 0) if reply.due_at else 0,
        "urls": _urls(request, reply),
    }


_UNDOABLE = (
    State.APPROVED.value,
    State.LATER.value,
    State.REFUSED.value,
    State.BY_HAND.value,
    State.UNSURE.value,
)


def measure(reply: Reply, text: str) -> tuple[int, int]:
    """How long `text` is in the network's own measure, and how long it may be."""
    how = registry.get(reply.channel.connector).reply
    return (how.length(text.strip()), how.limit) if how else (len(text), 0)


def saved(reply: Reply, at: datetime) -> str:
    """The line that says that nothing is lost."""
    return _("Saved %(time)s") % {"time": hour(reply.changed_at, at)} if reply.version else ""


def languages(reply: Reply) -> list[tuple[str, str]]:
    """What a reply can be written in, each by its own name; also what the post was in, and not known."""
    known = dict(settings.LANGUAGES)
    listed = [(code, known[code]) for code in LANGUAGES]
    return listed if reply.language in LANGUAGES else [(reply.language, reply.language or "–"), *listed]


def _promises() -> list[tuple[int, str]]:
    words = {
        30: _("in half an hour"),
        60: _("in an hour"),
        120: _("in two hours"),
        240: _("in four hours"),
        1440: _("tomorrow"),
    }
    return [(minutes, words[minutes]) for minutes in PROMISES]


def _colleagues(request: WorkspaceRequest) -> list[tuple[int, str]]:
    readers = [role.value for role, rights in RIGHTS.items() if Right.APPROVE in rights]
    members = Membership.objects.filter(workspace=request.workspace, left_at=None, role__in=readers)
    members = members.exclude(user=request.user).select_related("user").order_by("user__first_name", "pk")
    return [(member.user_id, member.user.name) for member in members]


def _urls(request: WorkspaceRequest, reply: Reply) -> dict[str, str]:
    slug = request.workspace.slug
    return {
        name: reverse(f"{name}-reply", args=[slug, reply.pk])
        for name in ("save", "undo", "drop", "back", "posted")
    }
