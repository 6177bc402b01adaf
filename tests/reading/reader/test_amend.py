"""A verdict with a reader's answers: only the named heads change, only as far as allowed, and doubt grows."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gensvar.reading.judge.verdict import Reason, Verdict
from gensvar.reading.reader.amend import amended
from gensvar.reading.reader.answer import CHOICES, Answer, answer, from_json, in_order, to_json

SHIPPED = Verdict(
    language="sv",
    kind="complaint",
    sentiment="negative",
    abuse="insult",
    target="staff",
    urgency="normal",
    kinds={"complaint": 0.6, "question": 0.2, "praise": 0.05, "other": 0.15},
    sentiments={"negative": 0.9, "neutral": 0.08, "positive": 0.02},
    abusive=0.7,
    grounds={"insult": 0.8, "hate": 0.1, "threat": 0.05, "obscene": 0.03, "spam": 0.02},
    urgencies={"low": 0.2, "normal": 0.7, "high": 0.1},
    unsure=frozenset({"kind", "target"}),
    reasons=(Reason(0, 4, "lost", "kind", 2.0), Reason(5, 9, "fool", "abuse", 1.0)),
)
PARTS = {
    "kind": {"kind", "kinds", "unsure", "reasons"},
    "sentiment": {"sentiment", "sentiments", "unsure", "reasons"},
    "abuse": {"abuse", "abusive", "grounds", "target", "unsure", "reasons"},
    "urgency": {"urgency", "urgencies", "unsure", "reasons"},
}
"""What each head may change."""

answers = some.sampled_from(
    [(head, choice) for head, choices in CHOICES.items() for choice in choices]
).flatmap(lambda pair: some.floats(0, 1).map(lambda sure: answer(*pair, sure)))


@given(answers)
def test_an_answer_changes_its_own_head_and_nothing_else(said: Answer) -> None:
    after = amended(SHIPPED, (said,))
    changed = {name for name in Verdict.__struct_fields__ if getattr(after, name) != getattr(SHIPPED, name)}
    assert changed <= PARTS[said.head]


@given(answers)
def test_probabilities_still_sum_to_one_and_the_answer_is_the_likeliest(said: Answer) -> None:
    after = amended(SHIPPED, (said,))
    for scores in (after.kinds, after.sentiments, after.urgencies, after.grounds):
        assert not scores or sum(scores.values()) == pytest.approx(1)
    likeliest = {
        "kind": max(after.kinds, key=lambda each: after.kinds[each]),
        "sentiment": max(after.sentiments, key=lambda each: after.sentiments[each]),
        "urgency": max(after.urgencies, key=lambda each: after.urgencies[each]),
        "abuse": "none" if after.abusive < 0.5 else max(after.grounds, key=lambda each: after.grounds[each]),
    }
    assert likeliest[said.head] == said.choice


def test_where_they_disagree_a_person_looks_first() -> None:
    after = amended(SHIPPED, (answer("kind", "praise", 1), answer("sentiment", "positive", 1)))
    assert (after.kind, after.sentiment) == ("praise", "positive")
    assert {"kind", "sentiment"} <= after.unsure
    assert [each.head for each in after.reasons] == ["abuse"]


def test_where_they_agree_doubt_ends_and_the_reasons_stay() -> None:
    after = amended(SHIPPED, (answer("kind", "complaint", 0.9),))
    assert "kind" not in after.unsure
    assert after.reasons == SHIPPED.reasons
    assert after.kinds["complaint"] == 0.9


def test_a_reader_that_is_not_sure_ends_no_doubt() -> None:
    assert "kind" in amended(SHIPPED, (answer("kind", "complaint", 0.6),)).unsure


def test_no_post_can_talk_a_label_into_being_acted_upon_that_the_shipped_model_did_not_give() -> None:
    for head, choices in CHOICES.items():
        for choice in choices:
            after = amended(SHIPPED, (answer(head, choice, 1),))
            same = {
                "kind": after.kind == SHIPPED.kind,
                "sentiment": after.sentiment == SHIPPED.sentiment,
                "abuse": after.abuse == SHIPPED.abuse,
                "urgency": after.urgency == SHIPPED.urgency,
            }
            assert same[head] or head in after.unsure


def test_abuse_goes_with_its_ground_and_target_and_comes_without_them() -> None:
    clean = amended(SHIPPED, (answer("abuse", "none", 0.9),))
    assert (clean.abuse, clean.target, clean.grounds, clean.abusive) == (None, None, {}, 0.49)
    rude = amended(clean, (answer("abuse", "threat", 0.9),))
    assert (rude.abuse, rude.target, rude.abusive) == ("threat", "nobody", 0.51)
    assert rude.grounds["threat"] == 0.51
    assert "abuse" in rude.unsure
    graver = amended(SHIPPED, (answer("abuse", "hate", 0.9),))
    assert (graver.abuse, graver.target, graver.abusive) == ("hate", "staff", 0.9)
    assert "abuse" in graver.unsure


@given(answers)
def test_of_two_that_disagree_neither_is_believed(said: Answer) -> None:
    after = amended(SHIPPED, (said,))
    before, now = {
        "kind": (SHIPPED.kind, after.kinds.get(said.choice)),
        "sentiment": (SHIPPED.sentiment, after.sentiments.get(said.choice)),
        "urgency": (SHIPPED.urgency, after.urgencies.get(said.choice)),
        "abuse": (SHIPPED.abuse, after.grounds.get(said.choice, 1 - after.abusive)),
    }[said.head]
    assert before == said.choice or now == pytest.approx(0.51)


def test_a_weak_yes_takes_nothing_from_a_strong_one() -> None:
    assert amended(SHIPPED, (answer("sentiment", "negative", 0.6),)).sentiments["negative"] == 0.9


def test_no_answer_changes_nothing() -> None:
    assert amended(SHIPPED, ()) is SHIPPED


@pytest.mark.parametrize(("head", "choice"), [("kind", "abuse"), ("target", "staff"), ("", ""), ("kind", "")])
def test_what_is_no_choice_cannot_even_be_said(head: str, choice: str) -> None:
    with pytest.raises(ValueError, match="no answer"):
        answer(head, choice, 1)


def test_what_is_kept_comes_back_as_it_was() -> None:
    said = (answer("kind", "praise", 0.8), answer("abuse", "none", 1))
    assert from_json(to_json(said)) == said


def test_heads_are_asked_in_one_order_and_once() -> None:
    assert in_order(["urgency", "kind", "kind", "target"]) == ("kind", "urgency")
