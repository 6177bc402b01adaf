"""Roles, names and invitations, decided on plain values."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.people.rules import (
    INVITATION_LASTS,
    RIGHTS,
    Right,
    Role,
    Standing,
    is_administered,
    may,
    sign_in_name,
    slug_of,
    standing,
    written_name,
)
from tests.conftest import AT


def test_only_an_administrator_lets_people_in_and_connects_channels() -> None:
    for right in (Right.ADMINISTER, Right.CONNECT):
        assert [role for role in Role if may(role, right)] == [Role.ADMINISTRATOR]


def test_an_ambassador_writes_but_lets_nothing_leave() -> None:
    assert may("ambassador", Right.WRITE)
    assert not may("ambassador", Right.APPROVE)


def test_a_viewer_only_sees() -> None:
    assert RIGHTS[Role.VIEWER] == {Right.SEE}


def test_an_agent_does_not_change_what_is_watched() -> None:
    assert not may("agent", Right.WATCH)
    assert may("lead", Right.WATCH)


@pytest.mark.parametrize("role", ["", "owner", "ADMINISTRATOR"])
def test_an_unknown_role_may_nothing(role: str) -> None:
    assert not any(may(role, right) for right in Right)


def test_a_workspace_without_administrator_is_not_administered() -> None:
    assert not is_administered(["lead", "agent"])
    assert is_administered(["viewer", "administrator"])


@pytest.mark.parametrize(
    "typed", ["Åsa Öberg", "  åsa   öberg ", "ÅSA ÖBERG", "A\u030asa O\u0308berg", "Åsa\u00a0Öberg"]
)
def test_a_name_signs_in_however_it_is_typed(typed: str) -> None:
    assert sign_in_name(typed) == sign_in_name("Åsa Öberg")


def test_different_names_stay_different() -> None:
    assert sign_in_name("Åsa") != sign_in_name("Asa")


def test_a_name_keeps_nothing_that_cannot_be_seen() -> None:
    assert written_name("Al\u202eice\x00 \u200bL.\ud800") == "Alice L."


@given(st.text())
def test_a_sign_in_name_is_its_own_sign_in_name(name: str) -> None:
    assert sign_in_name(sign_in_name(name)) == sign_in_name(name)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Nordpost", "nordpost"),
        ("Åhléns & Søn", "ahlens-son"),
        ("  ", "desk"),
        ("日本郵便", "desk"),
        ("Groß", "gross"),
    ],
)
def test_an_address_is_made_of_the_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text())
def test_every_name_gives_an_address(name: str) -> None:
    assert 1 <= len(slug_of(name)) <= 40
    assert set(slug_of(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_an_invitation_is_open_until_its_last_moment() -> None:
    ends = AT + INVITATION_LASTS
    just_before = standing(
        accepted_at=None, withdrawn_at=None, expires_at=ends, at=ends - timedelta(seconds=1)
    )
    assert just_before is Standing.OPEN
    assert standing(accepted_at=None, withdrawn_at=None, expires_at=ends, at=ends) is Standing.EXPIRED


def test_a_used_invitation_stays_used_after_it_expired() -> None:
    assert standing(accepted_at=AT, withdrawn_at=None, expires_at=AT, at=AT) is Standing.USED


def test_a_withdrawn_invitation_is_withdrawn() -> None:
    assert standing(accepted_at=None, withdrawn_at=AT, expires_at=AT, at=AT) is Standing.WITHDRAWN
