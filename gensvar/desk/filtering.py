"""The filter above a list: read from its address, shown as a form and as chips that each take a part away."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from gensvar.connectors import registry
from gensvar.desk import answers
from gensvar.desk.access import WorkspaceRequest
from gensvar.kernel.text import showable
from gensvar.process.listen import queries
from gensvar.process.listen.filter import (
    ABOUT,
    ABUSES,
    ELSEWHERE,
    KINDS,
    OWN,
    SENTIMENTS,
    SEVERITIES,
    UNJUDGED,
    UNKNOWN_LANGUAGE,
    URGENCIES,
    Filter,
    from_query,
    pairs,
)
from gensvar.process.listen.models import Watch
from gensvar.reading.forms import LANGUAGES

KEPT = ("order", "view")
"""What an address keeps beside the filter when a part of it changes."""

MOST_NAMES = 40
"""Watches, and channels, that the form offers; more can stand in an address."""

PARTS: dict[str, Promise] = {
    "words": gettext_lazy("Words in the post"),
    "tagged": gettext_lazy("Tagged"),
    "place": gettext_lazy("Where"),
    "kind": gettext_lazy("Judged"),
    "severity": gettext_lazy("Severity"),
    "abuse": gettext_lazy("Abuse"),
    "sentiment": gettext_lazy("Mood"),
    "urgency": gettext_lazy("Urgency"),
    "unsure": gettext_lazy("The machine is"),
    "aside": gettext_lazy("Not about us"),
    "about": gettext_lazy("About"),
    "watch": gettext_lazy("Found by"),
    "lang": gettext_lazy("Language"),
    "channel": gettext_lazy("Heard by"),
    "reach": gettext_lazy("Followers at least"),
}
"""Parts of the filter in the order of the form."""

MENDS: dict[str, Promise] = {
    "reach": gettext_lazy("Write the followers as a whole number, for example 1000."),
    "words": gettext_lazy("Write at most six words of at most 60 letters each."),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the filter: its words, and the address without it."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen in the form."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One question of the form; `shape` is `one` (choose one of few) or `many`."""

    part: str
    name: str
    options: Sequence[Option]
    shape: str = "many"


def read(request: WorkspaceRequest) -> Filter:
    """The filter in the address; raises BadFilter."""
    return from_query(dict(request.GET.lists()))


def mend(part: str) -> str:
    """What to do about a part that could not be read."""
    words = MENDS.get(part) or _("Choose it in the form.")
    return _("“%(part)s” cannot be read. %(mend)s") % {"part": PARTS.get(part, part), "mend": words}


def address(request: WorkspaceRequest, wanted: Filter, **more: str) -> str:
    """This list with that filter."""
    kept = [(name, request.GET[name]) for name in KEPT if request.GET.get(name)]
    query = urlencode([*pairs(wanted), *kept, *more.items()])
    return f"{request.path}?{query}" if query else request.path


def bar(request: WorkspaceRequest, wanted: Filter, *, is_open: bool) -> dict[str, Any]:
    """What stands above the list: the button, the chips, and the form when it is open."""
    asks_for_names = is_open or wanted.watch or wanted.channel
    names = _Names(queries.names(request.workspace.pk) if asks_for_names else [])
    more = {} if is_open else {"filter": "open"}
    return {
        "open": is_open,
        "toggle_url": address(request, wanted, **more),
        "clear_url": address(request, Filter()),
        "chips": [
            Chip(name, address(request, without(wanted, part, value)))
            for part, value, name in _said(wanted, names)
        ],
        "action": request.path,
        "kept": [(name, request.GET[name]) for name in KEPT if request.GET.get(name)],
        "groups": list(_groups(wanted, names)) if is_open else [],
        "words": " ".join(wanted.words),
        "reach": wanted.reach or "",
    }


def loosened(request: WorkspaceRequest, wanted: Filter) -> list[tuple[Chip, Filter]]:
    """The filter without each of its parts in turn."""
    names = _Names(queries.names(request.workspace.pk) if wanted.watch or wanted.channel else [])
    less = [(name, without(wanted, part, value)) for part, value, name in _said(wanted, names)]
    return [(Chip(name, address(request, one)), one) for name, one in less]


def words(workspace_id: int, wanted: Filter) -> str:
    """The filter as one line, for the list of saved views."""
    names = _Names(queries.names(workspace_id) if wanted.watch or wanted.channel else [])
    return " · ".join(name for _part, _value, name in _said(wanted, names))


def without(wanted: Filter, part: str, value: Any) -> Filter:
    """`wanted`, no longer asking for this."""
    now: Any = getattr(wanted, part)
    less: Any = getattr(Filter(), part)
    if isinstance(now, frozenset):
        less = now - {value}
    elif isinstance(now, tuple):
        less = tuple(one for one in now if one != value)
    return replace(wanted, **{part: less})


class _Names:
    """What watches and channels are called."""

    def __init__(self, rows: Sequence[tuple[str, int, str, str]]) -> None:
        connectors = registry.load()
        self.of: dict[str, dict[int, str]] = {"watch": {}, "channel": {}}
        for part, pk, name, connector in rows:
            known = connectors.get(connector)
            self.of[part][pk] = showable(f"{name} ({known.name})" if known else name)

    def name(self, part: str, pk: int) -> str:
        return self.of[part].get(pk) or f"{PARTS[part]} {pk}"


