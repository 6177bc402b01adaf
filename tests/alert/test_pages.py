"""The page Alerts: one's own and nobody else's, and every button of it."""

from datetime import datetime

import pytest
from django.test import Client

from gensvar.kernel import environment
from gensvar.people.models import Membership, User, Workspace
from gensvar.process.alert import routes, wanted
from gensvar.process.alert.models import Dispatch, Route, Rule
from gensvar.process.alert.states import About, Way
from gensvar.process.listen.models import Channel, View
from tests import hearing
from tests.alert.conftest import Asks, Works, way_to
from tests.conftest import SignIn

PAGE = "/me/alerts/"
POSTS = ("rules/{rule}/pause/", "rules/{rule}/remove/", "ways/{way}/confirm/", "ways/{way}/test/",
         "ways/{way}/pause/", "ways/{way}/remove/", "sent/{sent}/again/")  # fmt: skip


@pytest.fixture
def told(bob_asks: Asks, channel: Channel, works: Works, at: datetime) -> Dispatch:
    """An alert that Bob got."""
    bob_asks()
    hearing.hear(channel, hearing.post("p1", "Hemligt paket <b>&", at), at=at)
    works(at)
    return Dispatch.objects.get()


def everything_of(told: Dispatch) -> dict[str, int]:
    return {"rule": Rule.objects.get().pk, "way": Route.objects.get().pk, "sent": told.pk}


@pytest.mark.parametrize("address", [*POSTS, "rules/{rule}/"])
@pytest.mark.parametrize("who", ["alice", "mallory"])
def test_what_is_somebody_elses_is_not_there(
    told: Dispatch, alice: Membership, mallory: User, sign_in: SignIn, *, address: str, who: str
) -> None:
    before = [list(model.objects.values()) for model in (Route, Rule, Dispatch)]
    browser = sign_in(alice if who == "alice" else mallory)
    answer = browser.post(PAGE + address.format(**everything_of(told)))
    assert answer.status_code == 404
    assert [list(model.objects.values()) for model in (Route, Rule, Dispatch)] == before


@pytest.mark.parametrize("address", ["", "ways/", "rules/{rule}/", *POSTS])
def test_the_signed_out_are_led_to_sign_in(told: Dispatch, address: str) -> None:
    answer = Client().post(PAGE + address.format(**everything_of(told)))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("address", ["ways/", *POSTS])
def test_looking_changes_nothing(told: Dispatch, bob: Membership, sign_in: SignIn, *, address: str) -> None:
    assert sign_in(bob).get(PAGE + address.format(**everything_of(told))).status_code == 405


def test_the_page_shows_ones_own_and_nothing_of_others(
    told: Dispatch, bob: Membership, alice: Membership, sign_in: SignIn
) -> None:
    own, other = (sign_in(who).get(PAGE).content.decode() for who in (bob, alice))
    assert "bob@example.org" in own
    assert "everything new" in own
    assert "Eva Lind" in own
    assert "0.0 s after the post" in own
    for words in ("bob@example.org", "Eva Lind"):
        assert words not in other


def test_who_left_sees_nothing_of_it_any_more(
    told: Dispatch, bob: Membership, sign_in: SignIn, at: datetime
) -> None:
    Membership.objects.filter(pk=bob.pk).update(left_at=at)
    page = sign_in(bob).get(PAGE).content.decode()
    assert "Eva Lind" not in page
    assert "Nordpost" not in page


def test_a_way_is_added_and_confirmed(bob: Membership, sign_in: SignIn, works: Works) -> None:
    browser = sign_in(bob)
    page = browser.post(PAGE + "ways/", {"way": "mail", "address": "bob@home.example"}, follow=True)
    assert "A test message is on its way to bob@home.example." in page.content.decode()
    route = Route.objects.get()
    page = browser.post(f"{PAGE}ways/{route.pk}/confirm/", {"code": "wrong"}, follow=True)
    assert "This is not the code" in page.content.decode()
    page = browser.post(f"{PAGE}ways/{route.pk}/confirm/", {"code": route.code}, follow=True)
    assert "Confirmed." in page.content.decode()


