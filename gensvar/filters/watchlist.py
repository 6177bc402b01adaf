"""WATCHES.toml: the watches of `gensvar match`, or a sentence that says what is wrong with them and where."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from gensvar.filters.errors import Unreadable
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.query import BadQuery, Group, parse

KINDS = ("brand", "product", "person", "competitor", "subject")
_HEADER = re.compile(r"^\s*\[\[\s*watch\s*\]\]")


@dataclass(frozen=True, slots=True)
class ListedWatch:
    """One `[[watch]]`."""

    id: str
    query: str
    kind: str = "brand"
    languages: tuple[str, ...] = LANGUAGES
    tree: Group | None = field(default=None, compare=False, repr=False)
    """What the query means, so that nobody has to parse it once more."""


def load(path: Path) -> list[ListedWatch]:
    """The watches of the file at `path`; Unreadable says in one line what to mend."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}; give the path of a WATCHES.toml.") from None
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}: byte {error.start + 1} is no UTF-8; save the file as UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unreadable(f"{path}: this is no TOML: {_where(error, text)}; mend it there.") from None
    return _Listing(path, text).read(data)


def _where(error: Exception, text: str) -> str:
    said = " ".join(str(error).split()).rstrip(".")
    return said.replace("at end of document", f"at the end, line {len(text.splitlines())}")


class _Listing:
    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text

    def read(self, data: dict[str, Any]) -> list[ListedWatch]:
        tables = data.get("watch")
        if not isinstance(tables, list) or not tables or not all(isinstance(each, dict) for each in tables):
            raise Unreadable(
                f"{self.path}, line 1: no watch is listed; add [[watch]] with an id and a query."
            )
        watches: dict[str, ListedWatch] = {}
        for place, table in enumerate(tables):
            watch = self._watch(table, place)
            if watch.id in watches:
                self._refuse(place, "id", f"the id {watch.id!r} is used twice; give each watch its own.")
            watches[watch.id] = watch
        return list(watches.values())

    def _watch(self, table: dict[str, Any], place: int) -> ListedWatch:
        id_, query = table.get("id"), table.get("query")
        if not isinstance(id_, str) or not id_:
            self._refuse(place, "id", 'this watch has no id; write id = "…".')
        if not isinstance(query, str):
            self._refuse(place, "query", f'watch {id_!r} has no query; write query = "…".')
        try:
            tree = parse(query)
        except BadQuery as error:
            self._refuse(place, "query", f"the query of {id_!r}, column {error.column}: {error.why}")
        kind = table.get("kind", "brand")
        if kind not in KINDS:
            self._refuse(place, "kind", f"the kind {kind!r} is not known; write one of {', '.join(KINDS)}.")
        return ListedWatch(id_, query, kind, self._languages(table, place), tree)

    def _languages(self, table: dict[str, Any], place: int) -> tuple[str, ...]:
        if "languages" not in table:
            return LANGUAGES
        languages = table["languages"]
        known = isinstance(languages, list) and all(each in LANGUAGES for each in languages)
        if not known or not languages:
            self._refuse(
                place,
                "languages",
                f"languages {languages!r} are not known; list some of {', '.join(LANGUAGES)}.",
            )
        return tuple(dict.fromkeys(languages))

    def _refuse(self, place: int, key: str, why: str) -> NoReturn:
        raise Unreadable(f"{self.path}, line {self._line(place, key)}: {why}")

    def _line(self, place: int, key: str) -> int:
        """The line of `key` in the watch at `place`, else of its header, else 1 (inline tables)."""
        lines = self.text.splitlines()
        headers = [number for number, line in enumerate(lines, 1) if _HEADER.match(line)]
        if place >= len(headers):
            return 1
        header = headers[place]
        for number, line in enumerate(lines[header:], header + 1):
            if _HEADER.match(line):
                break
            if re.match(rf"\s*[\"']?{key}[\"']?\s*=", line):
                return number
        return header
