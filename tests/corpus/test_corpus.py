"""The corpus of posts: labels that the guide knows, enough of each, no post twice, tests never trained on."""

import json
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "corpus"
LANGUAGES = ("sv", "fi", "nl", "de", "en")
LABELS: dict[str, set[Any]] = {
    "kind": {"complaint", "question", "praise", "other"},
    "sentiment": {"negative", "neutral", "positive"},
    "abuse": {None, "insult", "hate", "threat", "obscene", "spam"},
    "target": {None, "company", "staff", "group", "customer", "nobody"},
    "urgency": {"low", "normal", "high"},
    "topic": {
        *("delivery", "billing", "outage", "quality", "waiting", "staff", "refund", "app", "cancellation"),
        *("access", "price", "safety", "information", "privacy", "environment", "other"),
    },
    "split": {"train", "test"},
}
TRAITS = {
    *("tagged", "typos", "emoji", "dialect", "irony", "quotes"),
    *("name-only", "rude", "veiled", "mixed", "thread", "hard"),
}
TEST_TRADES = {"energy", "housing", "software", "travel"}
NEAR = 0.5
"""Two posts whose sets of character 5-grams have a Jaccard index of this or more are one post twice."""

Row = dict[str, Any]


@cache
def rows(language: str) -> list[Row]:
    """All posts of one language."""
    with (FOLDER / f"{language}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_at_least_eight_hundred(language: str) -> None:
    assert len(rows(language)) >= 800


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_one_of_the_guide(language: str) -> None:
    for row in rows(language):
        for name, allowed in LABELS.items():
            assert row[name] in allowed, (row["id"], name, row[name])
        assert set(row["traits"]) <= TRAITS, row["id"]
        assert row["language"] == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_unique_and_say_the_language(language: str) -> None:
    ids = [str(row["id"]) for row in rows(language)]
    assert len(ids) == len(set(ids))
    assert all(one.startswith(f"{language}-") for one in ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_span_stands_in_its_post(language: str) -> None:
    for row in rows(language):
        assert str(row["span"]) in str(row["text"]), row["id"]
        assert row["span"] or row["kind"] == "other", row["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_target_goes_with_abuse(language: str) -> None:
    for row in rows(language):
        assert (row["target"] is None) == (row["abuse"] is None), row["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fifth_is_kept_for_testing_by_whole_trades(language: str) -> None:
    splits = Counter(row["split"] for row in rows(language))
    assert 0.17 <= splits["test"] / splits.total() <= 0.25
    for row in rows(language):
        assert (row["split"] == "test") == (row["trade"] in TEST_TRADES), row["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_hard_is_there_in_number(language: str) -> None:
    kinds = Counter(row["kind"] for row in rows(language))
    traits = Counter(trait for row in rows(language) for trait in row["traits"])
    rude = sum(row["kind"] == "complaint" and row["abuse"] is not None for row in rows(language))
    grounds = Counter(row["abuse"] for row in rows(language) if row["abuse"])
    assert min(kinds[kind] for kind in LABELS["kind"]) >= 100, kinds
    assert rude >= 50, rude
    assert traits["irony"] >= 40, traits
    assert traits["veiled"] >= 8, traits
    assert traits["quotes"] >= 25, traits
    assert traits["name-only"] >= 40, traits
    assert traits["tagged"] >= 120, traits
    assert min(grounds[ground] for ground in ("insult", "hate", "threat", "obscene", "spam")) >= 12, grounds


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_posts_are_nearly_the_same(language: str) -> None:
    grams = [_grams(str(row["text"])) for row in rows(language)]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(grams):
        for gram in own:
            holders[gram].append(number)
    shared = Counter(pair for numbers in holders.values() for pair in combinations(numbers, 2))
    near = [
        (rows(language)[a]["id"], rows(language)[b]["id"])
        for (a, b), both in shared.items()
        if both / (len(grams[a]) + len(grams[b]) - both) >= NEAR
    ]
    assert near == []


def _grams(text: str) -> frozenset[str]:
    text = " ".join(text.casefold().split())
    return frozenset(text[i : i + 5] for i in range(max(1, len(text) - 4)))