WRONG = [
    ("mail", "no address", "Write an e-mail address"),
    ("mail", "a@b.example\r\nBcc: c@d.example", "Write an e-mail address"),
    ("sms", "070 123 45 67", "Write the number with its country"),
    ("chat", "file:///etc/passwd", "not the address of a chat"),
    ("chat", "ntfys://ntfy.example/topic?attach=x", "The option attach is not taken here"),
    ("pigeon", "home", "Select a valid choice"),
]


@pytest.mark.parametrize(("way", "address", "words"), WRONG)
def test_an_address_that_is_none_is_said(
    bob: Membership, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, *, way: str, address: str, words: str
) -> None:
    monkeypatch.setenv(environment.SMS_URL.name, "form://gateway.example/?-to={to}")
    answer = sign_in(bob).post(PAGE + "ways/", {"way": way, "address": address})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Route.objects.exists()


def test_without_a_gateway_nobody_can_choose_sms(bob: Membership, sign_in: SignIn) -> None:
    assert 'value="sms"' not in sign_in(bob).get(PAGE).content.decode()


def test_secrets_of_an_address_are_not_shown(bob: Membership, sign_in: SignIn) -> None:
    browser = sign_in(bob)
    address = "matrixs://gensvar:hunter2@matrix.example/#room:matrix.example"
    browser.post(PAGE + "ways/", {"way": "chat", "address": address})
    assert Route.objects.exists()
    page = browser.get(PAGE).content.decode()
    assert "Matrix" in page
    assert "hunter2" not in page


def test_a_rule_is_made_as_a_sentence(
    bob: Membership, mail_to_bob: Route, nordpost: Workspace, sign_in: SignIn
) -> None:
    given = {
        "tell": f"{nordpost.pk}:judged:abuse",
        "route": mail_to_bob.pk,
        "every": "0",
        "quiet_from": "22:00",
        "quiet_to": "07:00",
        "wake_kinds": ["abuse"],
        "wake_reach": "5000",
        "wake_clock": "on",
    }
    page = sign_in(bob).post(PAGE, given, follow=True).content.decode()
    assert "abuse and threats, once they are judged, by mail bob@example.org, at once" in page
    assert "Not from 22:00 to 07:00, but for: abuse, 5000 followers or more, a clock that runs out" in page
    rule = Rule.objects.get()
    assert (rule.kind, rule.wake_reach, rule.workspace, rule.user) == ("abuse", 5000, nordpost, bob.user)
    answer = sign_in(bob).post(f"{PAGE}rules/{rule.pk}/", {**given, "every": "15"})
    assert answer.status_code == 302
    rule.refresh_from_db()
    assert rule.every_minutes == 15


def strange(
    nordpost: Workspace, sparfin: Workspace, bob: Membership, alice: Membership, at: datetime
) -> list[dict[str, object]]:
    own = Route.objects.get(user=bob.user).pk
    foreign = way_to(alice.user, at).pk
    private = View.objects.create(
        workspace=nordpost, owner=alice.user, name="Secret", created_at=at, changed_at=at
    )
    return [
        {"tell": f"{sparfin.pk}:everything:", "route": own, "every": 0},
        {"tell": f"{nordpost.pk}:everything:", "route": foreign, "every": 0},
        {"tell": f"{nordpost.pk}:view:{private.pk}", "route": own, "every": 0},
        {"tell": f"{nordpost.pk}:everything:", "route": own, "every": 7},
        {"tell": "x", "route": own, "every": 0},
        {"tell": f"{nordpost.pk}:everything:", "route": own, "every": 0, "quiet_from": "22:00"},
        {
            "tell": f"{nordpost.pk}:everything:",
            "route": own,
            "every": 0,
            "quiet_from": "22:00",
            "quiet_to": "22:00",
        },
        {"tell": f"{nordpost.pk}:everything:", "route": own, "every": 0, "wake_reach": "-1"},
        {"tell": f"{nordpost.pk}:everything:", "route": own, "every": 0, "wake_kinds": "evil"},
    ]


