"""Trying a query on what was heard: its hits, its near misses, and what each exclusion takes away."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from time import monotonic
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from gensvar.connectors import registry
from gensvar.desk import rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.clocks import ago
from gensvar.desk.empty import Empty
from gensvar.desk.marks import marked
from gensvar.desk.watch_form import LANGUAGE_NAMES, LONGEST
from gensvar.desk.watch_words import Words, slip
from gensvar.kernel.clock import now
from gensvar.kernel.text import showable
from gensvar.people.rules import Right
from gensvar.process.listen import queries
from gensvar.process.listen.models import Mention, Watch
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.query import BadQuery
from gensvar.reading.trial import Met, Near, Sample, Taken, Trial, Tried, try_on

SECONDS = 2.0
"""How long a trial may take; what was not reached by then is said."""
SHOWN, FEW = 8, 2
"""Examples of hits and of near misses; of lost posts and of each exclusion."""
EXCLUSIONS_SHOWN = 8
EXCERPT, BEFORE = 220, 60
"""Characters of a post that are shown, and how many of them before the first mark."""

HOW: dict[str, Promise] = {
    "exact": gettext_lazy("as written"),
    "inflected": gettext_lazy("inflected"),
    "compound": gettext_lazy("compound"),
    "phrase": gettext_lazy("phrase"),
    "hashtag": gettext_lazy("hashtag"),
    "handle": gettext_lazy("handle"),
    "url": gettext_lazy("link"),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A post as a trial shows it; `why`: how it was met, or why it was not."""

    who: str
    where: str
    when: str
    language: str
    words: SafeString
    why: str
    url: str


@dataclass(slots=True)
class InTime:
    """Samples until the time is over; `is_cut` says whether some were left."""

    samples: Iterable[Sample]
    seconds: float
    is_cut: bool = False

    def __iter__(self) -> Iterator[Sample]:
        end = monotonic() + self.seconds
        for sample in self.samples:
            if monotonic() > end:
                self.is_cut = True
                return
            yield sample


@require_GET
@workspace_view(Right.SEE)
def try_out(request: WorkspaceRequest) -> HttpResponse:
    """A query of a watch, or a new one, tried on what was heard."""
    watch = _watch(request)
    query = request.GET.get("query", watch.query if watch else "")[:LONGEST]
    asked = request.GET.getlist("languages") or (watch.languages if watch else ())
    languages = [each for each in LANGUAGES if each in asked] or list(LANGUAGES)
    context: dict[str, Any] = {
        "query": query,
        "watch": watch,
        "languages": [
            {"value": each, "name": LANGUAGE_NAMES[each], "chosen": each in languages} for each in LANGUAGES
        ],
        "may_keep": request.actor.may(Right.WATCH),
        **read(query),
    }
    if context["explained"]:
        context["tried"] = tried(request, query, languages, watch, now())
    return rail.show(request, "desk/watch_try.html", context, here="watches")


def _watch(request: WorkspaceRequest) -> Watch | None:
    wanted = request.GET.get("watch", "")
    if not wanted:
        return None
    found = Watch.objects.filter(workspace=request.workspace)
    watch = found.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 19 else None
    if watch is None:
        raise Http404
    return watch


def read(query: str) -> dict[str, Any]:
    """What `query` finds in words, or where it goes wrong; neither when nothing was written yet."""
    found: dict[str, Any] = {"explained": "", "slip": None}
    if query.strip():
        try:
            found["explained"] = Words(query).explained()
        except BadQuery as error:
            found["slip"] = slip(query, error)
    return found


def tried(
    request: WorkspaceRequest, query: str, languages: Sequence[str], watch: Watch | None, at: datetime
) -> dict[str, Any]:
    """Everything that a screen shows of a trial; the query can be read. `watch`: what it is compared with."""
    workspace = request.workspace.pk
    rows = queries.kept(workspace, at - queries.MONTH)
    heard = (Sample(row.pk, row.text, row.title, row.author_handle, row.language) for row in rows)
    samples = InTime(heard, SECONDS)
    found = try_on(samples, Trial(query, languages), _before(watch, query, languages), shown=SHOWN)
    show = _Show(request.workspace.slug, queries.shown(workspace, _keys(found)), Words(query), at)
    return {
        "searched": searched(found, len(rows), samples.is_cut),
        "hits": found.hits,
        "hit_rows": show.hits(found.hit_examples),
        "nears": found.nears,
        "near_rows": show.nears(found.near_examples),
        "taken": [show.taken(one) for one in found.taken[:EXCLUSIONS_SHOWN]],
        "gained": found.gained,
        "lost": found.lost,
        "lost_rows": show.hits(found.lost_examples[:FEW]),
        "compared": watch is not None and (found.gained or found.lost),
        "nothing": _nothing(found),
    }


