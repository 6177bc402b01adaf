"""Writing a reply: begin, save as it is typed, ask for second eyes, approve, undo, post by hand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gensvar.desk.access import SyncView, WorkspaceRequest, workspace_view
from gensvar.desk.case import answer
from gensvar.desk.case import find as find_case
from gensvar.desk.clocks import hour
from gensvar.desk.composer import PROMISES
from gensvar.desk.composer import draft as draft_of
from gensvar.kernel.clock import now
from gensvar.people.models import Membership, User
from gensvar.people.rules import Right
from gensvar.process.respond import actions
from gensvar.process.respond.actions import NewerDraft
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose
from gensvar.reading.reply.tables import LANGUAGES

Do = Callable[[WorkspaceRequest, Reply], str]


def find(request: WorkspaceRequest, pk: int) -> Reply:
    """The reply numbered `pk` of this workspace; 404 for any other."""
    rows = Reply.objects.select_related("case", "channel", "mention", "written_by")
    return get_object_or_404(rows, pk=pk, case__workspace=request.workspace)


@require_POST
@workspace_view(Right.SEE, change=Right.WRITE)
def start(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Begin a reply, or go on with the one that is under way; the cursor goes into it."""
    wanted = request.POST.get("purpose", "")
    purpose = Purpose(wanted) if wanted in Purpose else Purpose.ANSWER
    try:
        actions.start(find_case(request, pk), purpose, by=request.actor, at=now())
    except ValueError as error:
        return answer(request, pk, trouble=str(error))
    return answer(request, pk, begun=True)


def changes_reply(right: Right) -> Callable[[Do], SyncView]:
    """A button of the composer: does its work, and shows the case as it is afterwards."""

    def decorate(do: Do) -> SyncView:
        @wraps(do)
        def press(request: WorkspaceRequest, pk: int) -> HttpResponse:
            reply = find(request, pk)
            try:
                words = do(request, reply)
            except ValueError as error:
                return answer(request, reply.case_id, trouble=str(error))
            if words:
                messages.success(request, words)
            return answer(request, reply.case_id)

        return require_POST(workspace_view(Right.SEE, change=right)(press))

    return decorate


@require_POST
@workspace_view(Right.SEE, change=Right.WRITE)
def save(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Keep the draft as typed; `then` says what the pressed button wants after that."""
    reply = find(request, pk)
    if request.headers.get("HX-Trigger") in ("reply", "language"):
        return _save_as_typed(request, reply)
    try:
        words = _save_then(request, reply)
    except NewerDraft as error:
        return answer(request, reply.case_id, trouble=_newer(error))
    except ValueError as error:
        return answer(request, reply.case_id, trouble=str(error))
    if words:
        messages.success(request, words)
    return answer(request, reply.case_id)


def _save_then(request: WorkspaceRequest, reply: Reply) -> str:
    at, then = now(), request.POST.get("then", "save")
    text = request.POST.get("text", reply.text).replace("\r\n", "\n")
    was_changed = (text, _language(request, reply)) != (reply.text, reply.language)
    if was_changed:
        reply = _kept(request, reply, text, at)
    if then == "ask":
        of = _colleague(request)
        actions.ask_review(reply, of=of, by=request.actor, at=at)
        return _("Asked %(name)s for second eyes.") % {"name": of.name if of else _("whoever may approve")}
    if then == "approve":
        version = reply.version if was_changed else _version(request, reply)
        actions.approve(reply, version=version, promised_at=_promise(request, at), by=request.actor, at=at)
        return ""
    return _("Saved.")


def _save_as_typed(request: WorkspaceRequest, reply: Reply) -> HttpResponse:
    """Keep the text, and give back the small parts that tell of it; the text itself stays as it is typed."""
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        reply = _kept(request, reply, text, now())
    except NewerDraft as error:
        return render(request, "desk/parts/saved.html", {"saved": _newer(error)}, status=409)
    except ValueError as error:
        return render(request, "desk/parts/saved.html", {"saved": str(error)}, status=422)
    draft = draft_of(request, reply.case, reply, now())
    return render(request, "desk/parts/saved.html", {"saved": draft.saved, "draft": draft})


def _kept(request: WorkspaceRequest, reply: Reply, text: str, at: datetime) -> Reply:
    language, version = _language(request, reply), _version(request, reply)
    return actions.save_draft(reply, text, version=version, language=language, by=request.actor, at=at)


def _language(request: WorkspaceRequest, reply: Reply) -> str:
    wanted = request.POST.get("language", "")
    return wanted if wanted in LANGUAGES else reply.language


def _newer(error: NewerDraft) -> str:
    by = error.reply.written_by.name if error.reply.written_by else _("A colleague")
    return _(
        "%(name)s changed this draft at %(time)s. Your words are kept in this browser; copy what you need, "
        "then reload the case."
    ) % {"name": by, "time": hour(error.reply.changed_at, now())}


def _version(request: WorkspaceRequest, reply: Reply) -> int:
    """The version that this text follows. One's own newer version is followed too: its answer got lost."""
    version = request.POST.get("version", "")
    known = int(version) if version.isdecimal() and len(version) < 10 else -1
    is_own = reply.written_by_id == request.user.pk and 0 <= known < reply.version
    return reply.version if is_own else known


def _colleague(request: WorkspaceRequest) -> User | None:
    wanted = request.POST.get("of", "")
    if not wanted.isdecimal():
        return None
    members = Membership.objects.filter(workspace=request.workspace, left_at=None).select_related("user")
    return get_object_or_404(members, user_id=int(wanted)).user


def _promise(request: WorkspaceRequest, at: datetime) -> datetime | None:
    minutes = request.POST.get("promise", "")
    return at + timedelta(minutes=int(minutes)) if minutes.isdecimal() and int(minutes) in PROMISES else None


@changes_reply(Right.WRITE)
def back(request: WorkspaceRequest, reply: Reply) -> str:
    """Give the draft back to its writer with what should be better."""
    actions.send_back(reply, request.POST.get("comment", ""), by=request.actor, at=now())
    return _("Given back.")


@changes_reply(Right.WRITE)
def undo(request: WorkspaceRequest, reply: Reply) -> str:
    """Take the reply back into a draft."""
    actions.undo(reply, by=request.actor, at=now())
    return (
        _("Taken back. Nothing was posted.")
        if reply.state == Reply.State.APPROVED
        else _("It is a draft again.")
    )


@changes_reply(Right.WRITE)
def drop(request: WorkspaceRequest, reply: Reply) -> str:
    """Give the draft up."""
    actions.drop(reply, by=request.actor, at=now())
    return _("The draft is dropped.")


@changes_reply(Right.WRITE)
def posted(request: WorkspaceRequest, reply: Reply) -> str:
    """A person says that it stands in the thread, and gives the link."""
    actions.posted_by_hand(reply, request.POST.get("url", "").strip(), by=request.actor, at=now())
    return ""
