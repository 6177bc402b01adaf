"""A better reader: which one a workspace has, what leaves the house for it, and a try of it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gensvar.desk import rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.clocks import hour
from gensvar.desk.heads import HEADS, word
from gensvar.desk.reader_form import ReaderForm
from gensvar.kernel.clock import now
from gensvar.kernel.text import showable
from gensvar.people.language import said
from gensvar.people.rules import Right
from gensvar.process.reader import actions, folder, queries, rules, tasks
from gensvar.process.reader.models import Reader
from gensvar.process.reader.states import Way
from gensvar.process.reader.told import Came, Told
from gensvar.reading.reader.answer import CHOICES
from gensvar.reading.reader.prompt import LONGEST, SENTENCE


@sensitive_post_parameters("key")
@workspace_view(Right.ADMINISTER)
def reader(request: WorkspaceRequest) -> HttpResponse:
    """Choose the reader, or none."""
    kept = _kept(request)
    form = ReaderForm(kept, request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        key = given.pop("key").strip() or None
        actions.change(request.workspace, key=key, by=request.actor, at=now(), **given)
        messages.success(request, _("Kept.") if given["way"] == Way.OFF else _("Kept. Try it below."))
        return HttpResponseRedirect(reverse("reader", args=[request.workspace.slug]))
    return _page(request, kept, form)


@require_POST
@workspace_view(Right.ADMINISTER)
def try_out(request: WorkspaceRequest) -> HttpResponse:
    """Send one harmless sentence to the reader that is kept, and show what came back."""
    kept, at = _kept(request), now()
    if not kept.is_on:
        return HttpResponseRedirect(reverse("reader", args=[request.workspace.slug]))
    if not actions.count_call(kept, at=at):
        messages.warning(
            request, _("This month has no question left. Allow more, or wait for the next month.")
        )
        return HttpResponseRedirect(reverse("reader", args=[request.workspace.slug]))
    told = tasks.ask(kept, SENTENCE, rules.wanted(kept.heads, (), only_unsure=False), at)
    if kept.way == Way.FOLDER:
        folder.let_go(kept.folder)
    actions.was_tried(kept, told, at=now())
    kept.refresh_from_db()
    return _page(request, kept, ReaderForm(kept), told)


def _kept(request: WorkspaceRequest) -> Reader:
    fresh = Reader(workspace=request.workspace, temperature=0.0, heads=list(CHOICES))
    return queries.of(request.workspace) or fresh


def _page(
    request: WorkspaceRequest, kept: Reader, form: ReaderForm, told: Told | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "kept": kept,
        "longest": formats.number_format(LONGEST),
        "sentence": SENTENCE.text,
        "tried": _tried(told) if told else None,
        "state": _state(kept, now()) if kept.is_on else None,
        "try_url": reverse("try-reader", args=[request.workspace.slug]),
    }
    status = 422 if form.errors else 200
    return rail.show(request, "desk/reader.html", context, here="settings", status=status)


def _state(kept: Reader, at: datetime) -> dict[str, Any]:
    """How it goes with the reader: what of the month is used, and what is wrong."""
    calls = kept.calls if kept.month == rules.month_of(at) else 0
    paused = kept.paused_until if kept.paused_until and kept.paused_until > at else None
    return {
        "calls": _("%(calls)s of %(monthly)s")
        % {"calls": formats.number_format(calls), "monthly": formats.number_format(kept.monthly)},
        "trouble": said(kept.why),
        "paused": hour(paused, at) if paused else "",
    }


def _tried(told: Told) -> dict[str, Any]:
    """What came of the try."""
    seconds = formats.number_format(told.ms / 1000, decimal_pos=2)
    return {
        "ok": told.came is Came.ANSWER,
        "words": _("It answered in %(seconds)s s.") % {"seconds": seconds}
        if told.came is Came.ANSWER
        else said(told.why or ""),
        "answers": [{"head": HEADS[each.head], "words": word(each)} for each in told.answers],
        "by": showable(told.by),
        "raw": showable(told.answered),
    }
