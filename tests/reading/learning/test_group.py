"""Posts that speak of the same are found together and named by their words."""

from gensvar.reading.judge import words
from gensvar.reading.learning import groups, small

PARKING = [f"the parking lot at store {n} charged a parking fee again" for n in "abcdefgh"]
MUSIC = [
    f"loud music while holding, terrible music for {n} minutes" for n in ("ten", "nine", "six", "five", "two")
]
STRAY = ["my neighbour has a cat", "snow fell on the hills", "who won the match"]


def cut(texts: list[str]) -> list[list[str]]:
    return [[word.form for word in words.cut(text) if small.is_telling(word.form, "en")] for text in texts]


def test_what_speaks_of_the_same_is_one_group_named_by_its_words() -> None:
    found = groups.of(cut(PARKING + MUSIC + STRAY))
    assert [set(group.posts) for group in found] == [set(range(8)), set(range(8, 13))]
    assert "parking" in found[0].words
    assert "music" in found[1].words
    assert {"the", "at", "while"}.isdisjoint(word for group in found for word in group.words)


def test_posts_that_have_nothing_in_common_are_no_group() -> None:
    assert groups.of(cut(STRAY * 1)) == []
    assert groups.of(cut([f"alpha{n} beta{n} gamma{n}" for n in range(30)])) == []


def test_no_posts_no_groups() -> None:
    assert groups.of([]) == []
    assert groups.of([[], [], [], [], []]) == []


def test_the_same_posts_give_the_same_groups() -> None:
    assert groups.of(cut(PARKING + MUSIC)) == groups.of(cut(PARKING + MUSIC))