def _before(watch: Watch | None, query: str, languages: Sequence[str]) -> Trial | None:
    if watch is None or (watch.query == query.strip() and watch.languages == list(languages)):
        return None
    try:
        return Trial(watch.query, watch.languages)
    except BadQuery:  # kept by an older version that read it differently
        return None


def _keys(found: Tried) -> list[int]:
    examples: Iterable[Met | Near] = chain(
        found.hit_examples,
        found.near_examples,
        found.lost_examples[:FEW],
        *(one.examples[:FEW] for one in found.taken[:EXCLUSIONS_SHOWN]),
    )
    return [one.key for one in examples]


def searched(found: Tried, kept: int, is_cut: bool) -> str:
    """What was searched and what not, honestly."""
    words = ngettext(
        "Searched the %(n)s post of the last 30 days that is kept here.",
        "Searched the %(n)s posts of the last 30 days that are kept here.",
        found.searched,
    ) % {"n": found.searched}
    if is_cut:
        words = _("Searched the newest %(n)s posts: then the time for a trial was over.") % {
            "n": found.searched
        }
    elif kept == queries.KEPT_MOST:
        words = _("Searched the newest %(n)s posts; more are kept of the last 30 days.") % {"n": kept}
    return f"{words} " + _("Only posts that one of your watches met or that stand in their threads are kept.")


def _nothing(found: Tried) -> Empty | None:
    if not found.searched:
        return Empty(
            "ear",
            _("Nothing was heard in the last 30 days"),
            _("Keep the watch, and come back when the desk has listened for a while."),
        )
    if found.hits or found.nears or found.excluded:
        return None
    return Empty(
        "search",
        _("None of these posts meets it, and none nearly does"),
        _("It may still find new posts: what no watch met was not kept, so it could not be searched."),
    )


class _Show:
    """Makes rows of examples; a post that was erased in the meantime is left out."""

    def __init__(self, slug: str, mentions: dict[int, Mention], words: Words, at: datetime) -> None:
        self.slug, self.mentions, self.words, self.at = slug, mentions, words, at

    def hits(self, found: Sequence[Met]) -> list[Heard]:
        return [self._heard(one.key, one.spans, _how(one)) for one in found if one.key in self.mentions]

    def nears(self, found: Sequence[Near]) -> list[Heard]:
        return [self._heard(one.key, one.spans, self._why(one)) for one in found if one.key in self.mentions]

    def taken(self, taken: Taken) -> dict[str, Any]:
        kept = [one for one in taken.examples[:FEW] if one.key in self.mentions]
        return {
            "what": self.words.short(taken.what),
            "count": taken.count,
            "rows": [self._heard(one.key, one.spans, "") for one in kept],
        }

    def _why(self, near: Near) -> str:
        if near.why == "languages":
            return _("an inflection of a language that is not chosen")
        if near.why == "far":
            return _("both are in it, too far apart")
        if near.why == "order":
            return _("the words of %(phrase)s, in another order or form") % {
                "phrase": self.words.short(near.missing[0])
            }
        if near.why == "part":
            missing = ", ".join(self.words.short(item) for item in near.missing[:3])
            return _("lacks %(missing)s") % {"missing": missing}
        return _("stands only within “%(word)s”") % {"word": showable(near.text)}

    def _heard(self, key: int, spans: Sequence[tuple[int, int]], why: str) -> Heard:
        row = self.mentions[key]
        connector = registry.load().get(row.network)
        return Heard(
            who=showable(row.author),
            where=connector.name if connector else row.channel.name,
            when=ago(row.heard_at, self.at),
            language=row.language,
            words=excerpt(row.text or row.title, spans if row.text else ()),
            why=why,
            url=reverse("case", args=[self.slug, row.case_id]) if row.case_id else "",
        )


def _how(met: Met) -> str:
    if not met.spans:
        return _("in the title, or by who wrote it")
    return ", ".join(str(HOW.get(each, each)) for each in met.how)


def excerpt(text: str, spans: Sequence[tuple[int, int]]) -> SafeString:
    """As much of `text` as a list can show, around the first mark."""
    first = spans[0][0] if spans else 0
    start = max(0, min(first - BEFORE, len(text) - EXCERPT))
    end = start + EXCERPT
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    moved = [
        (max(one - start, 0) + len(lead), min(other, end) - start + len(lead))
        for one, other in spans
        if one < end and other > start
    ]
    return marked(lead + text[start:end] + tail, moved)
