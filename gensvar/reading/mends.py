"""A query that cannot be read, put right where there is only one sensible way to do so."""

import re

from gensvar.reading.query import parse
from gensvar.reading.term import QUOTES
from gensvar.reading.tree import BadQuery

MOST = 20
"""Slips in one query that are put right together."""
_JOIN = re.compile(r"(?i)(?:AND|OR|NEAR(?:/\d*)?)(?![^\s()\"])\s*")
_TOKEN = re.compile(r'"[^"]*"?|[()]|[^\s()"]+')


def mend(query: str) -> str | None:
    """`query` as it was probably meant; None when it can be read already, or nobody could tell."""
    mended = query.translate({ord(mark): '"' for mark in QUOTES})
    for _ in range(MOST):
        try:
            parse(mended)
        except BadQuery as error:
            better = _step(mended, error.column - 1)
            if better is None or better == mended:
                return None
            mended = better
        else:
            return mended if mended != query else None
    return None


def _step(query: str, place: int) -> str | None:
    """One slip put right, the one at `place`."""
    if place >= len(query):
        return re.sub(r"(?i)(?:^|\s+)(?:AND|OR|NOT|NEAR(?:/\d*)?)\s*$", "", query) or None
    before, rest = query[:place], query[place:]
    if join := _JOIN.match(rest):
        return (before + rest[join.end() :]).strip() or None
    token = _TOKEN.match(rest)
    if token is None:
        return None
    return _token(before, token.group(), rest[token.end() :])


def _token(before: str, token: str, after: str) -> str | None:
    if token == ")":
        return _without(before, after)
    if token == "(":
        return (
            _without(before, after.removeprefix(")"))
            if after[:1] in ("", ")")
            else before + token + after + ")"
        )
    if token.startswith('"'):
        return before + token + '"' if not token.endswith('"') or len(token) == 1 else None
    if token[-1] in ",;":
        return _comma(before, token.rstrip(",;"), after)
    if token.startswith("=") and token.endswith("*"):
        return before + token[:-1] + after
    if "*" in token[:-1]:
        return before + token.replace("*", "") + after
    return None


def _comma(before: str, word: str, after: str) -> str:
    has_more = after.strip() and not re.match(r"(?i)\s*(?:\)|(?:AND|OR|NOT)\b)", after)
    return f"{before}{word} OR{after}" if word and has_more else _without(before + word, after)


def _without(before: str, after: str) -> str:
    return (before.rstrip() + " " + after.lstrip()).strip()
