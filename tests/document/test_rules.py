"""When a picture is tried again, and by which words a page is recognised."""

from datetime import datetime, timedelta

import pytest

from gensvar.process.document import rules


def test_the_waits_grow(at: datetime) -> None:
    waits = []
    for attempt in range(1, 20):
        again_at = rules.again_at(attempt, at)
        if again_at:
            waits.append(again_at - at)
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=20)
    assert sum(waits, timedelta()) > timedelta(days=1), "time enough for somebody to install a browser"


def test_it_ends(at: datetime) -> None:
    assert rules.again_at(7, at) is None
    assert rules.again_at(0, at) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paketet  KOM\naldrig", "paketet kom aldrig"),
        ("Titta https://nordpost.example/spåra?x=1 det här är ju helt galet", "det här är ju helt galet"),
        ("https://nordpost.example/a", ""),
        ("", ""),
        ("x" * 200, "x" * 40),
        ("Nordpost lovade men sedan…", "nordpost lovade men sedan"),
    ],
)
def test_the_sample_avoids_what_networks_rewrite(text: str, expected: str) -> None:
    assert rules.sample(text) == expected
