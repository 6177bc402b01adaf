"""The case page, and what can be done with a case apart from answering."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gensvar.desk import rail
from gensvar.desk.access import SyncView, WorkspaceRequest, workspace_view
from gensvar.desk.dossier import dossier
from gensvar.kernel.clock import now
from gensvar.people.models import Membership
from gensvar.people.rules import Right
from gensvar.process.assess import actions as assess
from gensvar.process.assess import corrections, relevance, topics
from gensvar.process.case import actions
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind, Outcome, Step
from gensvar.process.rejoin import actions as rejoin
from gensvar.process.solve import actions as solve
from gensvar.process.solve.models import Note, Settlement

Do = Callable[[WorkspaceRequest, Case], str]
"""What one button does; returns the sentence that says so ("" = the page shows it well enough)."""


def find(request: WorkspaceRequest, pk: int) -> Case:
    """The case numbered `pk` of this workspace; 404 for any other."""
    return get_object_or_404(
        Case.objects.select_related("owner", "workspace"), pk=pk, workspace=request.workspace
    )


@require_GET
@workspace_view(Right.SEE)
def case(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """One case: the whole page, or only itself for the reading pane and for a live page."""
    found = find(request, pk)
    if request.htmx or "X-Live" in request.headers:
        return fragment(request, found)
    return rail.show(request, "desk/case.html", dossier(request, found, now()))


def fragment(
    request: WorkspaceRequest, found: Case, *, status: int = 200, begun: bool = False
) -> HttpResponse:
    """The case without the frame, with what the desk has to say; `begun`: the reply wants the cursor."""
    context = {**dossier(request, found, now()), "oob": True, "begun": begun}
    response = render(request, "desk/parts/case.html", context, status=status)
    response["Vary"] = "HX-Request, X-Live"
    return response


def answer(request: WorkspaceRequest, pk: int, *, trouble: str = "", begun: bool = False) -> HttpResponse:
    """What follows a form: the case as it is now, and the sentence of what was wrong."""
    if trouble:
        messages.error(request, trouble)
    if request.htmx:
        return fragment(request, find(request, pk), status=422 if trouble else 200, begun=begun)
    return HttpResponseRedirect(reverse("case", args=[request.workspace.slug, pk]))


def changes_case(right: Right) -> Callable[[Do], SyncView]:
    """A button on the case page: does its work, and shows the case as it is afterwards."""

    def decorate(do: Do) -> SyncView:
        @wraps(do)
        def press(request: WorkspaceRequest, pk: int) -> HttpResponse:
            try:
                words = do(request, find(request, pk))
            except ValueError as error:
                return answer(request, pk, trouble=str(error))
            if words:
                messages.success(request, words)
            return answer(request, pk)

        return require_POST(workspace_view(Right.SEE, change=right)(press))

    return decorate


@changes_case(Right.JUDGE)
def judge(request: WorkspaceRequest, found: Case) -> str:
    """Say what the post is, that it is abusive, which tone it has, how urgent it is."""
    said, at = request.POST.get("kind", ""), now()
    if said == "as-read":
        assess.confirm(found, by=request.actor, at=at)
    elif said in Kind:
        assess.judge(found, Kind(said), by=request.actor, at=at)
    elif (abusive := request.POST.get("abusive")) in ("yes", "no"):
        assess.judge_abuse(found, abusive=abusive == "yes", by=request.actor, at=at)
    elif question := next((each for each in corrections.ANSWERS if each in request.POST), ""):
        corrections.correct(found, question, request.POST[question], by=request.actor, at=at)
    else:
        raise actions.NotNow(_("Choose one of the five kinds."))
    return ""


@changes_case(Right.JUDGE)
def about(request: WorkspaceRequest, found: Case) -> str:
    """Say that the post is not about us."""
    relevance.correct(found, by=request.actor, at=now())
    return _("Closed: it is not about us. Open it again to take that back.")


@changes_case(Right.JUDGE)
def topic(request: WorkspaceRequest, found: Case) -> str:
    """Say what the complaint is about."""
    topics.say(found, request.POST.get("topic", ""), by=request.actor, at=now())
    return ""


@changes_case(Right.JUDGE)
def take(request: WorkspaceRequest, found: Case) -> str:
    """Give the case to a colleague, to oneself, or to nobody."""
    wanted = request.POST.get("owner", "")
    member = None
    if wanted:
        members = Membership.objects.filter(workspace=request.workspace, left_at=None).select_related("user")
        member = get_object_or_404(members, user_id=int(wanted) if wanted.isdecimal() else 0)
    actions.take(found, member.user if member else None, by=request.actor, at=now())
    return ""


@changes_case(Right.WRITE)
def understand(request: WorkspaceRequest, found: Case) -> str:
    """Write down the real problem and what could be done."""
    problem, remedy = request.POST.get("problem", ""), request.POST.get("remedy", "")
    actions.understand(found, problem=problem, remedy=remedy, by=request.actor, at=now())
    return _("Kept.")


@changes_case(Right.WRITE)
def note(request: WorkspaceRequest, found: Case) -> str:
    """Keep what was said in private."""
    way = request.POST.get("way", "")
    chosen = way if way in Note.Way.values else Note.Way.REMARK.value
    solve.note(found, request.POST.get("text", ""), way=chosen, by=request.actor, at=now())
    return ""


@changes_case(Right.JUDGE)
def private(request: WorkspaceRequest, found: Case) -> str:
    """The talk goes on in private."""
    solve.move_to_private(found, by=request.actor, at=now())
    return ""


@changes_case(Right.JUDGE)
def settle(request: WorkspaceRequest, found: Case) -> str:
    """Record how it was put right."""
    form = request.POST.get("form", "")
    chosen = form if form in Settlement.Form.values else Settlement.Form.HELP.value
    words, cost = request.POST.get("solution", ""), _cost(request.POST.get("cost", ""))
    solve.settle(found, words, form=chosen, cost=cost, by=request.actor, at=now())
    return ""


def _cost(words: str) -> Decimal | None:
    if not words.strip():
        return None
    try:
        cost = Decimal(words.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        cost = Decimal(-1)
    if not cost.is_finite() or not 0 <= cost < 10_000_000:
        raise solve.Empty(_("Write the cost as a number, for example 49.90. Nothing was settled yet."))
    return cost


@changes_case(Right.JUDGE)
def end(request: WorkspaceRequest, found: Case) -> str:
    """Close the case with the outcome that is true."""
    if request.POST.get("outcome") not in Outcome:
        raise actions.NotNow(_("Choose how it ended."))
    outcome = Outcome(request.POST["outcome"])
    if found.step in (Step.FOLLOW.value, Step.CONCLUDE.value):
        rejoin.conclude(found, outcome, by=request.actor, at=now())
    else:
        actions.close(found, outcome, by=request.actor, at=now())
    return ""


@changes_case(Right.JUDGE)
def reopen(request: WorkspaceRequest, found: Case) -> str:
    """Take a closed case up again."""
    actions.reopen(found, by=request.actor, at=now())
    return ""


@require_POST
@workspace_view(Right.SEE)
def here(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """A page says that it is open (looking, writing), or that it closes (away)."""
    found, how = find(request, pk), request.POST.get("how")
    if how == "away":
        actions.leave(found, request.user, at=now())
    else:
        actions.be_present(found, request.user, is_writing=how == "writing", at=now())
    return HttpResponse(status=204)
