"""Small things on every screen: times, marks, names, journal sentences, icons, weights."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

import gensvar.desk
from gensvar.desk import clocks, journal, marks, rail
from gensvar.desk.thread import compared
from gensvar.process.case.facts import Happened
from gensvar.process.case.models import Fact

DESK = Path(gensvar.desk.__file__).parent
AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
CASE_FACTS = [fact for fact in Happened if not fact.startswith(("channel.", "gap.", "watch.", "view."))]


@pytest.mark.parametrize(
    ("left", "number", "word", "tone"),
    [
        (38, "38 min", "left", ""),
        (6, "6 min", "left", "soon"),
        (-12, "12 min", "late", "late"),
        (0, "0 min", "left", "soon"),
    ],
)
def test_a_clock_is_number_word_and_shape(left: int, number: str, word: str, tone: str) -> None:
    due = AT + timedelta(minutes=left)
    time = clocks.clock(due - timedelta(minutes=60), due, AT)
    assert (time.number, time.word, time.tone) == (number, word, tone)


@pytest.mark.parametrize(("seconds", "number"), [(1, "just"), (59, "just"), (60, "1 min"), (125, "2 min")])
def test_the_first_minute_after_the_hour_is_just_late(seconds: int, number: str) -> None:
    time = clocks.clock(AT - timedelta(hours=1, seconds=seconds), AT - timedelta(seconds=seconds), AT)
    assert (time.number, time.word, time.tone) == (number, "late", "late")


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (119, "119 min"), (120, "2 h"), (2879, "47 h"), (2880, "2 d")]
)
def test_a_span_uses_the_largest_sensible_unit(minutes: int, words: str) -> None:
    assert clocks.span(minutes) == words


def test_the_hour_is_that_of_the_viewer() -> None:
    with timezone.override("Europe/Helsinki"):
        assert clocks.hour(AT, AT) == "12:00"
    assert clocks.hour(AT - timedelta(days=3), AT) == "18 Nov"


def test_matched_words_are_marked_and_everything_is_escaped() -> None:
    assert marks.marked("a <b> Tekir", [[6, 11]]) == "a &lt;b&gt; <mark>Tekir</mark>"


@pytest.mark.parametrize("spans", [[[-5, 2]], [[3, 1]], [[0, 99]], [[0, 3], [1, 2]]])
def test_spans_that_cannot_be_are_left_out(spans: list[list[int]]) -> None:
    assert "abc" in marks.marked("abc", spans).replace("<mark>", "").replace("</mark>", "")


def test_initials_of_strange_names_are_still_something() -> None:
    assert marks.initials("Maria Karlsson") == "MK"
    assert marks.initials("@jukka") == "J"
    assert marks.initials("\u202e … !!") == "?"
    assert marks.initials("") == "?"


def test_counting_stops_at_999() -> None:
    assert rail.number(1000) == "999+"
    assert rail.number(12) == "12"
    assert rail.number(0) == ""


def test_what_changed_is_marked_word_by_word() -> None:
    old, new = compared("one <two> three", "one four three")
    assert old == "one <del>&lt;two&gt;</del> three"
    assert new == "one <ins>four</ins> three"


@pytest.mark.parametrize("fact", CASE_FACTS)
def test_every_fact_of_a_case_has_a_sentence(fact: Happened) -> None:
    data = {
        "kind": "complaint",
        "outcome": "settled",
        "purpose": "answer",
        "why": "no answer",
        "owner": 1,
        "owner_name": "Bob",
    }
    sentence = journal.sentence(Fact(name=fact.value, by_name="Alice", data=data))
    assert sentence != fact.value
    assert "%(" not in sentence


def test_a_fact_of_another_desk_says_its_own_name() -> None:
    assert journal.sentence(Fact(name="moon.landed", by_name="x", data={})) == "moon.landed"


def test_every_icon_that_is_used_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (DESK / "static/desk/icons.svg").read_text()))
    used = set()
    for page in (DESK / "templates").rglob("*.html"):
        used |= set(re.findall(r'{% icon "([\w-]+)" %}', page.read_text()))
    assert used
    assert used <= sprite


def test_styles_and_scripts_keep_their_weight() -> None:
    styles = sum(path.stat().st_size for path in (DESK / "static/desk/css").glob("*.css"))
    ours = [path for path in (DESK / "static/desk/js").glob("*.js") if path.stem != "person"]
    scripts = [Path(finders.find("django_htmx/htmx-2.min.js") or ""), *ours]
    assert styles <= 40 * 1024
    assert sum(path.stat().st_size for path in scripts) <= 60 * 1024
