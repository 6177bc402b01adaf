"""What the machine has learnt from this desk: for each question its words, how it fares, and how to undo it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from gensvar.desk import answers, rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.clocks import ago, exact
from gensvar.kernel.clock import now
from gensvar.kernel.text import one_line, showable
from gensvar.people.rules import Right
from gensvar.process.assess import corrections, heads, lessons, topics
from gensvar.process.assess.corrections import SENTIMENT, URGENCY
from gensvar.process.assess.lessons import ABOUT, ABUSE, KIND, TOPIC, Lesson
from gensvar.process.assess.models import OwnHead
from gensvar.process.listen.models import Watch
from gensvar.reading.judge.verdict import KINDS
from gensvar.reading.learning.trying import ENOUGH, EVERY

SHOWN = 8
"""Corrections that are listed for a question, the newest."""
MOST_WATCHES = 20
AN_EXCERPT = 90


@require_http_methods(["GET", "HEAD", "POST"])
@workspace_view(Right.SEE, change=Right.ADMINISTER)
def learning(request: WorkspaceRequest) -> HttpResponse:
    """The page, and what its buttons do."""
    if request.method == "POST":
        messages.success(request, _press(request))
        return HttpResponseRedirect(request.path)
    at = now()
    context = {
        "heads": [_head(request, one, at) for one in _heads(request.workspace.pk)],
        "may_change": request.actor.may(Right.ADMINISTER),
        "rule": _(
            "It is used only while it is right more often with what it learnt than without; "
            "every answer counts alike, so that rare ones are not lost."
        ),
    }
    return rail.show(request, "desk/learning.html", context, here="settings")


def _heads(workspace_id: int) -> Iterator[OwnHead]:
    """One for each question, and one for each watch of which somebody said that a post is not about us."""
    for question in heads.QUESTIONS:
        yield heads.head(workspace_id, question)
    doubted = Watch.objects.filter(workspace=workspace_id, pk__in=heads.doubted(workspace_id))
    for watch in doubted.order_by("pk")[:MOST_WATCHES]:
        yield heads.head(workspace_id, ABOUT, watch)


def _press(request: WorkspaceRequest) -> str:
    """Do what the button says; the sentence that follows."""
    said, workspace, by, at = request.POST, request.workspace, request.actor, now()
    question, do = said.get("head", ""), said.get("do", "")
    _existing(request, question)
    if do == "learn":
        heads.learn_now(workspace, question, by=by, at=at)
        return _("Learnt anew.")
    if do in ("off", "on"):
        heads.switch(workspace, question, off=do == "off", by=by, at=at)
        return _("Kept. It holds for posts that are heard from now on.")
    if do == "forget":
        heads.forget(workspace, question, by=by, at=at)
        return _("Forgotten. Decisions on cases stay as they are.")
    if do == "remember":
        heads.remember(workspace, question, by=by, at=at)
        return _("What was forgotten counts again.")
    row, left_out = said.get("row", ""), do == "leave-out"
    if heads.leave_out(workspace, question, row, left_out=left_out, by=by, at=at):
        return _("Kept. The decision on the case stays as it is.")
    return _("This correction is gone. Nothing was changed.")


def _existing(request: WorkspaceRequest, question: str) -> None:
    """404 for a question that is not asked here."""
    sort, _colon, number = question.partition(":")
    if sort == ABOUT:
        known = number.isdecimal() and len(number) < 18
        get_object_or_404(Watch, pk=int(number) if known else 0, workspace=request.workspace)
    elif question not in heads.QUESTIONS:
        get_object_or_404(Watch, pk=0)


def _head(request: WorkspaceRequest, one: OwnHead, at: datetime) -> dict[str, Any]:
    found = lessons.of(one)
    names = _names(request, one.question)
    return {
        "question": one.question,
        "id": one.question.replace(":", "-"),
        "name": _title(one),
        "state": _state(one, len(found)),
        "is_used": one.is_used and not one.is_off,
        "is_off": one.is_off,
        "is_forgotten": one.forgotten_at is not None,
        "lessons": len(found),
        "tried": one.tried,
        "with_it": answers.percent(one.f1_with),
        "with_it_count": _share(one.with_it, one.tried),
        "without": answers.percent(one.f1_without),
        "without_count": _share(one.without, one.tried),
        "learnt": one.learnt,
        "words": [
            {"answer": names.get(answer, answer), "words": ", ".join(showable(word) for word, _ in words)}
            for answer, words in one.words.items()
            if words
        ],
        "newest": [_lesson(each, names, at) for each in reversed(found[-SHOWN:])],
    }


def _title(one: OwnHead) -> str:
    if one.watch:
        return _("Is it about us? %(watch)s") % {"watch": showable(one.watch.name)}
    titles = {
        KIND: _("What is it?"),
        ABUSE: _("Is it abusive?"),
        SENTIMENT: _("Which tone does it have?"),
        URGENCY: _("How urgent is it?"),
        TOPIC: _("What is the complaint about?"),
    }
    return titles[one.question]


def _state(one: OwnHead, number: int) -> str:
    least = heads.LEAST_TO_SET_ASIDE if one.watch_id else ENOUGH * EVERY
    if one.is_off:
        return _("Switched off: the shipped answers stand.")
    if number < least:
        missing = least - number
        return ngettext(
            "It needs %(n)s more correction before it can be tried.",
            "It needs %(n)s more corrections before it can be tried.",
            missing,
        ) % {"n": missing}
    if one.is_used:
        return _("In use: it is right more often than without it.")
    return _("Not in use: it is not right more often than without it.")


def _share(right: int, of: int) -> str:
    return _("%(right)s of %(of)s kept back") % {"right": right, "of": of}


def _names(request: WorkspaceRequest, question: str) -> dict[str, str]:
    """How people say the answers to a question."""
    if question == KIND:
        return {each: answers.kind(each) for each in KINDS}
    if question == ABUSE:
        return {"no": answers.abuse("none"), "yes": answers.abuse("any")}
    if question in (SENTIMENT, URGENCY):
        called = answers.sentiment if question == SENTIMENT else answers.urgency
        return {each: called(each) for each in corrections.ANSWERS[question]}
    if question == TOPIC:
        return dict(topics.of(request.workspace))
    return {"yes": _("about us"), "no": _("not about us")}


def _lesson(one: Lesson, names: dict[str, str], at: datetime) -> dict[str, Any]:
    return {
        "row": one.row,
        "answer": names.get(one.answer, one.answer),
        "text": showable(one_line(one.text, AN_EXCERPT)),
        "who": one.by_name,
        "ago": ago(one.at, at),
        "exact": exact(one.at),
        "left_out": one.left_out,
        "is_trial": one.number % EVERY == 0,
    }
