"""The query language of watches: from text to a tree, with errors that point at the column and say the mend.

    query := all ("OR" all)*          all := item (["AND"] item)*          item := ["NOT" | "-"] near
    near  := one ("NEAR/5" one)*      one := term | "(" query ")"
    term  := word | =Word | word* | "two words" | #tag | @handle | url:domain | from:@handle | lang:fi

`NOT x` excludes from the whole group it stands in, wherever it stands.
"""

import re

from gensvar.kernel.sentence import Sentence, gettext_noop
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
_JOINS = frozenset(("AND", "OR"))
_NOTHING_TO_JOIN = _JOINS | {"", ")"}
_NO_ITEM = _NOTHING_TO_JOIN | {"NOT"}

CLOSES_NOTHING = gettext_noop("this ')' closes nothing; take it away or open a '(' before it.")
FINDS_NOTHING = gettext_noop("this finds nothing; write at least one word to look for.")
BEFORE = gettext_noop("%(join)s stands between two things; write what comes before it.")
AFTER = gettext_noop("%(join)s stands between two things; write what comes after it.")
NOT_WHAT = gettext_noop("NOT needs something after it to leave out.")
HOW_NEAR = gettext_noop("NEAR needs a number from 1 to %(most)s, such as NEAR/5.")
NO_PLACES = gettext_noop("NEAR needs words, #tags or @handles on both sides.")
TOO_DEEP = gettext_noop("more than %(most)s parentheses stand in each other; use fewer.")
NOT_CLOSED = gettext_noop("this '(' is not closed; add a ')'.")


def parse(query: str) -> Group:
    """The tree of `query`; BadQuery when it cannot be read or would find everything."""
    reader = _Reader(query if query.isascii() else query.translate(_QUOTES))
    group = reader.group(1)
    if reader.peek():
        raise BadQuery(Sentence(CLOSES_NOTHING), reader.column())
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
            if (join := token.upper()) in _JOINS:
                self._join(join, is_behind=bool(present or without))
                if join == "OR" and present:
                    ways.append(tuple(present))
                    present = []
            elif self._negated(token, join):
                without.append(self._near())
            else:
                present.append(self._near())
        if present:
            ways.append(tuple(present))
        if not ways:
            raise BadQuery(Sentence(FINDS_NOTHING), opened_at)
        return Group(tuple(ways), tuple(without))

    def _join(self, join: str, *, is_behind: bool) -> None:
        if not is_behind:
            raise BadQuery(Sentence(BEFORE, join=join), self.column())
        self.place += 1
        if self.peek().upper() in _NOTHING_TO_JOIN:
            raise BadQuery(Sentence(AFTER, join=join), self.column())

    def _negated(self, token: str, upper: str) -> bool:
        if token != "-" and upper != "NOT":
            return token[0] == "-" and len(token) > 1
        self.place += 1
        if self.peek().upper() in _NO_ITEM:
            raise BadQuery(Sentence(NOT_WHAT), self.column())
        return True

    def _near(self) -> Item:
        item = self._one()
        while near := _is_near(self.peek()):
            column, words = self.column(), int((near[1] or "0")[:6])
            if not 1 <= words <= FARTHEST:
                raise BadQuery(Sentence(HOW_NEAR, most=FARTHEST), column)
            self.place += 1
            if self.peek().upper() in _NO_ITEM:
                raise BadQuery(Sentence(AFTER, join="NEAR"), self.column())
            right_at = self.column()
            right = self._one()
            for side, at in ((item, column), (right, right_at)):
                if not _has_places(side):
                    raise BadQuery(Sentence(NO_PLACES), at)
            item = Near(item, right, words)
        return item

    def _one(self) -> Item:
        token, column = self.tokens[self.place]
        if _is_near(token):
            raise BadQuery(Sentence(BEFORE, join="NEAR"), column)
        self.place += 1
        if token == "(":
            return self._parentheses(column)
        return read_term(token[1:] if token[0] == "-" and len(token) > 1 else token, column)

    def _parentheses(self, column: int) -> Group:
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadQuery(Sentence(TOO_DEEP, most=DEEPEST), column)
        group = self.group(column)
        if self.peek() != ")":
            raise BadQuery(Sentence(NOT_CLOSED), column)
        self.place += 1
        self.depth -= 1
        return group


def _is_near(token: str) -> re.Match[str] | None:
    return _NEAR.fullmatch(token) if token[:1] in ("N", "n") else None


def _has_places(item: Item) -> bool:
    """Whether all that it finds stands in the text, so that words between can be counted."""
    if isinstance(item, Term):
        return item.how not in {"url", "from", "lang"}
    if isinstance(item, Near):
        return True
    return all(_has_places(part) for way in item.ways for part in way)
