"""The lexicons: what is found in a post, and that the shipped ones are what they say."""

from importlib import resources

import pytest

from gensvar.reading.judge import lexicon, words
from gensvar.reading.judge.cues import WHY

LANGUAGES = ("sv", "fi", "nl", "de", "en")
CLASSES = {
    *(
        "good",
        "bad",
        "broken",
        "slow",
        "lost",
        "money",
        "rude",
        "warn",
        "kind",
        "quick",
        "again",
        "thanks",
        "want",
    ),
    *(
        "firm",
        "news",
        "life",
        "not",
        "very",
        "but",
        "lucky",
        "swear",
        "insult",
        "hate",
        "threat",
        "lewd",
        "spam",
    ),
}
BOOK = lexicon.Lexicon(
    "# words\ngood: fin, fin*\nbad: finansinspektion*, inte fin, dyr*\nslow: aldrig mer*, aldrig\nfirm: dyr*"
)


def classes(text: str) -> list[tuple[str, str]]:
    found = words.cut(text)
    met = BOOK.found([word.form for word in found], range(len(found)))
    return [(name, text[found[first].start : found[last].end]) for name, first, last in met]


def test_a_word_and_a_beginning_are_found() -> None:
    assert classes("Fin affär, finare folk") == [("good", "Fin"), ("good", "finare")]


def test_the_longer_beginning_goes_first() -> None:
    assert classes("Finansinspektionen") == [("bad", "Finansinspektionen")]


def test_a_phrase_goes_before_its_first_word() -> None:
    assert classes("Aldrig mera! Aldrig.") == [("slow", "Aldrig mera"), ("slow", "Aldrig")]


def test_a_word_may_be_in_two_classes() -> None:
    assert classes("dyrt") == [("bad", "dyrt"), ("firm", "dyrt")]


def test_a_phrase_does_not_reach_over_the_end() -> None:
    assert classes("aldrig") == [("slow", "aldrig")]


def test_a_language_without_a_lexicon_has_an_empty_one() -> None:
    assert lexicon.of("xx").found(["aldrig", "mer"], range(2)) == []


def test_it_is_enough_to_look_where_something_begins() -> None:
    forms = [word.form for word in words.cut("En fin affär, aldrig mer en dyr")]
    begins = [at for at, form in enumerate(forms) if BOOK.begins(form)]
    assert begins == [1, 4, 7]
    assert BOOK.found(forms, begins) == BOOK.found(forms, range(len(forms)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "expected", "most"), [("{}.txt", CLASSES, 5_000), ("urgent-{}.txt", set(WHY), 40)]
)
def test_a_shipped_lexicon_holds_only_known_classes_and_readable_entries(
    language: str, name: str, expected: set[str], most: int
) -> None:
    path = resources.files("gensvar.reading.judge.lexicon").joinpath(name.format(language))
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert {line.partition(":")[0] for line in lines} == expected
    entries = [entry.strip() for line in lines for entry in line.partition(":")[2].split(",")]
    assert len(entries) > most
    for entry in entries:
        assert 1 <= len(entry.split()) <= 5, entry
        assert entry.split()[0].strip("*"), entry
        assert len(entry.split()[0]) > lexicon.SHORTEST or not entry.split()[0].endswith("*"), entry
