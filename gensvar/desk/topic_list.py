"""The topics of complaints: the workspace's own list, and groups of complaints that fit none of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gensvar.desk import rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.rows import Choice
from gensvar.kernel.clock import now
from gensvar.kernel.text import one_line, showable
from gensvar.people.rules import Right
from gensvar.process.assess import takers, topics
from gensvar.process.case.actions import NotNow
from gensvar.process.listen.models import Mention

EXAMPLES = 3
AN_EXCERPT = 110


@require_http_methods(["GET", "HEAD", "POST"])
@workspace_view(Right.SEE, change=Right.ADMINISTER)
def topic_list(request: WorkspaceRequest) -> HttpResponse:
    """The page, and what its buttons do."""
    status = 200
    if request.method == "POST":
        try:
            _press(request)
            messages.success(request, _("Kept."))
            return HttpResponseRedirect(request.path)
        except NotNow as error:
            messages.error(request, str(error))
            status = 422
    return rail.show(request, "desk/topic_list.html", _page(request), here="settings", status=status)


@require_POST
@workspace_view(Right.WATCH)
def taker(request: WorkspaceRequest) -> HttpResponse:
    """Say who takes complaints about a topic."""
    topic, who = request.POST.get("topic", ""), request.POST.get("who", "")
    try:
        takers.name(request.workspace, topic, who, by=request.actor, at=now())
    except NotNow as error:
        messages.error(request, str(error))
        return rail.show(request, "desk/topic_list.html", _page(request), here="settings", status=422)
    messages.success(request, _("Kept. It holds for cases whose topic is said from now on."))
    return HttpResponseRedirect(reverse("topics", args=[request.workspace.slug]))


def _page(request: WorkspaceRequest) -> dict[str, Any]:
    who_can = takers.offered(request.workspace)
    called, taken = dict(who_can), takers.of(request.workspace)
    return {
        "may_change": request.actor.may(Right.ADMINISTER),
        "may_name": request.actor.may(Right.WATCH),
        "takers_url": reverse("topic-taker", args=[request.workspace.slug]),
        "who_can": [Choice(who, showable(name)) for who, name in who_can],
        "topics": [
            {"code": code, "name": showable(name), "taker": showable(called.get(taken.get(code, ""), ""))}
            for code, name in topics.of(request.workspace)
        ],
        "longest": topics.LONGEST_NAME,
        "groups": [
            {
                "name": name,
                "number": len(posts),
                "posts": [_post(post, request.workspace.slug) for post in posts[:EXAMPLES]],
            }
            for name, posts in topics.proposed(request.workspace)
        ],
    }


def _post(row: Mention, slug: str) -> dict[str, str]:
    return {
        "text": showable(one_line(row.words, AN_EXCERPT)),
        "url": reverse("case", args=[slug, row.case_id]),
    }


def _press(request: WorkspaceRequest) -> None:
    """Do what the button says; raises NotNow."""
    said, workspace, by, at = request.POST, request.workspace, request.actor, now()
    do, code, name = said.get("do", ""), said.get("code", ""), said.get("name", "")
    if do == "rename":
        topics.rename(workspace, code, name, by=by, at=at)
    elif do == "remove":
        topics.remove(workspace, code, by=by, at=at)
    elif do == "shipped":
        topics.put_back(workspace, by=by, at=at)
    elif do == "dismiss":
        topics.dismiss(workspace, said.get("group", ""), by=by, at=at)
    else:
        topics.add(workspace, name, by=by, at=at)
