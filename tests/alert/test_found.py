"""A post was heard: who is told, once, in which words."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from gensvar.connectors.contract import Author
from gensvar.people.actor import machine
from gensvar.people.models import Membership, User, Workspace
from gensvar.process.alert import note, wanted
from gensvar.process.alert.models import Alert, Dispatch, Route
from gensvar.process.alert.states import About
from gensvar.process.assess.actions import judge
from gensvar.process.case.actions import take
from gensvar.process.case.steps import Kind
from gensvar.process.listen.filter import Filter, to_dict
from gensvar.process.listen.models import Channel, View
from tests import hearing, teaching
from tests.alert.conftest import Asks, Works, way_to
from tests.process_cast import MINUTE

MARIA = Author("did:plc:maria", "maria.example", "Maria Karlsson", followers=3200)


def heard(
    channel: Channel, at: datetime, name: str = "p1", text: str = "Nordpost tappar paket.", **more: object
) -> None:
    hearing.hear(channel, hearing.post(name, text, at - MINUTE, author=MARIA, **more), at=at)


def test_who_asked_for_everything_gets_one_mail(
    bob_asks: Asks, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks()
    heard(channel, at)
    (message,) = works(at)
    assert message.to == ["bob@example.org"]
    assert message.subject == "[Nordpost] Maria Karlsson (@maria.example), Bluesky: Nordpost tappar paket."
    assert "“Nordpost tappar paket.”" in message.body
    assert "not tagged · 3200 followers · 59 min left" in message.body
    case = hearing.mention("p1").case_id
    assert f"http://127.0.0.1:8000/w/nordpost/case/{case}/" in message.body
    assert "http://127.0.0.1:8000/me/alerts/" in message.body
    assert works(at + MINUTE) == []


def test_the_delay_from_the_post_is_kept(
    bob_asks: Asks, channel: Channel, works: Works, at: datetime
) -> None:
    from gensvar.process.alert.queries import delays

    bob_asks()
    heard(channel, at)
    works(at + timedelta(seconds=2))
    assert delays(channel.workspace_id, at, at + MINUTE) == [62.0]


def test_what_was_said_is_forgotten_once_it_is_said(
    bob_asks: Asks, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks()
    heard(channel, at)
    works(at)
    dispatch = Dispatch.objects.get()
    assert (dispatch.state, dispatch.frozen_text, dispatch.subject) == ("sent", "", "")
    assert dispatch.key.startswith("<")


def test_two_rules_with_one_address_tell_it_once(
    bob_asks: Asks, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks(every_minutes=30)
    bob_asks()
    heard(channel, at)
    assert len(works(at)) == 1
    assert works(at + timedelta(hours=1)) == []


def test_the_table_itself_refuses_a_second_alert(bob_asks: Asks, channel: Channel, at: datetime) -> None:
    bob_asks()
    heard(channel, at)
    alert = Alert.objects.get()
    alert.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        alert.save(force_insert=True)


def test_noting_the_same_post_again_changes_nothing(
    bob_asks: Asks, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks()
    heard(channel, at)
    assert note.found([hearing.mention("p1").pk], by=machine(channel.workspace_id), at=at) == []
    assert len(works(at)) == 1


def test_a_view_chooses(
    bob_asks: Asks, bob: Membership, channel: Channel, works: Works, at: datetime
) -> None:
    view = View.objects.create(
        workspace=bob.workspace,
        owner=bob.user,
        name="Far heard",
        filter=to_dict(Filter(words=("paket",), reach=1000)),
        created_at=at,
        changed_at=at,
    )
    bob_asks(About.VIEW, view=view)
    heard(channel, at, "p1", "Nordpost tappar paket.")
    heard(channel, at, "p2", "Nordpost tappar brev.", root_id="x")
    (message,) = works(at)
    assert "paket" in message.body
    assert "Far heard" in message.body


def test_a_view_of_a_kind_tells_of_it_once_somebody_has_judged(
    bob_asks: Asks, alice: Membership, channel: Channel, works: Works, at: datetime
) -> None:
    wanted_kind = to_dict(Filter(kind=frozenset({"complaint"})))
    view = View.objects.create(
        workspace=alice.workspace, name="Complaints", filter=wanted_kind, created_at=at, changed_at=at
    )
    bob_asks(About.VIEW, view=view)
    heard(channel, at)
    assert works(at) == []
    case = hearing.mention("p1").case
    assert case
    for kind in (Kind.COMPLAINT, Kind.OTHER, Kind.COMPLAINT):
        judge(case, kind, by=alice.actor(), at=at)
    assert len(works(at)) == 1


def test_a_view_that_is_gone_tells_nothing(
    bob_asks: Asks, bob: Membership, channel: Channel, works: Works, at: datetime
) -> None:
    view = View.objects.create(workspace=bob.workspace, name="All", created_at=at, changed_at=at)
    bob_asks(About.VIEW, view=view)
    view.delete()
    heard(channel, at)
    assert works(at) == []


def test_nobody_is_told_by_a_view_of_somebody_else(bob_asks: Asks, alice: Membership, at: datetime) -> None:
    from gensvar.people.actor import NotYours

    view = View.objects.create(
        workspace=alice.workspace, owner=alice.user, name="Mine", created_at=at, changed_at=at
    )
    with pytest.raises(NotYours):
        bob_asks(About.VIEW, view=view)


def test_more_from_the_author_of_ones_own_case(
    bob_asks: Asks, bob: Membership, alice: Membership, *, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks(About.MINE)
    heard(channel, at)
    case = hearing.mention("p1").case
    assert case
    assert works(at) == []
    take(case, bob.user, by=alice.actor(), at=at)
    (given,) = works(at)
    assert given.subject.startswith("[Nordpost] Given to you: Maria Karlsson")
    first = hearing.post("p1", "", at, author=MARIA)
    hearing.hear(channel, hearing.answer("p2", "Fortfarande inget.", at, first, author=MARIA), at=at + MINUTE)
    (more,) = works(at + MINUTE)
    assert "Fortfarande inget." in more.body


def test_nobody_is_told_of_what_they_did_themselves(
    bob_asks: Asks, bob: Membership, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks(About.MINE)
    heard(channel, at)
    case = hearing.mention("p1").case
    assert case
    take(case, bob.user, by=bob.actor(), at=at)
    assert works(at) == []


@pytest.mark.parametrize("how", ["route paused", "rule paused", "not confirmed", "left", "shut out"])
def test_who_is_not_to_be_told_is_not_told(
    bob_asks: Asks, bob: Membership, channel: Channel, works: Works, at: datetime, *, how: str
) -> None:
    rule = bob_asks()
    _stop(how, rule.route, rule, bob, at)
    heard(channel, at)
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    "how", ["route paused", "rule paused", "left", "shut out", "route gone", "rule gone"]
)
def test_what_was_stopped_before_it_left_does_not_leave(
    bob_asks: Asks, bob: Membership, channel: Channel, works: Works, at: datetime, *, how: str
) -> None:
    rule = bob_asks()
    heard(channel, at)
    _stop(how, rule.route, rule, bob, at)
    assert works(at) == []
    assert set(Dispatch.objects.values_list("state", flat=True)) == {"dropped"}


def _stop(how: str, route: Route, rule: object, bob: Membership, at: datetime) -> None:
    from gensvar.process.alert import routes
    from gensvar.process.alert.models import Rule

    match how:
        case "route paused":
            Route.objects.update(paused_at=at)
        case "not confirmed":
            Route.objects.update(confirmed_at=None)
        case "rule paused":
            Rule.objects.update(paused_at=at)
        case "left":
            Membership.objects.filter(pk=bob.pk).update(left_at=at)
        case "shut out":
            User.objects.filter(pk=bob.user_id).update(is_active=False)
        case "route gone":
            routes.remove(route)
        case "rule gone":
            wanted.remove(Rule.objects.get())


def test_another_workspace_is_told_nothing(
    carol: Membership, sparfin: Workspace, channel: Channel, works: Works, at: datetime
) -> None:
    asked = wanted.Wanted(way_to(carol.user, at), About.EVERYTHING.value)
    wanted.ask(asked, by=carol.actor(), at=at)
    heard(channel, at)
    assert works(at) == []


def test_a_burst_is_gathered(bob_asks: Asks, channel: Channel, works: Works, at: datetime) -> None:
    bob_asks()
    for number in range(14):
        hearing.hear(
            channel, hearing.post(f"p{number}", f"Nummer {number}", at, author=_person(number)), at=at
        )
    assert len(works(at)) == 10
    (rest,) = works(at + timedelta(minutes=10))
    assert rest.subject == "[Nordpost] 4 alerts"
    assert Dispatch.objects.filter(state="sent").count() == 11


def _person(number: int) -> Author:
    return Author(f"did:plc:{number}", f"p{number}.example", f"Person {number}")


def test_what_a_machine_set_aside_is_told_to_nobody(
    bob: Membership, bob_asks: Asks, channel: Channel, works: Works, at: datetime
) -> None:
    teaching.teach_about(channel, bob.actor(), at)
    bob_asks()
    then = at + timedelta(days=1)
    assert teaching.heard(channel, teaching.HOTEL.format("tusen"), then, "new").aside == "machine"
    assert works(then) == []