@pytest.mark.parametrize("number", range(9))
def test_a_rule_that_cannot_be_is_not_made(
    bob: Membership, alice: Membership, mail_to_bob: Route, nordpost: Workspace, sparfin: Workspace, *,
    sign_in: SignIn, at: datetime, number: int
) -> None:  # fmt: skip
    form = strange(nordpost, sparfin, bob, alice, at)[number]
    assert sign_in(bob).post(PAGE, form).status_code == 422
    assert not Rule.objects.exists()
    assert "Secret" not in sign_in(bob).get(PAGE).content.decode()


def test_pausing_and_removing(bob_asks: Asks, bob: Membership, sign_in: SignIn) -> None:
    rule = bob_asks()
    browser = sign_in(bob)
    browser.post(f"{PAGE}rules/{rule.pk}/pause/")
    rule.refresh_from_db()
    assert rule.paused_at
    browser.post(f"{PAGE}rules/{rule.pk}/pause/")
    browser.post(f"{PAGE}ways/{rule.route_id}/pause/")
    rule.refresh_from_db()
    assert not Rule.objects.filter(paused_at__isnull=False).exists()
    assert Route.objects.filter(paused_at__isnull=False).exists()
    browser.post(f"{PAGE}ways/{rule.route_id}/remove/")
    assert not Rule.objects.exists()


def test_doubt_is_said_and_ended_by_the_person(told: Dispatch, bob: Membership, sign_in: SignIn) -> None:
    Dispatch.objects.update(state="unsure", frozen_text="Hej", why="No answer came.")
    browser = sign_in(bob)
    page = browser.get(PAGE).content.decode()
    assert "One message may not have reached you." in page
    assert "No answer came." in page
    assert "may not have arrived" in browser.get("/me/").content.decode()
    browser.post(f"{PAGE}sent/{told.pk}/again/")
    told.refresh_from_db()
    assert told.state == "ready"


def test_figures_show_how_soon_alerts_came_to_who_leads(
    told: Dispatch, alice: Membership, bob: Membership, sign_in: SignIn
) -> None:
    from gensvar.kernel.clock import now

    Dispatch.objects.update(sent_at=now())
    words = "From post to alert, half of them within"
    assert words in sign_in(alice).get("/w/nordpost/figures/").content.decode()
    assert words not in sign_in(bob).get("/w/nordpost/figures/").content.decode()


def test_words_of_strangers_are_escaped(
    bob_asks: Asks, bob: Membership, channel: Channel, sign_in: SignIn, *, works: Works, at: datetime
) -> None:
    from gensvar.connectors.contract import Author

    bob_asks()
    author = Author("did:plc:x", "x.example", "<script>alert(1)</script>\u202e")
    hearing.hear(channel, hearing.post("p1", "Hej", at, author=author), at=at)
    works(at)
    page = sign_in(bob).get(PAGE).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "\u202e" not in page


def test_there_is_room_for_ten_ways_and_thirty_rules(
    bob: Membership, mail_to_bob: Route, sign_in: SignIn, at: datetime
) -> None:
    asked = wanted.Wanted(mail_to_bob, About.EVERYTHING.value)
    for _ in range(30):
        wanted.ask(asked, by=bob.actor(), at=at)
    with pytest.raises(wanted.TooMany):
        wanted.ask(asked, by=bob.actor(), at=at)
    for number in range(9):
        way_to(bob.user, at, address=f"{number}@x.example")
    with pytest.raises(routes.NotTaken):
        routes.add(bob.user, Way.MAIL, "eleven@x.example", "x", at=at)
    assert len(sign_in(bob).get(PAGE).content) < 60_000
