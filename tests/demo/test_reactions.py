"""What people answer when they are answered."""

import pytest

from gensvar.demo import reactions, script

MARIA = script.by_id()["sv-maria"]


def test_the_first_reply_brings_the_first_answer_and_the_second_the_second() -> None:
    assert reactions.answer(MARIA, ["Vi beklagar."]) == MARIA.answers[0]
    assert reactions.answer(MARIA, ["Vi beklagar.", "Skriv till oss här."]) == MARIA.answers[1]


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("sv-maria", "Hej Maria, är du nöjd nu?"),
        ("fi-jukka", "Hei Jukka, oletko nyt tyytyväinen?"),
        ("nl-sanne", "Dag Sanne, ben je nu tevreden?"),
        ("de-katrin", "Guten Tag, sind Sie jetzt zufrieden?"),
        ("en-priya", "Hello Priya, are you happy now?"),
    ],
)
def test_the_question_whether_they_are_happy_brings_the_outcome(line: str, question: str) -> None:
    said = script.by_id()[line]
    assert reactions.answer(said, ["…", "…", question]) == said.outcome


def test_the_question_is_no_way_to_begin() -> None:
    assert reactions.answer(MARIA, ["Är du nöjd nu?"]) != MARIA.outcome


def test_some_stay_unhappy() -> None:
    line = next(line for line in script.lines() if line.mood == "unhappy" and line.language == "nl")
    assert reactions.answer(line, ["…", "Bent u nu tevreden?"]).startswith("Nee")


def test_a_threat_is_never_answered() -> None:
    assert reactions.answer(script.by_id()["sv-11"], ["Hej"]) == ""


def test_a_troll_answers_twice_and_then_has_had_its_fun() -> None:
    troll = next(line for line in script.lines() if line.mood == "troll")
    assert reactions.answer(troll, ["a"])
    assert reactions.answer(troll, ["a", "b", "c"]) == ""


def test_people_take_their_time_in_proportion_to_the_pace() -> None:
    assert 10 <= reactions.thinks(MARIA, script.PACE).total_seconds() <= 35
    assert reactions.thinks(MARIA, script.PACE / 8) * 8 == reactions.thinks(MARIA, script.PACE)
