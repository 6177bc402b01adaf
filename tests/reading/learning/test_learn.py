"""A workspace's own head: learnt from corrections, tried on every fifth, looked at, kept as bytes."""

from collections.abc import Sequence

import numpy as np
import pytest

from gensvar.reading.judge import grams, words
from gensvar.reading.learning import telling
from gensvar.reading.learning.example import Example, logits
from gensvar.reading.learning.head import Head, UnreadableHead, learn, pack, unpack
from gensvar.reading.learning.trying import ENOUGH, Figures, attempt, is_kept_for_trial, macro_f1

ANSWERS = ("complaint", "other")
SURE_OF_OTHER = {"complaint": 0.2, "other": 0.8}


def forms(text: str) -> list[str]:
    return [word.form for word in words.cut(text)]


def post(text: str, answer: str = "", said: dict[str, float] | None = None) -> Example:
    before = logits(SURE_OF_OTHER if said is None else said, ANSWERS)
    return Example(grams.of_words(forms(text)), before, ANSWERS.index(answer) if answer else -1)


COMPLAINTS = [f"the parcel number {n} is soaked again" for n in range(40)]
OTHERS = [f"walking past shop number {n} in the sun" for n in range(40)]


def corrections() -> list[Example]:
    pairs = zip(COMPLAINTS, OTHERS, strict=True)
    return [each for one, two in pairs for each in (post(one, "complaint"), post(two, "other"))]


def numbered(examples: Sequence[Example]) -> list[tuple[int, Example]]:
    return list(enumerate(examples, start=1))


def test_it_learns_words_that_the_shipped_model_read_wrongly() -> None:
    head = learn(corrections(), ANSWERS)
    assert head.scores(post("my parcel is soaked"))["complaint"] > 0.5
    assert head.scores(post("in the sun by the shop"))["complaint"] < 0.5


def test_what_it_never_met_is_left_to_the_shipped_model() -> None:
    head = learn(corrections(), ANSWERS)
    unknown = "zzyx qwqw"
    sure = head.scores(post(unknown, said={"complaint": 0.99, "other": 0.01}))
    unsure = head.scores(post(unknown, said={"complaint": 0.01, "other": 0.99}))
    assert sure["complaint"] > 0.5 > unsure["complaint"]


def test_a_single_correction_changes_little() -> None:
    head = learn([post("soaked", "complaint"), post("sun", "other")], ANSWERS)
    assert head.scores(post("hello there"))["other"] > 0.5


def test_the_same_corrections_give_the_same_head() -> None:
    assert pack(learn(corrections(), ANSWERS)) == pack(learn(corrections(), ANSWERS))


def test_probabilities_sum_to_one() -> None:
    given = learn(corrections(), ANSWERS).scores(post("soaked"))
    assert sum(given.values()) == pytest.approx(1, abs=1e-5)


def test_every_fifth_is_never_learnt_from() -> None:
    came = numbered(corrections())
    first = attempt(came, ANSWERS)
    changed = [
        (number, each._replace(answer=1 - each.answer) if is_kept_for_trial(number) else each)
        for number, each in came
    ]
    second = attempt(changed, ANSWERS)
    assert first is not None
    assert second is not None
    assert pack(first[0]) == pack(second[0])
    assert (first[1].learnt, first[1].tried) == (64, 16)
    assert second[1].with_it == 16 - first[1].with_it


def test_one_that_is_taken_back_changes_no_other_side() -> None:
    came = numbered(corrections())
    found = attempt([each for each in came if each[0] != 3], ANSWERS)
    assert found is not None
    assert (found[1].learnt, found[1].tried) == (63, 16)


def test_it_is_better_when_more_trials_are_right() -> None:
    found = attempt(numbered(corrections()), ANSWERS)
    assert found is not None
    assert found[1].is_better
    assert found[1].with_it > found[1].without


@pytest.mark.parametrize(
    ("tried", "with_it", "without", "is_better"),
    [(ENOUGH, 8, 7, True), (ENOUGH, 8, 8, False), (ENOUGH - 1, 9, 0, False), (50, 30, 31, False)],
)
def test_it_is_used_only_from_ten_trials_on_and_when_it_is_right_more_often(
    tried: int, with_it: int, without: int, is_better: bool
) -> None:
    assert Figures(100, tried, 0, 0, with_it / tried, without / tried).is_better is is_better


@pytest.mark.parametrize(
    ("right", "said", "f1"),
    [
        ([0, 1], [0, 1], 1.0),
        ([0, 0, 0, 1], [0, 0, 0, 0], (6 / 7 + 0) / 2),
        ([0, 0, 0, 1], [0, 0, 1, 1], (4 / 5 + 2 / 3) / 2),
        ([0, 0], [0, 2], 2 / 3),
        ([0, 1], [1, 0], 0.0),
        ([], [], 0.0),
    ],
)
def test_every_answer_counts_alike_however_rare_it_is(right: list[int], said: list[int], f1: float) -> None:
    assert macro_f1(right, said) == pytest.approx(f1)


def test_a_head_that_finds_the_rare_ones_is_better_though_it_errs_more_often_in_sum() -> None:
    right = [0] * 18 + [1, 1]
    never, sometimes = [0] * 20, [0] * 15 + [1, 1, 1] + [1, 1]
    assert sum(map(int.__eq__, right, never)) > sum(map(int.__eq__, right, sometimes))
    assert macro_f1(right, sometimes) > macro_f1(right, never)


def test_one_answer_alone_teaches_nothing() -> None:
    assert attempt(numbered([post(text, "complaint") for text in COMPLAINTS]), ANSWERS) is None
    assert attempt([], ANSWERS) is None


def test_it_names_the_words_it_learnt() -> None:
    head = learn(corrections(), ANSWERS)
    told = telling.words(head, [forms(text) for text in COMPLAINTS + OTHERS])
    assert "soaked" in [word for word, _ in told["complaint"]]
    assert "sun" in [word for word, _ in told["other"]]
    assert not {word for word, _ in told["complaint"]} & {word for word, _ in told["other"]}


def test_bytes_bring_it_back() -> None:
    head = learn(corrections(), ANSWERS)
    again = unpack(pack(head))
    assert again.answers == head.answers
    assert np.allclose(again.logits(post("soaked")), head.logits(post("soaked")), atol=0.01)


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04", b"no head"])
def test_bytes_of_something_else_are_refused(broken: bytes) -> None:
    with pytest.raises(UnreadableHead):
        unpack(broken)


def test_a_post_without_words_is_answered_by_what_was_said_before() -> None:
    head: Head = learn(corrections(), ANSWERS)
    nothing = Example(np.zeros(0, np.int32), logits(SURE_OF_OTHER, ANSWERS))
    assert head.scores(nothing)["other"] > 0.5
