"""A watch for people who do not write queries: what they fill in, the query that it makes, and the way back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from gensvar.kernel.sentence import Sentence
from gensvar.reading.folding import folded
from gensvar.reading.query import parse
from gensvar.reading.term import QUOTES
from gensvar.reading.tree import BadQuery, Group, Term


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked; each a list of what people type, with or without its sign.

    A name may be written as `=Name` (this form only) or `name*`, an exclusion as any one term of a query.
    """

    name: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


BOXES = tuple(field.name for field in fields(Form))
"""The names of what is asked."""
_NAMES = ("word", "phrase", "exact", "prefix")
_BOX_OF = {"handle": "handles", "tag": "hashtags", "url": "addresses"}
_PLAIN_QUOTES = {ord(mark): '"' for mark in QUOTES}


@dataclass(frozen=True, slots=True)
class Wrong:
    """An entry that makes no term of a query; `why` says the mend too."""

    box: str
    entry: str
    why: Sentence


def entries(text: str) -> tuple[str, ...]:
    """What stands between commas, semicolons and line ends; quotation marks keep together what is in them."""
    found = re.findall(r'(?:"[^"]*"|[^,;\n"]|")+?(?=[,;\n]|\Z)', text.translate(_PLAIN_QUOTES))
    return tuple(dict.fromkeys(entry for each in found if (entry := each.strip())))


def write(form: Form) -> str:
    """The query of `form`; empty when nothing to look for was filled in."""
    found: list[str] = []
    without: list[str] = []
    for box, _, part in _parts(form):
        (without if box == "without" else found).append(part)
    if not found:
        return ""
    left_out = (f"NOT {part}" for part in dict.fromkeys(without))
    return " ".join([" OR ".join(dict.fromkeys(found)), *left_out])


def wrong(form: Form) -> list[Wrong]:
    """The entries of `form` that cannot be part of a query."""
    found = []
    for box, entry, part in _parts(form):
        try:
            parse(part)
        except BadQuery as error:
            found.append(Wrong(box, entry, error.why))
    return found


def suggest(names: Iterable[str]) -> Form:
    """The form for bare names: each also as one hashtag; what carries a sign goes where it belongs."""
    boxes: dict[str, list[str]] = {box: [] for box in BOXES}
    for name in names:
        box = _box_by_sign(name)
        boxes[box].append(name)
        if box == "name" and (tag := "".join(re.findall(r"\w+", name))):
            boxes["hashtags"].append(tag.lower())
    return _form(boxes)


def read(query: str, known: Form | None = None) -> Form | None:
    """The form that writes `query`, or None when no form can; BadQuery when it cannot be read.

    `known`: a form that says which words are products and which are people.
    """
    tree = parse(query)
    boxes: dict[str, list[str]] = {box: [] for box in BOXES}
    for entry, is_out in _listed(query.translate(_PLAIN_QUOTES)):
        box = "without" if is_out else _box(entry, known or Form())
        boxes[box].append(_bare(entry, box))
    form = _form(boxes)
    written = write(form)
    return form if written and _same(parse(written), tree) else None


def _form(boxes: dict[str, list[str]]) -> Form:
    return Form(**{box: tuple(dict.fromkeys(found)) for box, found in boxes.items()})


def _parts(form: Form) -> Iterator[tuple[str, str, str]]:
    """Each entry with its box and the term that it makes."""
    for box in BOXES:
        for entry in getattr(form, box):
            if part := _WRITERS[box](entry):
                yield box, entry, part


def _name(text: str) -> str:
    """A word as it is (also `=Word` and `word*`), everything else in quotation marks."""
    if _means(text) in ("word", "exact", "prefix"):
        return text.strip()
    words = re.sub(f'["{QUOTES}]', " ", text).split()
    return f'"{" ".join(words)}"' if any(letter.isalnum() for letter in text) else ""


def _left_out(text: str) -> str:
    return text.strip() if _means(text) else _name(text)


def _means(text: str) -> str:
    """Which kind of term a single written word is; empty when it is none."""
    word = text.strip()
    if re.search(rf'[\s"{QUOTES}()]', word) or word.startswith("-"):
        return ""
    try:
        tree = parse(word)
    except BadQuery:
        return ""
    term = tree.ways[0][0]
    return term.how if tree == Group(((term,),)) and isinstance(term, Term) else ""


def _handle(text: str) -> str:
    return _signed("@", text)


def _hashtag(text: str) -> str:
    return _signed("#", text)


def _signed(sign: str, text: str) -> str:
    bare = re.sub(r"\s+", "", text).lstrip("@#")
    return sign + bare if bare else ""


def _address(text: str) -> str:
    bare = re.sub(r"(?i)^(?:url:)?(?:(?:https?:)?//)?(?:www\.(?=.*\.))?", "", text.strip()).rstrip("/")
    return f"url:{re.sub(r'\s+', '', bare)}" if bare else ""


_WRITERS = {
    "name": _name,
    "products": _name,
    "people": _name,
    "handles": _handle,
    "hashtags": _hashtag,
    "addresses": _address,
    "without": _left_out,
}


def _listed(query: str) -> Iterator[tuple[str, bool]]:
    """The terms of a query without parentheses as they are written, and whether each is left out."""
    is_out = False
    for token in re.findall(r'-?"[^"]*"|[^\s"]+', query):
        if token.upper() in ("OR", "NOT"):
            is_out = token.upper() == "NOT"
            continue
        minus = token.startswith("-") and len(token) > 1
        yield token.removeprefix("-") if minus else token, is_out or minus
        is_out = False


def _box(entry: str, known: Form) -> str:
    box = _box_by_sign(entry)
    if box != "name":
        return box
    same = folded(_unquoted(entry))
    return next(
        (box for box in ("products", "people") if same in map(folded, getattr(known, box))),
        "name",
    )


def _box_by_sign(entry: str) -> str:
    if re.match(r"(?i)https?://", entry):
        return "addresses"
    return _BOX_OF.get(_means(entry), "name")


def _unquoted(entry: str) -> str:
    return entry[1:-1].strip() if entry.startswith('"') and entry.endswith('"') and len(entry) > 1 else entry


def _bare(entry: str, box: str) -> str:
    """`entry` without quotation marks, where it still means the same."""
    bare = _unquoted(entry)
    return bare if bare == entry or _is_same(_WRITERS[box](bare), entry) else entry


def _is_same(one: str, other: str) -> bool:
    try:
        return _same(parse(one), parse(other))
    except BadQuery:
        return False


def _same(one: Group, other: Group) -> bool:
    """Whether both find the same, whatever their order."""
    return set(one.ways) == set(other.ways) and set(one.without) == set(other.without)
