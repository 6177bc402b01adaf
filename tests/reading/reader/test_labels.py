"""What the labels of somebody else's classifier mean here."""

import pytest

from gensvar.reading.reader import labels

KNOWN = ("LABEL_0", "LABEL_1", "a=b")


def test_lines_are_read_as_people_write_them() -> None:
    meaning = labels.read("\n LABEL_0=Sentiment:Negative,kind: complaint\n\na=b = abuse: none", KNOWN)
    assert meaning == {
        "LABEL_0": (("sentiment", "negative"), ("kind", "complaint")),
        "a=b": (("abuse", "none"),),
    }
    assert labels.heads(meaning) == {"sentiment", "kind", "abuse"}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("LABEL_0", "Line 1 has no ="),
        ("\nLABEL_7 = kind: praise", "Line 2: the model has no label “LABEL_7”. It has: LABEL_0"),
        ("LABEL_0 = kind: angry", "“kind: angry” is no answer"),
        ("LABEL_0 = kind: praise,", "“” is no answer"),
        ("LABEL_0 = kind: praise\nLABEL_0 = kind: other", "Line 2: “LABEL_0” stands twice"),
    ],
)
def test_a_slip_is_named_with_its_line(lines: str, why: str) -> None:
    with pytest.raises(labels.BadLabels) as slip:
        labels.read(lines, KNOWN)
    assert why in slip.value.why


def said(scores: dict[str, float], lines: str, head: str, *, many: bool = False) -> tuple[str, float] | None:
    found = labels.answers(scores, labels.read(lines, tuple(scores)), (head,), many=many)
    return (found[0].choice, found[0].sure) if found else None


def test_labels_with_one_meaning_count_together() -> None:
    lines = "one = sentiment: negative\ntwo = sentiment: negative\nfive = sentiment: positive"
    assert said({"one": 0.35, "two": 0.25, "five": 0.4}, lines, "sentiment") == ("negative", 0.6)


def test_a_label_that_means_nothing_here_leaves_the_question_open() -> None:
    assert said({"spam": 0.7, "neg": 0.3}, "neg = sentiment: negative", "sentiment") is None
    assert said({"spam": 0.3, "neg": 0.7}, "spam = abuse: spam", "kind") is None


@pytest.mark.parametrize("many", [True, False])
def test_what_is_not_said_to_be_abusive_is_not(many: bool) -> None:
    lines = "toxic = abuse: insult"
    assert said({"toxic": 0.1, "fine": 0.9}, lines, "abuse", many=many) == ("none", 0.9)
    assert said({"toxic": 0.8, "fine": 0.2}, lines, "abuse", many=many) == ("insult", 0.8)
