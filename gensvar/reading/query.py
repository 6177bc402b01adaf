"""The query language of watches: from text to a tree, with errors that point at the column and say the mend.

    query := all ("OR" all)*          all := item (["AND"] item)*
    item  := ["NOT" | "-"] (word | =Word | word* | "phrase" | #tag | @handle | url:domain | "(" query ")")

`NOT x` excludes from the whole group it stands in, wherever it stands.
"""

import re
from dataclasses import dataclass


class BadQuery(ValueError):
    """The query cannot be read. `column` counts from 1."""

    def __init__(self, why: str, column: int) -> None:
        super().__init__(f"Column {column}: {why}")
        self.why, self.column = why, column


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for. `how`: word exact prefix phrase tag handle url; `text` is casefolded."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Matches when one of `ways` has all its items, and none of `without` matches."""

    ways: tuple[tuple["Term | Group", ...], ...]
    without: tuple["Term | Group", ...] = ()


_TOKEN = re.compile(
    r'\s*(?:(?P<open>\()|(?P<close>\))|(?P<minus>-)?(?P<phrase>"[^"]*"?)|(?P<word>[^\s()"]+))'
)
_LATER = re.compile(r"(?i)^(near/\d*|from:.*|lang:.*)$")


def parse(query: str) -> Group:
    """The tree of `query`; BadQuery when it cannot be read or would find everything."""
    reader = _Reader(query)
    group = reader.group(1)
    if reader.peek():
        raise BadQuery("this ')' closes nothing; take it away or open a '(' before it.", reader.column())
    return group


def literals(group: Group) -> set[str]:
    """Every text of which at least one must occur for the query to match (exclusions left out)."""
    found: set[str] = set()
    for way in group.ways:
        for item in way:
            found |= literals(item) if isinstance(item, Group) else {item.text}
    return found


class _Reader:
    def __init__(self, query: str) -> None:
        self.tokens = [match for match in _TOKEN.finditer(query) if match.group().strip()]
        self.place, self.end = 0, len(query) + 1

    def peek(self) -> str:
        return self.tokens[self.place].group().strip() if self.place < len(self.tokens) else ""

    def column(self) -> int:
        if self.place >= len(self.tokens):
            return self.end
        match = self.tokens[self.place]
        return match.start() + len(match.group()) - len(match.group().lstrip()) + 1

    def group(self, opened_at: int) -> Group:
        ways: list[tuple[Term | Group, ...]] = []
        without: list[Term | Group] = []
        present: list[Term | Group] = []
        negate = False
        while token := self.peek():
            if token == ")":
                break
            column, upper = self.column(), token.upper()
            if upper == "OR":
                self._need(
                    present or without, "OR stands between two things; write what comes before it.", column
                )
                if present:
                    ways.append(tuple(present))
                present = []
            elif upper == "NOT":
                negate = True
            elif upper != "AND":
                item, minus = self._item(token, column)
                (without if negate or minus else present).append(item)
                negate = False
                continue
            self.place += 1
        if negate:
            raise BadQuery("NOT needs something after it to leave out.", self.column())
        if present:
            ways.append(tuple(present))
        self._need(ways, "this finds nothing; write at least one word to look for.", opened_at)
        return Group(tuple(ways), tuple(without))

    def _item(self, token: str, column: int) -> tuple[Term | Group, bool]:
        if token == "(":
            self.place += 1
            group = self.group(column)
            self._need(self.peek() == ")", "this '(' is not closed; add a ')'.", column)
            self.place += 1
            return group, False
        self.place += 1
        minus = token.startswith("-") and len(token) > 1
        return _term(token[1:] if minus else token, column), minus

    @staticmethod
    def _need(truth: object, why: str, column: int) -> None:
        if not truth:
            raise BadQuery(why, column)


def _term(token: str, column: int) -> Term:
    if _LATER.match(token):
        raise BadQuery(f"'{token}' is not understood yet; leave it out.", column)
    if token.startswith('"'):
        if len(token) < 2 or not token.endswith('"'):
            raise BadQuery('these quotation marks are not closed; add a ".', column)
        return _named("phrase", " ".join(token[1:-1].split()), column)
    for sign, how in (("#", "tag"), ("@", "handle"), ("=", "exact")):
        if token.startswith(sign):
            return _named(how, token[1:], column)
    if token.lower().startswith("url:"):
        return _named("url", token[4:].removeprefix("https://").removeprefix("http://").strip("/"), column)
    if token.endswith("*"):
        return _named("prefix", token[:-1], column)
    return _named("word", token, column)


def _named(how: str, text: str, column: int) -> Term:
    if not any(letter.isalnum() for letter in text):
        raise BadQuery("there is nothing to look for here; write a word.", column)
    return Term(how, text.casefold())
