"""Every address of a workspace × every role × one's own and another's workspace × read and change.

The addresses are taken from the project's own resolver: a new one without a line in LINES fails the first
test. Every world below has one of each thing; all words of Nordpost carry one mark, all of Sparfin another.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gensvar.kernel import clock
from gensvar.people import actions as people
from gensvar.people.models import Invitation, Membership, Team, User, Workspace
from gensvar.people.rules import Right, Role, may
from gensvar.process.case.models import Case
from gensvar.process.document.models import Capture
from gensvar.process.listen import views
from gensvar.process.listen.actions import add_watch
from gensvar.process.listen.filter import Filter
from gensvar.process.listen.models import Channel, Mention, View, Watch
from gensvar.process.respond import actions as respond
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose
from tests.conftest import SignIn, member
from tests.desk import scene

MARKS = {"nordpost": "northmark", "sparfin": "southmark"}


@dataclass(frozen=True)
class World:
    """One of everything that a workspace holds."""

    workspace: Workspace
    administrator: Membership
    member: Membership
    team: Team
    invitation: Invitation
    watch: Watch
    channel: Channel
    case: Case
    reply: Reply
    capture: Capture
    watched: Mention
    view: View


Body = Callable[[World], dict[str, Any]]


def _empty(_world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Line:
    """Which right reads an address, and which one changes something there; None: that method is not served.

    `of` names the thing of a World whose number stands in the address; `body` is what a form would send,
    `strange` the same with numbers of things of another workspace.
    """

    read: Right | None
    change: Right | None
    of: str = ""
    rest: dict[str, Any] = field(default_factory=dict)
    body: Body = _empty
    strange: Body | None = None


def _case(right: Right, body: Body = _empty, strange: Body | None = None) -> Line:
    return Line(None, right, of="case", body=body, strange=strange)


def _reply(right: Right, body: Body = _empty, strange: Body | None = None) -> Line:
    return Line(None, right, of="reply", body=body, strange=strange)


def _save(**more: Any) -> Body:
    return lambda world: {"text": "Hej Maria", "version": world.reply.version, **more}


def _watch(**more: Any) -> Body:
    return lambda _world: {"name": "W", "query": "w", "kind": "brand", "languages": ["sv"], **more}


SEE = Right.SEE
LINES: dict[str, Line] = {
    "": Line(SEE, None),
    "<slug:view>/": Line(SEE, None, rest={"view": "now"}),
    "live": Line(SEE, None),
    "views/": Line(SEE, None),
    "figures/": Line(SEE, None),
    "figures/judge/": Line(SEE, Right.ADMINISTER, body=lambda _world: {"kind": "80"}),
    "settings/": Line(
        SEE,
        Right.ADMINISTER,
        body=lambda _world: {
            "name": "Nord",
            "zone": "Europe/Oslo",
            "language": "sv",
            "answer_minutes": 45,
        },
    ),
    "settings/judging/": Line(SEE, Right.ADMINISTER, body=lambda _world: {"alone": "never"}),
    "settings/judging/ and the table": Line(
        SEE, Right.ADMINISTER, body=lambda _world: {"do": "remove", "row": "0"}
    ),
    "settings/reader/": Line(
        Right.ADMINISTER,
        Right.ADMINISTER,
        body=lambda _world: {
            "way": "address",
            "address": "https://models.example.org/v1",
            "model": "m",
            "key": "k",
            "heads": ["kind"],
            "only_unsure": "yes",
            "seconds": 5,
            "monthly": 10,
        },
    ),
    "settings/reader/try/": Line(None, Right.ADMINISTER),
    "settings/learning/": Line(SEE, Right.ADMINISTER, body=lambda _world: {"head": "kind", "do": "off"}),
    "settings/topics/": Line(SEE, Right.ADMINISTER, body=lambda _world: {"do": "add", "name": "Parking"}),
    "settings/topics/taker/": Line(
        None,
        Right.WATCH,
        body=lambda world: {"topic": "delivery", "who": f"person-{world.member.user_id}"},
        strange=lambda other: {"topic": "delivery", "who": f"person-{other.member.user_id}"},
    ),
    "settings/topics/taker/ and a team": Line(
        None,
        Right.WATCH,
        body=lambda world: {"topic": "delivery", "who": f"team-{world.team.pk}"},
        strange=lambda other: {"topic": "delivery", "who": f"team-{other.team.pk}"},
    ),
    "settings/look/": Line(None, SEE, body=lambda _world: {"theme": "dark"}),
    "case/<int:pk>/": Line(SEE, None, of="case"),
    "case/<int:pk>/readings/": Line(SEE, None, of="case"),
    "case/<int:pk>/here/": _case(SEE),
    "case/<int:pk>/judge/": _case(Right.JUDGE, lambda _world: {"kind": "complaint"}),
    "case/<int:pk>/judge/ and abuse": _case(Right.JUDGE, lambda _world: {"abusive": "yes"}),
    "case/<int:pk>/judge/ and the tone": _case(Right.JUDGE, lambda _world: {"sentiment": "neutral"}),
    "case/<int:pk>/judge/ and the urgency": _case(Right.JUDGE, lambda _world: {"urgency": "high"}),
    "case/<int:pk>/about/": _case(Right.JUDGE),
    "case/<int:pk>/topic/": _case(Right.JUDGE, lambda _world: {"topic": "delivery"}),
    "case/<int:pk>/take/": _case(
        Right.JUDGE,
        lambda world: {"owner": world.member.user_id},
        lambda other: {"owner": other.member.user_id},
    ),
    "case/<int:pk>/understand/": _case(Right.WRITE, lambda _world: {"problem": "lost", "remedy": "look"}),
    "case/<int:pk>/note/": _case(Right.WRITE, lambda _world: {"text": "called"}),
    "case/<int:pk>/private/": _case(Right.JUDGE),
    "case/<int:pk>/settle/": _case(Right.JUDGE, lambda _world: {"solution": "found"}),
    "case/<int:pk>/end/": _case(Right.JUDGE, lambda _world: {"outcome": "settled"}),
    "case/<int:pk>/reopen/": _case(Right.JUDGE),
    "case/<int:pk>/reply/": _case(Right.WRITE, lambda _world: {"purpose": "answer"}),
    "reply/<int:pk>/save/": _reply(Right.WRITE, _save()),
    "reply/<int:pk>/save/ and approve": _reply(Right.APPROVE, _save(then="approve")),
    "reply/<int:pk>/save/ and ask": _reply(
        Right.WRITE,
        lambda world: _save(then="ask", of=world.member.user_id)(world),
        lambda other: {"text": "", "then": "ask", "of": other.member.user_id},
    ),
    "reply/<int:pk>/back/": _reply(Right.WRITE, lambda _world: {"comment": "warmer"}),
    "reply/<int:pk>/undo/": _reply(Right.WRITE),
    "reply/<int:pk>/drop/": _reply(Right.WRITE),
    "reply/<int:pk>/posted/": _reply(Right.WRITE, lambda _world: {"url": "https://example.org/1"}),
    "evidence/<int:pk>/picture": Line(SEE, None, of="capture"),
    "evidence/<int:pk>/record": Line(SEE, None, of="capture"),
    "watches/": Line(SEE, None),
    "watches/new/": Line(Right.WATCH, Right.WATCH, body=_watch()),
    "watches/new/ and try": Line(Right.WATCH, Right.WATCH, body=_watch(do="try")),
    "watches/preview/": Line(None, Right.WATCH, body=_watch()),
    "watches/try/": Line(SEE, None),
    "watches/<int:pk>/": Line(SEE, Right.WATCH, of="watch", body=_watch()),
    "watches/<int:pk>/ and try": Line(SEE, Right.WATCH, of="watch", body=_watch(do="try")),
    "watches/<int:pk>/pause/": Line(SEE, Right.WATCH, of="watch"),
    "watches/<int:pk>/undo/": Line(
        None, Right.WATCH, of="watch", body=lambda world: {"change": world.watch.change_id}
    ),
    "mention/<int:pk>/": Line(SEE, None, of="watched"),
    "mention/<int:pk>/take/": Line(None, Right.JUDGE, of="watched"),
    "saved/": Line(SEE, SEE, body=lambda _world: {"name": "V", "tray": "heard", "query": "tagged=no"}),
    "saved/ and share": Line(
        SEE,
        Right.WATCH,
        body=lambda _world: {"name": "V", "tray": "heard", "query": "tagged=no", "shared": "on"},
    ),
    "saved/<int:pk>/": Line(None, Right.WATCH, of="view", body=lambda _world: {"name": "V", "shared": "on"}),
    "saved/<int:pk>/move/": Line(None, Right.WATCH, of="view", body=lambda _world: {"way": "up"}),
    "saved/<int:pk>/remove/": Line(SEE, Right.WATCH, of="view"),
    "channels/": Line(SEE, SEE),
    "channels/connect/<slug:key>/": Line(Right.CONNECT, Right.CONNECT, rest={"key": "bluesky"}),
    "channels/<int:pk>/remove/": Line(None, Right.CONNECT, of="channel"),
    "channels/<int:pk>/paste/": Line(None, Right.JUDGE, of="channel", body=lambda _world: {"text": "heard"}),
    "people/": Line(SEE, SEE),
    "people/invite/": Line(
        None,
        Right.ADMINISTER,
        body=lambda world: {"role": "agent", "team": world.team.pk},
        strange=lambda other: {"role": "agent", "team": other.team.pk},
    ),
    "people/invitations/<int:pk>/withdraw/": Line(None, Right.ADMINISTER, of="invitation"),
    "people/<int:pk>/": Line(
        Right.ADMINISTER,
        Right.ADMINISTER,
        of="member",
        body=lambda world: {"role": "lead", "teams": [world.team.pk]},
        strange=lambda other: {"role": "lead", "teams": [other.team.pk]},
    ),
    "people/<int:pk>/remove/": Line(Right.ADMINISTER, Right.ADMINISTER, of="member"),
    "leave/": Line(SEE, SEE),
    "teams/new/": Line(None, Right.ADMINISTER, body=lambda _world: {"name": "Letters"}),
    "teams/<int:pk>/": Line(
        Right.ADMINISTER,
        Right.ADMINISTER,
        of="team",
        body=lambda world: {"name": "Letters", "members": [world.member.pk]},
        strange=lambda other: {"name": "Letters", "members": [other.member.pk]},
    ),
    "teams/<int:pk>/delete/": Line(Right.ADMINISTER, Right.ADMINISTER, of="team"),
}
"""One line for each address below /w/<workspace>/; ` and …` names another button of the same address."""

ALERTS = {
    "me/alerts/",
    "me/alerts/rules/<int:pk>/",
    "me/alerts/rules/<int:pk>/pause/",
    "me/alerts/rules/<int:pk>/remove/",
    "me/alerts/ways/",
    "me/alerts/ways/<int:pk>/confirm/",
    "me/alerts/ways/<int:pk>/test/",
    "me/alerts/ways/<int:pk>/pause/",
    "me/alerts/ways/<int:pk>/remove/",
    "me/alerts/sent/<int:pk>/again/",
}
"""What each of them lets whom do stands in tests/alert/test_pages.py."""

ELSEWHERE = {"", "setup/", "join/<slug:token>/", "me/", "me/new-workspace/"} | ALERTS
"""Addresses of ours outside any workspace; each shows nothing of one to people who are not in it."""


def _routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield route


OURS = [route for route in _routes(get_resolver().url_patterns) if not route.startswith("account/")]
WORKSPACE = "w/<slug:slug>/"


def test_every_address_of_a_workspace_has_a_line() -> None:
    found = {route.removeprefix(WORKSPACE) for route in OURS if route.startswith(WORKSPACE)}
    assert found == {route.partition(" and ")[0] for route in LINES}


def test_no_address_outside_the_workspaces_is_new() -> None:
    assert {route for route in OURS if not route.startswith(WORKSPACE)} == ELSEWHERE


def _address(route: str, line: Line, where: World, things: World) -> str:
    """The address in workspace `where`, with the numbers of `things`."""
    path = route.partition(" and ")[0].replace(
        "<int:pk>", str(getattr(things, line.of).pk) if line.of else ""
    )
    for name, value in line.rest.items():
        path = path.replace(f"<slug:{name}>", value)
    assert "<" not in path
    return f"/w/{where.workspace.slug}/{path}"


def _world(workspace: Workspace, administrator: Membership, other: Membership, at: datetime) -> World:
    mark, by = MARKS[workspace.slug], administrator.actor()
    channel = scene.channel(workspace, administrator, at, "by_hand")
    case = scene.hear(channel, scene.post(1, f"Lost again {mark}", f"Maria {mark}"), at)
    reply = respond.start(case, Purpose.ANSWER, by=by, at=at)
    reply = respond.save_draft(reply, f"Sorry {mark}", version=reply.version, by=by, at=at)
    capture = Capture.objects.get(case=case)
    capture.picture = f"{mark}.png"
    capture.save()
    (Path(settings.MEDIA_ROOT)).mkdir(exist_ok=True)
    (Path(settings.MEDIA_ROOT) / capture.picture).write_bytes(b"\x89PNG" + mark.encode())
    team = people.add_team(workspace, f"Team {mark}", by=by, at=at)
    other.teams.add(team)
    return World(
        workspace=workspace,
        administrator=administrator,
        member=other,
        team=team,
        invitation=people.invite(
            workspace, email=f"{mark}@example.org", role=Role.AGENT, team=None, by=by, at=clock.now()
        ),
        watch=add_watch(workspace, name=f"Watch {mark}", query=mark, by=by, at=at),
        channel=channel,
        case=case,
        reply=reply,
        capture=capture,
        watched=scene.watched(channel, scene.post(2, f"Others {mark}", f"Kim {mark}"), at),
        view=views.add_view(
            workspace,
            name=f"View {mark}",
            tray="heard",
            wanted=Filter(words=(mark,)),
            shared=True,
            by=by,
            at=at,
        ),
    )


@pytest.fixture
def north(nordpost: Workspace, dora: Membership, at: datetime) -> World:
    return _world(nordpost, dora, member(nordpost, "Nils northmark", Role.AGENT), at)


@pytest.fixture
def south(sparfin: Workspace, at: datetime) -> World:
    siri = member(sparfin, "Siri southmark", Role.ADMINISTRATOR)
    return _world(sparfin, siri, member(sparfin, "Sulo southmark", Role.AGENT), at)


@pytest.fixture
def cast(
    dora: Membership, alice: Membership, bob: Membership, amy: Membership, vic: Membership
) -> list[Membership]:
    """One member of Nordpost in each role."""
    assert {one.role for one in (dora, alice, bob, amy, vic)} == set(Role)
    return [dora, alice, bob, amy, vic]


@pytest.fixture
def strangers(south: World, carol: Membership, mallory: User) -> list[User | Membership]:
    """Two of Sparfin, one of them its administrator, and one who belongs nowhere."""
    return [south.administrator, carol, mallory]


def _tables() -> dict[str, list[dict[str, Any]]]:
    """All rows of ours as they are now, but for when someone signed in last."""
    ours: list[Any] = [model for model in apps.get_models() if model.__module__.startswith("gensvar.")]
    links: list[Any] = [one.remote_field.through for model in ours for one in model._meta.local_many_to_many]
    return {
        model.__name__: [_row(one) for one in model.objects.order_by("pk").values()]
        for model in [*ours, *links]
    }


def _row(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "last_login"}


def _send(browser: Client, method: str, address: str, body: dict[str, Any]) -> HttpResponse:
    """Ask, and take back whatever it changed."""
    with transaction.atomic():
        answer = browser.generic(method, address) if method in ("PUT", "DELETE") else None
        answer = answer or (browser.post(address, body) if method == "POST" else browser.get(address))
        transaction.set_rollback(True)
    assert answer.status_code < 500, address
    return answer  # type: ignore[return-value]


def _words(answer: Any) -> str:
    """What came over the wire, also from a file; the stream of live updates is left unread."""
    if not answer.streaming:
        return str(answer.content.decode(errors="replace")) + str(dict(answer.headers))
    if answer.is_async:
        return ""
    return b"".join(answer.streaming_content).decode(errors="replace")


def _is_done(answer: HttpResponse) -> bool:
    """Let in: the page, a redirect that is not to sign-in, or a sentence about the form."""
    to_sign_in = answer.headers.get("Location", "").startswith("/account/")
    return (answer.status_code < 400 and not to_sign_in) or answer.status_code in (409, 422)


@pytest.mark.parametrize("route", LINES)
def test_a_member_may_what_their_role_says(
    route: str, north: World, cast: list[Membership], sign_in: SignIn
) -> None:
    line, before = LINES[route], _tables()
    address = _address(route, line, north, north)
    for who in cast:
        browser = sign_in(who)
        for method, right in (("GET", line.read), ("POST", line.change)):
            answer = _send(browser, method, address, line.body(north))
            case = f"{method} {address} as {who.role}: {answer.status_code}"
            if right is None:
                assert answer.status_code in (403, 405), case
            elif may(who.role, right):
                assert _is_done(answer), case
            else:
                assert answer.status_code == 403, case
            _words(answer)
    assert _tables() == before, "what was taken back must leave nothing behind"


@pytest.mark.parametrize("route", LINES)
def test_strangers_find_nothing_and_change_nothing(
    route: str, north: World, strangers: list[User | Membership], sign_in: SignIn
) -> None:
    line, before = LINES[route], _tables()
    address = _address(route, line, north, north)
    for who in strangers:
        browser = sign_in(who)
        for method in ("GET", "POST", "PUT", "DELETE"):
            with transaction.atomic():  # not taken back: nothing may have changed
                answer = (
                    browser.generic(method, address)
                    if method != "POST"
                    else browser.post(address, line.body(north))
                )
            assert answer.status_code in (404, 405), f"{method} {address} as {who}: {answer.status_code}"
            assert MARKS["nordpost"] not in _words(answer)
            assert "Nordpost" not in _words(answer)
    assert _tables() == before


@pytest.mark.parametrize("route", LINES)
def test_a_stranger_cannot_tell_a_workspace_from_none(
    route: str, north: World, mallory: User, sign_in: SignIn
) -> None:
    line, browser = LINES[route], sign_in(mallory)
    address = _address(route, line, north, north)
    nowhere = address.replace("/w/nordpost/", "/w/nothere/")
    for method in ("GET", "POST"):
        here, there = (_send(browser, method, one, {}) for one in (address, nowhere))
        assert here.status_code == there.status_code
        assert _plain(here) == _plain(there)


def _plain(answer: HttpResponse) -> str:
    """The page without what is new in every answer."""
    return re.sub('nonce="[^"]*"', "", answer.content.decode()).replace("nordpost", "nothere")


@pytest.mark.parametrize("route", LINES)
def test_the_signed_out_are_led_to_sign_in(route: str, north: World) -> None:
    line, before = LINES[route], _tables()
    address = _address(route, line, north, north)
    for method in ("GET", "POST"):
        answer = _send(Client(), method, address, line.body(north))
        to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/account/login/?next=")
        assert to_sign_in or answer.status_code == 405, f"{method} {address}: {answer.status_code}"
    assert _tables() == before


@pytest.mark.parametrize("route", [route for route, line in LINES.items() if line.of])
def test_numbers_of_another_workspace_are_not_found_in_ones_own(
    route: str, north: World, south: World, cast: list[Membership], sign_in: SignIn
) -> None:
    line, before = LINES[route], _tables()
    address = _address(route, line, north, south)
    for who in cast:
        browser = sign_in(who)
        for method, right in (("GET", line.read), ("POST", line.change)):
            answer = browser.post(address, line.body(south)) if method == "POST" else browser.get(address)
            expected = {405} if right is None else {404} if may(who.role, right) else {403, 404}
            assert answer.status_code in expected | ({403} if right is None else set()), (
                f"{method} {address} as {who.role}: {answer.status_code}"
            )
            assert MARKS["sparfin"] not in _words(answer)
    assert _tables() == before


@pytest.mark.parametrize("route", [route for route, line in LINES.items() if line.strange])
def test_numbers_of_another_workspace_in_a_form_change_nothing(
    route: str, north: World, south: World, dora: Membership, sign_in: SignIn
) -> None:
    line, before = LINES[route], _tables()
    assert line.strange
    body = line.body(north) | line.strange(south)
    if "version" in line.body(north):
        body["text"] = north.reply.text  # the draft itself is Dora's to change
    answer = sign_in(dora).post(_address(route, line, north, north), body)
    assert answer.status_code in (404, 422), answer.status_code
    assert MARKS["sparfin"] not in _words(answer)
    assert _tables() == before


@pytest.mark.parametrize("route", [route for route, line in LINES.items() if line.read])
def test_no_page_shows_anything_of_another_workspace(
    route: str, north: World, south: World, dora: Membership, sign_in: SignIn
) -> None:
    line = LINES[route]
    for who, own, foreign in ((dora, north, "sparfin"), (south.administrator, south, "nordpost")):
        words = _words(_send(sign_in(who), "GET", _address(route, line, own, own), {}))
        assert MARKS[foreign] not in words


def test_the_marks_would_be_seen(north: World, dora: Membership, sign_in: SignIn) -> None:
    browser = sign_in(dora)
    for path in (
        "now/",
        "watches/",
        "people/",
        f"case/{north.case.pk}/",
        f"evidence/{north.capture.pk}/picture",
    ):
        assert MARKS["nordpost"] in _words(browser.get(f"/w/nordpost/{path}")), path
