"""What of a chat completion's body counts as an answer: exactly the schema, or nothing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gensvar.kernel.sentence import Sentence, gettext_noop
from gensvar.reading.reader.answer import Answers, answer

UNREADABLE = gettext_noop("The answer is no JSON.")
NO_COMPLETION = gettext_noop("The answer is no chat completion.")
TOOLS = gettext_noop("The reader wanted to call a tool, which it was not offered.")
REFUSED = gettext_noop("The reader refused to answer.")
CUT = gettext_noop("The answer was cut off before its end.")
WRONG = gettext_noop("The answer is not of the schema that was asked for.")


@dataclass(frozen=True, slots=True)
class Heard:
    """One body as it was understood. `answers` is None when it is no answer, and `why` says why."""

    answers: Answers | None
    why: Sentence = field(default_factory=lambda: Sentence(""))
    model: str = ""
    tokens_in: int | None = None
    tokens_out: int | None = None


def hear(body: bytes, heads: Sequence[str]) -> Heard:
    """Read a body that answers `heads`. It may hold more of its own; the answer within may hold nothing more."""
    try:
        told = _loaded(body.decode())
    except ValueError:
        return Heard(None, Sentence(UNREADABLE))
    if not isinstance(told, dict):
        return Heard(None, Sentence(NO_COMPLETION))
    answers, why = _answers(told.get("choices"), heads)
    usage = told.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    return Heard(
        answers,
        Sentence(why),
        _name(told.get("model")),
        _count(usage.get("prompt_tokens")),
        _count(usage.get("completion_tokens")),
    )


def _answers(choices: object, heads: Sequence[str]) -> tuple[Answers | None, str]:
    if not (isinstance(choices, list) and len(choices) == 1 and isinstance(choices[0], dict)):
        return None, NO_COMPLETION
    message = choices[0].get("message")
    if not isinstance(message, dict):
        return None, NO_COMPLETION
    if message.get("tool_calls") or message.get("function_call"):
        return None, TOOLS
    if message.get("refusal") or choices[0].get("finish_reason") == "content_filter":
        return None, REFUSED
    if choices[0].get("finish_reason") != "stop":
        return None, CUT if choices[0].get("finish_reason") == "length" else NO_COMPLETION
    content = message.get("content")
    answers = _read(content, heads) if isinstance(content, str) else None
    return answers, "" if answers else WRONG


def _read(content: str, heads: Sequence[str]) -> Answers | None:
    """The answers in `content`; None unless it is exactly what the schema says."""
    try:
        told = _loaded(content)
        if not isinstance(told, dict) or set(told) != set(heads):
            return None
        return tuple(answer(head, *_question(told[head])) for head in heads)
    except ValueError:
        return None


def _question(told: object) -> tuple[str, float]:
    if not isinstance(told, dict) or set(told) != {"answer", "sure"}:
        raise ValueError("not a question's answer")
    choice, sure = told["answer"], told["sure"]
    if not isinstance(choice, str) or isinstance(sure, bool) or not isinstance(sure, int | float):
        raise ValueError("not a word and a number")
    if not 0 <= sure <= 1:  # NaN is not either
        raise ValueError("not a probability")
    return choice, float(sure)


def _loaded(text: str) -> Any:
    """Strict JSON: no NaN, no name twice, no depth that ends the stack; ValueError for all of them."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_none)
    except RecursionError:
        raise ValueError("too deep") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _value in pairs}) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _none(constant: str) -> float:
    raise ValueError(f"{constant} is not JSON")


def _name(told: object) -> str:
    return "".join(letter for letter in told if letter.isprintable())[:100] if isinstance(told, str) else ""


def _count(told: object) -> int | None:
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 <= told < 10**9 else None
