"""Watches, channels, figures, settings: what they show, and what their forms do."""

from datetime import datetime

import pytest
from django.test import Client

from gensvar.desk.figures import DAYS
from gensvar.kernel.clock import now
from gensvar.people.models import Membership, Workspace
from gensvar.process.assess.actions import judge
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
from gensvar.process.listen.models import Channel
from tests import hearing
from tests.conftest import SignIn
from tests.desk import scene


@pytest.fixture
def browser(dora: Membership, sign_in: SignIn) -> Client:
    return sign_in(dora)


def test_channels_say_what_each_network_can(browser: Client) -> None:
    text = browser.get("/w/nordpost/channels/").content.decode()
    assert "Bluesky" in text
    assert "hears untagged posts" in text
    assert "No channel is connected" in text


def test_the_pretend_internet_is_listed_only_where_it_is_connected(
    browser: Client, dora: Membership, nordpost: Workspace, at: datetime
) -> None:
    with hearing.offered("gensvar.demo.connector"):
        assert "Pretend internet" not in browser.get("/w/nordpost/channels/").content.decode()
        channel = hearing.channel(nordpost, at, "demo", settings={"place": "internet.db", "pace": "1"})
        text = browser.get("/w/nordpost/channels/").content.decode()
    assert text.count("Pretend internet") == 1
    assert f'id="channel-{channel.pk}"' in text


def test_the_form_asks_what_the_connector_asks(browser: Client) -> None:
    text = browser.get("/w/nordpost/channels/connect/bluesky/").content.decode()
    assert 'name="handle"' in text
    assert 'type="password" name="app_password"' in text


def test_a_place_by_hand_is_connected_and_pasted_into(browser: Client) -> None:
    browser.post("/w/nordpost/channels/connect/by_hand/", {"name": "Residents"})
    channel = Channel.objects.get()
    answer = browser.post(
        f"/w/nordpost/channels/{channel.pk}/paste/", {"text": "Nordpost lost my parcel", "author": "Maria"}
    )
    case = Case.objects.get()
    assert answer["Location"] == f"/w/nordpost/case/{case.pk}/"
    assert "Nordpost lost my parcel" in browser.get(answer["Location"]).content.decode()


def test_a_refusal_of_the_network_is_a_sentence_on_the_form(browser: Client) -> None:
    answer = browser.post("/w/nordpost/channels/connect/by_hand/", {"name": "   "})
    assert answer.status_code == 422
    assert not Channel.objects.exists()


def test_only_an_administrator_connects(alice: Membership, bluesky: Channel, sign_in: SignIn) -> None:
    browser = sign_in(alice)
    assert browser.get("/w/nordpost/channels/connect/bluesky/").status_code == 403
    assert browser.post(f"/w/nordpost/channels/{bluesky.pk}/remove/").status_code == 403


def test_disconnecting_forgets_the_password(browser: Client, bluesky: Channel) -> None:
    browser.post(f"/w/nordpost/channels/{bluesky.pk}/remove/")
    bluesky.refresh_from_db()
    assert bluesky.removed_at
    assert bluesky.locked == ""


def test_a_channel_in_trouble_says_so_on_every_page(browser: Client, bluesky: Channel) -> None:
    Channel.objects.update(trouble="Bluesky refused the app password.")
    assert "1 in trouble" in browser.get("/w/nordpost/now/").content.decode()
    assert "Bluesky refused the app password." in browser.get("/w/nordpost/channels/").content.decode()


def test_figures_count_what_happened(browser: Client, dora: Membership, bluesky: Channel) -> None:
    case = scene.hear(bluesky, scene.post(1, "Nordpost"), now())
    judge(case, Kind.COMPLAINT, by=dora.actor(), at=now())
    text = browser.get("/w/nordpost/figures/", {"days": "7"}).content.decode()
    assert "The last 7 days" in text
    assert "the tallest column is 1" in text


@pytest.mark.parametrize("days", DAYS)
def test_the_chart_says_its_first_middle_and_last_day(browser: Client, bluesky: Channel, days: int) -> None:
    scene.hear(bluesky, scene.post(1, "Nordpost"), now())
    page = browser.get("/w/nordpost/figures/", {"days": days})
    chart = page.context["chart"]
    labels = {label["place"]: label["words"] for label in chart["labels"]}
    titles = [column["title"].partition(":")[0] for column in chart["columns"]]
    assert (labels["start"], labels["middle"], labels["end"]) == (titles[0], titles[days // 2], titles[-1])
    assert chart["columns"][-1]["title"].endswith(": cases 1, complaints 0")
    assert page.content.decode().count("<text class=") == len(chart["labels"]) >= 3


def test_figures_without_cases_say_what_will_stand_there(browser: Client) -> None:
    assert "Nothing to count yet" in browser.get("/w/nordpost/figures/").content.decode()


def test_the_theme_is_kept_in_the_browser(browser: Client) -> None:
    browser.post("/w/nordpost/settings/look/", {"theme": "dark"})
    assert 'data-theme="dark"' in browser.get("/w/nordpost/now/").content.decode()
    browser.post("/w/nordpost/settings/look/", {"theme": '"><script>'})
    assert "data-theme" not in browser.get("/w/nordpost/now/").content.decode()


@pytest.mark.parametrize("path", ["now/", "watches/", "channels/", "figures/", "settings/", "live", "views/"])
def test_other_workspaces_do_not_exist_for_strangers(
    carol: Membership, at: datetime, nordpost: object, sign_in: SignIn, path: str
) -> None:
    assert sign_in(carol).get(f"/w/nordpost/{path}").status_code == 404
