"""What a better reader was asked and answered about the posts of a case, word for word."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gensvar.desk import heads, rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.clocks import exact, hour
from gensvar.kernel.clock import now
from gensvar.kernel.text import one_line, showable
from gensvar.people.language import said
from gensvar.people.rules import Right
from gensvar.process.case.models import Case
from gensvar.process.reader import queries
from gensvar.process.reader.models import Reading
from gensvar.process.reader.states import State
from gensvar.reading.reader.answer import from_json

SHOWN = 20
"""Readings of a case on its page; one is made for each wording."""
LONGEST = 1_000
"""Code points of question and answer on the page, each; all that is kept stays with the case."""


@require_GET
@workspace_view(Right.SEE)
def readings(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """All readings of a case, oldest first."""
    case = get_object_or_404(Case, pk=pk, workspace=request.workspace)
    at = now()
    context = {
        "who": showable(case.author),
        "case_url": reverse("case", args=[request.workspace.slug, case.pk]),
        "readings": [_shown(each, at) for each in queries.readings(case)[:SHOWN]],
    }
    return rail.show(request, "desk/readings.html", context)


def _shown(row: Reading, at: datetime) -> dict[str, Any]:
    return {
        "id": row.pk,
        "post": one_line(row.mention.words),
        "state": row.get_state_display(),
        "tone": {State.ANSWERED.value: "good", State.NO_ANSWER.value: "soon"}.get(row.state, ""),
        "words": heads.words(from_json(row.answers)) or said(row.reason),
        "about": _about(row),
        "when": hour(row.ended_at or row.made_at, at),
        "exact": exact(row.ended_at or row.made_at),
        "asked": showable(_question(row.asked))[:LONGEST],
        "answered": showable(row.answered)[:LONGEST],
    }


def _about(row: Reading) -> str:
    known = [showable(row.by)] if row.by else []
    if row.ms is not None:
        known.append(_("%(seconds)s s") % {"seconds": formats.number_format(row.ms / 1000, decimal_pos=2)})
    if row.tokens_in is not None and row.tokens_out is not None:
        known.append(_("%(tokens)s tokens") % {"tokens": row.tokens_in + row.tokens_out})
    return " · ".join(known)


def _question(asked: str) -> str:
    """Of a question to a server, the message with the post; what stands around it is the same every time."""
    try:
        return str(json.loads(asked)["messages"][-1]["content"])
    except (ValueError, LookupError, TypeError):
        return asked
