"""The query language of watches: from text to a tree, with errors that point at the column and say the mend.

    query := all ("OR" all)*          all := item (["AND"] item)*          item := ["NOT" | "-"] near
    near  := one ("NEAR/5" one)*      one := term | "(" query ")"
    term  := word | =Word | word* | "two words" | #tag | @handle | url:domain | from:@handle | lang:fi

`NOT x` excludes from the whole group it stands in, wherever it stands.
"""

import re

from gensvar.reading.term import QUOTES, read_term
from gensvar.reading.tree import BadQuery, Group, Item, Near, Term, literals

__all__ = ["BadQuery", "Group", "Near", "Term", "literals", "parse"]

DEEPEST = 40
"""Parentheses within parentheses; deeper ones are nobody's meaning."""
FARTHEST = 100
"""Words that NEAR may span."""

_TOKEN = re.compile(r'\s*(-(?=["(])|[()]|"[^"]*"?|[^\s()"]+)')
"""A minus before a group or a phrase, a parenthesis, a phrase, a word."""
_QUOTES = dict.fromkeys(map(ord, QUOTES), '"')
_NEAR = re.compile(r"(?i)near(?:/(\d*))?")
_JOINS = {"AND", "OR"}


def parse(query: str) -> Group:
    """The tree of `query`; BadQuery when it cannot be read or would find everything."""
    reader = _Reader(query.translate(_QUOTES))
    group = reader.group(1)
    if reader.peek():
        raise BadQuery("this ')' closes nothing; take it away or open a '(' before it.", reader.column())
    return group


class _Reader:
    def __init__(self, query: str) -> None:
        self.tokens = [(match[1], match.start(1) + 1) for match in _TOKEN.finditer(query)]
        self.tokens.append(("", len(query) + 1))
        self.place, self.depth = 0, 0

    def peek(self) -> str:
        return self.tokens[self.place][0]

    def column(self) -> int:
        return self.tokens[self.place][1]

    def group(self, opened_at: int) -> Group:
        """One query, up to its end or the `)` that closes it."""
        ways: list[tuple[Item, ...]] = []
        without: list[Item] = []
        present: list[Item] = []
        while (token := self.peek()) and token != ")":
            if token.upper() in _JOINS:
                self._join(token.upper(), bool(present or without))
                if token.upper() == "OR" and present:
                    ways.append(tuple(present))
                    present = []
            elif self._negated(token):
                without.append(self._near())
            else:
                present.append(self._near())
        if present:
            ways.append(tuple(present))
        _need(ways, "this finds nothing; write at least one word to look for.", opened_at)
        return Group(tuple(ways), tuple(without))

    def _join(self, join: str, after_something: bool) -> None:
        _need(
            after_something, f"{join} stands between two things; write what comes before it.", self.column()
        )
        self.place += 1
        following = self.peek().upper()
        _need(
            following and following != ")" and following not in _JOINS,
            f"{join} stands between two things; write what comes after it.",
            self.column(),
        )

    def _negated(self, token: str) -> bool:
        if token != "-" and token.upper() != "NOT":
            return token.startswith("-") and len(token) > 1
        self.place += 1
        following = self.peek().upper()
        _need(
            following and following != ")" and following not in {*_JOINS, "NOT"},
            "NOT needs something after it to leave out.",
            self.column(),
        )
        return True

    def _near(self) -> Item:
        item = self._one()
        while near := _NEAR.fullmatch(self.peek()):
            column, words = self.column(), int((near[1] or "0")[:6])
            _need(
                1 <= words <= FARTHEST, f"NEAR needs a number from 1 to {FARTHEST}, such as NEAR/5.", column
            )
            self.place += 1
            _need(
                self.peek() not in {"", ")"} and self.peek().upper() not in {*_JOINS, "NOT"},
                "NEAR stands between two things; write what comes after it.",
                self.column(),
            )
            right_at = self.column()
            right = self._one()
            for side, at in ((item, column), (right, right_at)):
                _need(_has_places(side), "NEAR needs words, #tags or @handles on both sides.", at)
            item = Near(item, right, words)
        return item

    def _one(self) -> Item:
        token, column = self.peek(), self.column()
        _need(
            not _NEAR.fullmatch(token), "NEAR stands between two things; write what comes before it.", column
        )
        self.place += 1
        if token == "(":
            return self._parentheses(column)
        minus = token.startswith("-") and len(token) > 1
        return read_term(token[1:] if minus else token, column)

    def _parentheses(self, column: int) -> Group:
        self.depth += 1
        _need(
            self.depth <= DEEPEST, f"more than {DEEPEST} parentheses stand in each other; use fewer.", column
        )
        group = self.group(column)
        _need(self.peek() == ")", "this '(' is not closed; add a ')'.", column)
        self.place += 1
        self.depth -= 1
        return group


def _has_places(item: Item) -> bool:
    """Whether all that it finds stands in the text, so that words between can be counted."""
    if isinstance(item, Term):
        return item.how not in {"url", "from", "lang"}
    if isinstance(item, Near):
        return True
    return all(_has_places(part) for way in item.ways for part in way)


def _need(truth: object, why: str, column: int) -> None:
    if not truth:
        raise BadQuery(why, column)
