"""How often a machine is right, against how often it dares to answer, by what people said afterwards."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from gensvar.desk import answers, rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.kernel.clock import now
from gensvar.people.rules import Right
from gensvar.process.assess import coverage, policies, queries, rules
from gensvar.process.assess.coverage import ENOUGH, Point, Trial
from gensvar.process.case.actions import NotNow

HEADS: dict[str, Promise] = {
    "kind": gettext_lazy("What it is"),
    "abuse": gettext_lazy("Whether it is abusive"),
    "sentiment": gettext_lazy("Tone"),
    "urgency": gettext_lazy("Urgency"),
}
LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
WIDTH, TOP, BOTTOM = 336, 20, 170
LOWEST = 0.5
"""The accuracy at the foot of the chart; worse than that lies on it."""


@require_http_methods(["GET", "HEAD", "POST"])
@workspace_view(Right.SEE, change=Right.ADMINISTER)
def how_right(request: WorkspaceRequest) -> HttpResponse:
    """The curves, and the line from which an answer is sure, which an administrator may move."""
    status = 200
    if request.method == "POST":
        try:
            sure_at = {head: _share(request.POST.get(head, "")) for head in rules.ASKED}
            policies.be_sure_at(request.workspace, sure_at, by=request.actor, at=now())
            messages.success(request, _("Kept. What waits to be judged is marked by it now."))
            return HttpResponseRedirect(request.path)
        except NotNow as error:
            messages.error(request, str(error))
            status = 422
    return rail.show(request, "desk/how_right.html", _page(request), here="figures", status=status)


def _page(request: WorkspaceRequest) -> dict[str, Any]:
    policy = queries.policy(request.workspace.pk)
    found = queries.trials(request.workspace.pk, policy)
    tried = {head: request.GET.get(head, "") for head in HEADS if head in rules.ASKED}
    return {
        "heads": [_head(head, found[head], policy.sure_at, tried.get(head)) for head in HEADS],
        "may_keep": request.actor.may(Right.ADMINISTER) and any(head in request.GET for head in tried),
        "judging_url": reverse("judging", args=[request.workspace.slug]),
    }


def _share(words: str) -> float | None:
    """A share of hundred as a probability; None for none, and one that is refused for what is no number."""
    words = words.strip().removesuffix("%").strip()
    if not words:
        return None
    return int(words) / 100 if words.isdecimal() and len(words) < 4 else -1.0


def _head(
    head: str, trials: Sequence[Trial], sure_at: Mapping[str, float], tried: str | None
) -> dict[str, Any]:
    """tried: the line that somebody looks at; None where none can be drawn, since no person is asked first."""
    line = sure_at.get(head)
    wanted = _share(tried or "")
    missing = max(ENOUGH - len(trials), 0)
    return {
        "head": head,
        "name": HEADS[head],
        "number": len(trials),
        "missing": ngettext(
            "%(n)s more judgement of a post that the machine had read before, and a curve stands here.",
            "%(n)s more judgements of posts that the machine had read before, and a curve stands here.",
            missing,
        )
        % {"n": missing}
        if missing
        else "",
        "may_move": tried is not None,
        "tried_words": tried,
        "field": tried or ("" if line is None else str(round(line * 100))),
        "line": _("the model’s own") if line is None else answers.percent(line),
        "now": _in_words(coverage.now(trials)),
        "tried": _in_words(coverage.at(trials, wanted)) if wanted and wanted >= policies.LEAST else None,
        "rows": [_in_words(point) for point in coverage.curve(trials, LEVELS)],
        "chart": None if missing else _chart(trials),
    }


def _in_words(point: Point) -> dict[str, str]:
    return {
        "least": _("%(n)s %%") % {"n": round(point.least * 100)},
        "coverage": _("%(n)s %%") % {"n": round(point.coverage * 100)},
        "number": str(point.number),
        "accuracy": "–" if point.accuracy is None else _("%(n)s %%") % {"n": round(point.accuracy * 100)},
    }


def _chart(trials: Sequence[Trial]) -> dict[str, Any]:
    """The line from what it is surest of (left) to everything (right), and where the line lies that holds now."""
    points = [point for point in coverage.curve(trials) if point.accuracy is not None]
    places = [(_x(point.coverage), _y(point.accuracy or 0.0)) for point in reversed(points)]
    return {
        "line": " ".join(f"{x},{y}" for x, y in places),
        "now": _x(coverage.now(trials).coverage),
        "lines": [TOP, (TOP + BOTTOM) // 2, BOTTOM],
    }


def _x(share: float) -> float:
    return round(share * WIDTH, 1)


def _y(accuracy: float) -> float:
    up = max(accuracy - LOWEST, 0.0) / (1 - LOWEST)
    return round(BOTTOM - up * (BOTTOM - TOP), 1)