def _said(wanted: Filter, names: _Names) -> Iterator[tuple[str, Any, str]]:
    """Every part that asks for something: its name, the value, and how people say it."""
    order = list(PARTS)
    for part in sorted(fields(wanted), key=lambda part: order.index(part.name)):
        value = getattr(wanted, part.name)
        if value == part.default:
            continue
        for one in _each(value):
            yield part.name, one, _in_words(part.name, one, names)


def _each(value: Any) -> Sequence[Any]:
    if isinstance(value, frozenset):
        return sorted(value)
    return value if isinstance(value, tuple) else [value]


def _in_words(part: str, value: Any, names: _Names) -> str:
    called = WORDS.get(part)
    return called(value) if called else names.name(part, value)


def tagged(is_tagged: bool) -> str:
    """Whether the post names our handle or hashtag."""
    return _("tagged") if is_tagged else _("not tagged")


def unsure(is_unsure: bool) -> str:
    """Whether a machine could not tell what it is, or whether it is abusive."""
    return _("machine unsure") if is_unsure else _("machine sure")


ASIDES: dict[str, Promise] = {
    "machine": gettext_lazy("not about us, by machine"),
    "person": gettext_lazy("not about us"),
}


def place(own_channel: bool) -> str:
    """Whether it stands in a thread that we began."""
    return _("own channel") if own_channel else _("elsewhere")


def about(kind: str) -> str:
    """What a watch is about."""
    return str(Watch.Kind(kind).label).lower()


def followers(count: int) -> str:
    """A reach, in the viewer's number format."""
    shown = formats.number_format(count, force_grouping=True)
    return ngettext("%(n)s follower", "%(n)s followers", count) % {"n": shown}


def _kind(kind: str) -> str:
    return _("not judged") if kind == UNJUDGED else answers.kind(kind)


def _language(code: str) -> str:
    if code == UNKNOWN_LANGUAGE:
        return _("language not known")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _severity(value: str) -> str:
    return _("severity %(severity)s") % {"severity": answers.severity(SEVERITIES.index(value))}


def _reach(count: int) -> str:
    return _("%(followers)s or more") % {"followers": followers(count)}


WORDS: dict[str, Callable[[Any], str]] = {
    "words": lambda value: f"“{showable(value)}”",
    "tagged": tagged,
    "place": lambda value: place(value == OWN),
    "about": about,
    "kind": _kind,
    "severity": _severity,
    "abuse": answers.abuse,
    "sentiment": answers.sentiment,
    "urgency": answers.urgency,
    "unsure": unsure,
    "aside": lambda value: str(ASIDES[value]),
    "lang": _language,
    "reach": _reach,
}
"""How people say a value of each part; of the others it is a name."""


def _groups(wanted: Filter, names: _Names) -> Iterator[Group]:
    yield _one("tagged", [("yes", tagged(True)), ("no", tagged(False))], _yes_or_no(wanted.tagged))
    yield _one("place", [(OWN, place(True)), (ELSEWHERE, place(False))], wanted.place)
    yield _one("unsure", [("yes", _("unsure")), ("no", _("sure"))], _yes_or_no(wanted.unsure))
    yield _many("kind", {kind: _kind(kind) for kind in KINDS}, wanted.kind)
    severities = {value: answers.severity(number) for number, value in enumerate(SEVERITIES)}
    yield _many("severity", severities, wanted.severity)
    yield _many("abuse", {ground: answers.abuse(ground) for ground in ABUSES}, wanted.abuse)
    yield _many("sentiment", {mood: answers.sentiment(mood) for mood in SENTIMENTS}, wanted.sentiment)
    yield _many("urgency", {one: answers.urgency(one) for one in URGENCIES}, wanted.urgency)
    yield _many("aside", {one: str(name) for one, name in ASIDES.items()}, wanted.aside)
    yield _many("about", {kind: about(kind) for kind in ABOUT}, wanted.about)
    languages = {code: _language(code) for code in (*LANGUAGES, UNKNOWN_LANGUAGE, *sorted(wanted.lang))}
    yield _many("lang", languages, wanted.lang)
    for part in ("watch", "channel"):
        chosen = getattr(wanted, part)
        offered = {**dict(list(names.of[part].items())[:MOST_NAMES]), **dict.fromkeys(chosen, "")}
        if offered:
            yield _many(part, {pk: names.name(part, pk) for pk in offered}, chosen)


def _one(part: str, offered: Sequence[tuple[str, str]], chosen: str) -> Group:
    options = [("", _("either")), *offered]
    return Group(part, str(PARTS[part]), [Option(v, name, v == chosen) for v, name in options], "one")


def _many(part: str, offered: Mapping[Any, str], chosen: frozenset[Any]) -> Group:
    options = [Option(str(value), name, value in chosen) for value, name in offered.items()]
    return Group(part, str(PARTS[part]), options)


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
