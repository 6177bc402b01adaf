"""What somebody on the pretend internet says when the company answers them; pure."""

from collections.abc import Sequence
from datetime import timedelta

from gensvar.demo import script
from gensvar.demo.script import Line

THINKS = timedelta(seconds=20)
"""How long people take to answer at the usual pace; it varies by post."""


def answer(line: Line, replies: Sequence[str]) -> str:
    """The answer of the author of `line` to the last of our `replies` in its thread, or "" for silence.

    A question whether they are happy brings the outcome; other replies bring their answers in turn.
    """
    words = script.words(line.language)
    if line.mood == "silent" or not replies:
        return ""
    if is_question_whether_happy(line, replies[-1]) and len(replies) > 1:
        return line.outcome or _pick(words.outcomes.get(line.mood, ()), line.id)
    number = sum(not is_question_whether_happy(line, each) for each in replies)
    if number <= len(line.answers):
        return line.answers[number - 1]
    general = words.answers.get(line.mood, ())
    return _pick(general, f"{line.id}{number}") if number <= 2 else ""


def is_question_whether_happy(line: Line, reply: str) -> bool:
    """Does `reply` ask whether the customer is happy now?"""
    said = reply.casefold()
    return "?" in said and any(word in said for word in script.words(line.language).asks_whether_happy)


def thinks(line: Line, pace: float) -> timedelta:
    """How long the author of `line` takes to answer."""
    return THINKS * (0.6 + _number(line.id) % 10 / 10) * (pace / script.PACE)


def _pick(said: Sequence[str], by: str) -> str:
    return said[_number(by) % len(said)] if said else ""


def _number(text: str) -> int:
    """The same number for the same text in every process (`hash` is not)."""
    return sum((place + 1) * ord(letter) for place, letter in enumerate(text))
