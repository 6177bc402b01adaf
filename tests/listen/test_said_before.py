"""What was said before, and what a quote adds: decided from plain values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gensvar.process.listen.rules import (
    ANEW_AFTER,
    Saying,
    adds_words,
    is_said_before,
    is_same_author,
    milestones,
    words,
)

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
LONG = 9
EVA = Saying("bluesky", "p1", True, AT, "did:plc:eva", "eva.example", "Eva Lind", "https://bsky.example/eva")
THERE = Saying("mastodon", "m1", True, AT + timedelta(minutes=2), "109", "eva@social.example", "Eva Lind")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nordpost, var är paketet?", "NORDPOST: Var är paketet"),
        ("Var är paketet @nordpost.example", "Var är paketet @nordpost@social.example"),
        ("Var är paketet https://a.example/1", "Var är paketet 😡 https://b.example/2"),
        ("Ｎordpost är sen", "nordpost är sen"),
        ("RT: Nordpost är sen", "Nordpost är sen"),
    ],
)
def test_the_same_words_are_the_same_however_they_are_dressed(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_other_words_are_other_words() -> None:
    assert words("Var är paketet") != words("Var är paketen")


@pytest.mark.parametrize(
    ("text", "adds"),
    [
        ("", False),
        ("👆👆👆", False),
        ("@nordpost.example !!!", False),
        ("https://bsky.example/p1", False),
        ("Nordpost tappade paketet", False),
        ("Igen.", True),
        ("Nordpost tappade paketet. Mitt också", True),
        ("#bojkott", True),
    ],
)
def test_a_quote_stands_for_itself_from_one_word_of_its_own_on(text: str, adds: bool) -> None:
    assert adds_words(text, "Nordpost tappade paketet i dag") is adds


def test_the_same_author_on_one_network_is_the_same_account() -> None:
    assert is_same_author(EVA, replace(EVA, thread="p2", name="Eva", handle=""))
    assert not is_same_author(EVA, replace(EVA, author_id="did:plc:kim"))


@pytest.mark.parametrize(
    ("there", "same"),
    [
        (THERE, True),
        (replace(THERE, name="Eva L"), False),
        (replace(THERE, handle="lind@social.example"), False),
        (replace(THERE, handle=""), False),
        (replace(THERE, name="", handle="eva.example"), True),
        (replace(THERE, name="", handle="", bio="Also at https://bsky.example/eva"), True),
        (replace(THERE, name="", handle="", bio="Also at https://bsky.example/evangeline"), False),
        (replace(THERE, name="", handle="", bio="Likes bsky.example"), False),
    ],
)
def test_across_networks_a_name_alone_is_many_people(there: Saying, same: bool) -> None:
    assert is_same_author(EVA, there) is same
    assert is_same_author(there, EVA) is same


def test_a_bare_handle_is_nobody_in_particular() -> None:
    assert not is_same_author(replace(EVA, handle="eva", name=""), replace(THERE, handle="eva", name=""))


def test_after_two_days_the_same_words_are_said_anew() -> None:
    assert is_said_before(replace(THERE, said_at=AT + ANEW_AFTER), EVA, LONG)
    assert not is_said_before(replace(THERE, said_at=AT + ANEW_AFTER * 1.01), EVA, LONG)


def test_in_one_thread_nobody_is_folded() -> None:
    assert not is_said_before(replace(EVA, starts_thread=False), EVA, LONG)


def test_few_words_are_the_same_only_where_both_begin_a_thread() -> None:
    again = replace(EVA, thread="p2")
    assert is_said_before(again, EVA, 1)
    assert not is_said_before(replace(again, starts_thread=False), EVA, 1)
    assert not is_said_before(THERE, EVA, 1)
    assert not is_said_before(again, EVA, 0)


@pytest.mark.parametrize(
    ("before", "now", "reached"),
    [
        (0, 0, []),
        (0, 1, [1]),
        (0, 12, [1, 2, 5, 10]),
        (1, 4, [2]),
        (5, 9, []),
        (90, 1000, [100, 200, 500, 1000]),
    ],
)
def test_round_numbers_are_told_once(before: int, now: int, reached: list[int]) -> None:
    assert milestones(before, now) == reached
