"""The three questions of the first run, asked once and never again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gensvar.desk.setup import query_of
from gensvar.people import actions, queries
from gensvar.people.errors import AlreadySetUp
from gensvar.people.models import Membership, User, Workspace
from gensvar.process.listen.models import Watch
from gensvar.reading.query import parse
from tests.conftest import PASSWORD

ANSWERS = {
    "name": "Alice Lindqvist",
    "password": PASSWORD,
    "company": "Nordpost",
    "watch": "Nordpost, Nord Post, #nordpost",
    "zone": "Europe/Stockholm",
}


def set_up(at: datetime, **other: Any) -> Membership:
    given = {"name": "Alice", "password": PASSWORD, "company": "Nordpost", "zone": "UTC", "language": "sv"}
    return actions.set_up(**(given | other), at=at)


@pytest.mark.django_db
def test_it_makes_an_administrator_a_workspace_and_a_watch() -> None:
    Client().post("/setup/", ANSWERS)
    membership = Membership.objects.get()
    assert (membership.user.name, membership.role) == ("Alice Lindqvist", "administrator")
    assert (membership.workspace.name, membership.workspace.slug) == ("Nordpost", "nordpost")
    assert membership.workspace.zone == membership.user.time_zone == "Europe/Stockholm"
    assert membership.user.check_password(PASSWORD)
    watch = Watch.objects.get()
    assert (watch.workspace, watch.query) == (membership.workspace, 'Nordpost OR "Nord Post" OR #nordpost')


@pytest.mark.django_db
def test_one_is_signed_in_afterwards_and_lands_at_the_channels() -> None:
    browser = Client()
    answer = browser.post("/setup/", ANSWERS, follow=True)
    assert answer.redirect_chain == [("/w/nordpost/channels/", 302)]
    assert answer.status_code == 200


@pytest.mark.django_db
def test_a_new_desk_leads_to_the_questions() -> None:
    answer = Client().get("/", follow=True)
    assert answer.redirect_chain == [("/setup/", 302)]
    assert b'name="watch"' in answer.content


@pytest.mark.django_db
def test_it_is_closed_once_done(at: datetime) -> None:
    set_up(at)
    assert Client().get("/setup/")["location"] == "/"
    answer = Client().post("/setup/", ANSWERS | {"name": "Mallory"})
    assert (answer.status_code, answer["location"]) == (302, "/")
    assert list(User.objects.values_list("first_name", flat=True)) == ["Alice"]


@pytest.mark.django_db
def test_it_stays_closed_when_all_people_and_workspaces_are_gone(at: datetime) -> None:
    set_up(at)
    User.objects.all().delete()
    Workspace.objects.all().delete()
    Client().post("/setup/", ANSWERS)
    assert not User.objects.exists()
    with pytest.raises(AlreadySetUp):
        set_up(at)


@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_at_once_exactly_one_wins(at: datetime) -> None:
    line = Barrier(2)

    def ask(name: str) -> bool:
        line.wait()
        try:
            set_up(at, name=name)
        except AlreadySetUp:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as browsers:
        won = list(browsers.map(ask, ["Alice", "Mallory"]))
    assert sorted(won) == [False, True]
    assert User.objects.count() == Workspace.objects.count() == 1


@pytest.mark.django_db
def test_nothing_is_kept_when_the_watch_cannot_be_kept(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_rest: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("gensvar.desk.setup.add_watch", broken)
    with pytest.raises(RuntimeError):
        Client().post("/setup/", ANSWERS)
    assert not User.objects.exists()
    assert not queries.is_set_up()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        ("name", "", "This field is required."),
        ("name", " \u200b ", "Write your name"),
        ("name", "alice@example.org", "a name has no @ in it"),
        ("password", "short", "at least 10 characters"),
        ("password", "alice lindqvist", "too similar"),
        ("password", "", "This field is required."),
        ("company", "   ", "This field is required."),
        ("watch", "", "This field is required."),
        ("watch", "(Nordpost OR", "Column"),
    ],
)
def test_wrong_input_is_answered_with_a_sentence_at_its_field(field: str, given: str, sentence: str) -> None:
    answer = Client().post("/setup/", ANSWERS | {field: given})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert sentence in errors[field][0]
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert "aria-invalid" in page.split(f'name="{field}"')[1].split(">")[0]
    assert not User.objects.exists()


@pytest.mark.django_db
def test_what_was_typed_is_still_there_after_an_error_but_the_password() -> None:
    page = Client().post("/setup/", ANSWERS | {"watch": "((("}).content.decode()
    assert 'value="Alice Lindqvist"' in page
    assert PASSWORD not in page


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "", "x" * 5000])
def test_a_time_zone_that_is_none_counts_as_utc(zone: str) -> None:
    Client().post("/setup/", ANSWERS | {"zone": zone})
    assert User.objects.get().time_zone == "UTC"


@pytest.mark.django_db
def test_a_hostile_company_name_is_shown_as_text(at: datetime, sign_in: Callable[..., Client]) -> None:
    membership = set_up(at, company="<script>alert(1)</script>\u202e")
    page = sign_in(membership).get(f"/w/{membership.workspace.slug}/people/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("names", "query"),
    [
        ("Nordpost", "Nordpost OR #nordpost"),
        (" Nordpost ,, Nord  Post;#nordpost\n@nordpost", 'Nordpost OR "Nord Post" OR @nordpost OR #nordpost'),
        ("Tekir NOT kissa", "Tekir NOT kissa"),
        ('"Tekir Oy" OR tekir', '"Tekir Oy" OR tekir'),
        ("Not Just Coffee", '"Not Just Coffee" OR #notjustcoffee'),
        ('"Toys, Inc."', '"Toys, Inc." OR #toysinc'),
    ],
)
def test_names_become_a_query_that_can_be_read(names: str, query: str) -> None:
    assert query_of(names) == query
    parse(query)
