"""The script of the pretend internet: a hundred posts worth reading."""

import re
from collections import Counter
from datetime import timedelta
from itertools import combinations

import pytest

from gensvar.demo import script
from gensvar.demo.connector import LIMIT

LINES = script.lines()


def test_there_are_a_hundred_posts_in_five_languages() -> None:
    count = Counter(line.language for line in LINES)
    assert sum(count.values()) >= 100
    assert set(count) == set(script.LANGUAGES)
    assert min(count.values()) >= 12


def test_about_sixty_are_older_and_some_are_late_already() -> None:
    ages = [line.ago for line in LINES if line.ago is not None]
    assert 55 <= len(ages) <= 70
    assert sum(age > timedelta(minutes=60) for age in ages) >= 15
    assert sum(age < timedelta(minutes=60) for age in ages) >= 25


def test_about_three_in_a_hundred_tag_the_company() -> None:
    assert 2 <= sum(line.is_tagged for line in LINES) <= 4


def test_no_two_posts_share_most_of_their_words() -> None:
    words = {line.id: set(re.findall(r"\w+", line.text.casefold())) for line in LINES}
    for one, other in combinations(words, 2):
        shared = len(words[one] & words[other]) / min(len(words[one]), len(words[other]))
        assert shared <= 0.5, (one, other)


def test_nothing_written_here_is_said_twice() -> None:
    said = [text for line in LINES for text in (line.text, *line.answers, line.outcome, line.edit) if text]
    assert [text for text, times in Counter(said).items() if times > 1] == []


def test_every_post_fits_and_belongs_to_somebody() -> None:
    for line in LINES:
        for text in (line.text, line.edit, line.outcome, *line.answers):
            assert len(text) <= LIMIT, line.id
        assert line.person.place == script.PLACES[line.language]
    assert len({line.id for line in LINES}) == len(LINES)


def test_handles_are_one_persons_each() -> None:
    handles = [person.handle for language in script.LANGUAGES for person in script.people(language).values()]
    assert len(set(handles)) == len(handles)
    assert script.US not in handles


def test_an_answer_comes_after_what_it_answers() -> None:
    place = {line.id: number for number, line in enumerate(LINES)}
    answers = [line for line in LINES if line.reply_to]
    assert len(answers) >= 5
    for line in answers:
        assert place[line.reply_to] < place[line.id]


@pytest.mark.parametrize("language", script.LANGUAGES)
def test_every_mood_has_words_in_every_language(language: str) -> None:
    words = script.words(language)
    for mood in {line.mood for line in LINES} - {"silent"} | {"chatter"}:
        assert words.answers[mood], mood
        assert words.outcomes[mood], mood


@pytest.mark.parametrize("language", script.LANGUAGES)
def test_every_language_has_praise_questions_a_troll_and_something_else_by_a_like_name(language: str) -> None:
    lines = [line for line in LINES if line.language == language]
    moods = Counter(line.mood for line in lines)
    assert moods["complaint"] >= 5
    assert min(moods[mood] for mood in ("praise", "question", "troll")) >= 1
    assert any(not re.search(r"(?i)\bnordposts?(in)?\b", line.text) and not line.reply_to for line in lines)


def test_there_are_edits_deletions_and_threats() -> None:
    assert sum(bool(line.edit) for line in LINES) >= 3
    assert sum(line.deleted_after is not None for line in LINES) >= 3
    assert {"sv-11", "de-11"} <= {line.id for line in LINES if line.mood == "silent"}
