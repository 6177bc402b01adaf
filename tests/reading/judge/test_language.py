"""Which language a post is in."""

import pytest

from gensvar.reading.judge import language

POSTS = {
    "sv": "Jag har väntat på mitt paket i tre veckor och ingen svarar",
    "fi": "Odotin pakettia kolme viikkoa eikä kukaan vastaa",
    "nl": "Ik wacht al drie weken op mijn pakket en niemand reageert",
    "de": "Ich warte seit drei Wochen auf mein Paket und niemand antwortet",
    "en": "I have been waiting three weeks for my parcel and nobody answers",
}


@pytest.mark.parametrize("tongue", POSTS)
def test_a_plain_sentence_is_told(tongue: str) -> None:
    assert language.of(POSTS[tongue], "", language.READ) == tongue


def test_only_the_languages_of_the_workspace_are_considered() -> None:
    assert language.of(POSTS["nl"], "nl", ("sv", "fi")) in {"sv", "fi"}


def test_what_the_network_says_decides_where_the_words_do_not() -> None:
    assert language.of("OK 😂", "fi", language.READ) == "fi"


def test_what_the_network_says_does_not_win_against_the_words() -> None:
    assert language.of(POSTS["fi"], "en", language.READ) == "fi"


def test_both_ways_of_writing_norwegian_are_norwegian() -> None:
    assert language.of("😂", "nb-NO", language.READ) == "no"
