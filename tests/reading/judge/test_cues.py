"""Signs in a post: that it asks, and that it is urgent."""

import pytest

from gensvar.reading.judge import cues, words

ASKING = {
    "sv": "Hej, när öppnar ni i Luleå?",
    "fi": "Moikka! Onko teillä auki lauantaina?",
    "nl": "Hallo. Wanneer komt mijn pakket?",
    "de": "Wann fährt der nächste Bus nach Ulm?",
    "en": "@acme Is the shop open on Sunday?",
}
URGENT = {
    "sv": ("Det luktar gaslukt i trappan", "Health or safety is spoken of."),
    "fi": ("Lento lähtee huomenna", "It has to happen today or tomorrow."),
    "nl": ("Ik stap naar de geschillencommissie", "Press, authorities or a lawyer are named."),
    "de": ("Wir sitzen fest, ohne Heizung", "Somebody is stuck, locked out or without money."),
    "en": ("Is it down? Anyone else?", "Many people seem to be hit."),
}


def forms(text: str, language: str) -> list[str]:
    return [word.form for word in cues.read(text, language)]


def why(text: str, language: str) -> tuple[str, ...]:
    found = [word.form for word in words.cut(text)]
    everywhere = range(len(found))
    return cues.urgent(cues.of(language).of(found, cues.Telling([], everywhere, everywhere)))


@pytest.mark.parametrize("language", ASKING)
def test_a_question_is_seen_by_its_mark_and_by_its_opening(language: str) -> None:
    assert {"\\asks", "\\ends asking", "\\opens a question"} <= set(forms(ASKING[language], language))


def test_a_question_in_the_middle_is_not_one_at_the_end() -> None:
    found = forms("Hur svårt kan det vara? Skäms.", "sv")
    assert "\\asks" in found
    assert "\\ends asking" not in found


@pytest.mark.parametrize("language", URGENT)
def test_what_makes_a_post_urgent_is_said_in_words(language: str) -> None:
    text, expected = URGENT[language]
    assert expected in why(text, language)


def test_small_talk_is_not_urgent() -> None:
    assert why("Trevlig butik, god kaffe", "sv") == ()


def test_an_empty_post_still_has_a_word() -> None:
    assert cues.read("", "sv") == [cues.NO_WORD]
