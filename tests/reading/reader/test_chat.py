"""What of an answer counts: exactly the schema, or nothing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gensvar.reading.reader import chat
from gensvar.reading.reader.answer import Answer

GOOD = {"kind": {"answer": "complaint", "sure": 0.8}, "abuse": {"answer": "none", "sure": 1}}
HEADS = ("kind", "abuse")


def body(content: Any, **more: Any) -> bytes:
    text = content if content is None or isinstance(content, str) else json.dumps(content)
    choice = {"message": {"content": text, **more.pop("message", {})}, "finish_reason": "stop", **more}
    return json.dumps({"choices": [choice], "model": "m\x07", "usage": {"prompt_tokens": 7}}).encode()


def test_a_good_answer_counts_within_bounds() -> None:
    heard = chat.hear(body(GOOD), HEADS)
    assert heard.answers == (Answer("kind", "complaint", 0.8), Answer("abuse", "none", 0.97))
    assert (heard.why, heard.model, heard.tokens_in, heard.tokens_out) == ("", "m", 7, None)


def test_a_weak_answer_is_still_the_likeliest() -> None:
    heard = chat.hear(body({"kind": {"answer": "praise", "sure": 0.2}}), ("kind",))
    assert heard.answers == (Answer("kind", "praise", 0.51),)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "null",
        "complaint",
        "```json\n" + json.dumps(GOOD) + "\n```",
        json.dumps(GOOD) + " Done.",
        [GOOD],
        {},
        {"kind": GOOD["kind"]},
        {**GOOD, "close": True},
        {**GOOD, "kind": "complaint"},
        {**GOOD, "kind": {"answer": "complaint"}},
        {**GOOD, "kind": {"answer": "complaint", "sure": 1, "hide": True}},
        {**GOOD, "kind": {"answer": "abuse", "sure": 1}},
        {**GOOD, "kind": {"answer": ["complaint"], "sure": 1}},
        {**GOOD, "kind": {"answer": "complaint", "sure": "1"}},
        {**GOOD, "kind": {"answer": "complaint", "sure": True}},
        {**GOOD, "kind": {"answer": "complaint", "sure": None}},
        {**GOOD, "kind": {"answer": "complaint", "sure": 1.01}},
        {**GOOD, "kind": {"answer": "complaint", "sure": -0.01}},
        {**GOOD, "kind": {"answer": "complaint", "sure": float("nan")}},
        {**GOOD, "kind": {"answer": "complaint", "sure": 10**400}},
        json.dumps(GOOD)[:-1] + ', "kind": {"answer": "praise", "sure": 1}}',
        "[" * 50_000,
        None,
    ],
)
def test_anything_else_is_no_answer(content: Any) -> None:
    heard = chat.hear(body(content), HEADS)
    assert heard.answers is None
    assert heard.why == chat.WRONG


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"message": {"tool_calls": [{"id": "1"}]}}, chat.TOOLS),
        ({"message": {"function_call": {"name": "x"}}}, chat.TOOLS),
        ({"message": {"refusal": "no"}}, chat.REFUSED),
        ({"finish_reason": "content_filter"}, chat.REFUSED),
        ({"finish_reason": "length"}, chat.CUT),
        ({"finish_reason": "tool_calls"}, chat.NO_COMPLETION),
        ({"finish_reason": None}, chat.NO_COMPLETION),
    ],
)
def test_a_good_text_within_another_act_is_no_answer(more: dict[str, Any], why: str) -> None:
    heard = chat.hear(body(GOOD, **more), HEADS)
    assert (heard.answers, heard.why) == (None, why)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", chat.UNREADABLE),
        (b"\xff\xfe", chat.UNREADABLE),
        (b"[" * 100_000, chat.UNREADABLE),
        (b"[]", chat.NO_COMPLETION),
        (b"{}", chat.NO_COMPLETION),
        (b'{"choices": []}', chat.NO_COMPLETION),
        (b'{"choices": [7]}', chat.NO_COMPLETION),
        (b'{"choices": [{"message": "x"}]}', chat.NO_COMPLETION),
        (b'{"choices": [], "choices": []}', chat.UNREADABLE),
        (b'{"usage": NaN}', chat.UNREADABLE),
    ],
)
def test_a_body_that_is_no_completion_is_no_answer(raw: bytes, why: str) -> None:
    heard = chat.hear(raw, HEADS)
    assert (heard.answers, heard.why) == (None, why)


_values = some.recursive(
    some.none() | some.booleans() | some.floats() | some.sampled_from(["complaint", "none", "x"]),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.sampled_from(["kind", "abuse", "answer", "sure", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_values)
def test_no_content_at_all_breaks_it_or_gets_more_through_than_choices(value: Any) -> None:
    heard = chat.hear(body(value), HEADS)
    assert heard.answers is None or {each.head for each in heard.answers} == set(HEADS)


@given(some.binary(max_size=200))
def test_no_bytes_at_all_break_it(raw: bytes) -> None:
    assert chat.hear(raw, HEADS).answers is None
