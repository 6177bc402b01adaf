"""The one door of all workspace screens: who is this, may they come in here, and as whom do they act.

A stranger is told that the page does not exist, so that no one learns which companies work here; a member
without the right is told so in a sentence.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, Concatenate, cast, overload
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from gensvar.people.actor import Actor, NotYours
from gensvar.people.models import Membership, User, Workspace
from gensvar.people.rules import Right

READING = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


class PersonRequest(HttpRequest):
    """A request of someone who is signed in."""

    user: User
    htmx: HtmxDetails


class WorkspaceRequest(PersonRequest):
    """A request of a member, in one of their workspaces."""

    membership: Membership
    workspace: Workspace
    actor: Actor


SyncView = Callable[..., HttpResponseBase]
AsyncView = Callable[..., Awaitable[HttpResponseBase]]


class _Door:
    """Decorates a view under `/w/<slug>/`; the view gets no `slug`, since `request.workspace` says it."""

    def __init__(self, right: Right, change: Right) -> None:
        self.right, self.change = right, change

    @overload
    def __call__[**P](
        self, view: Callable[Concatenate[WorkspaceRequest, P], HttpResponseBase]
    ) -> SyncView: ...
    @overload
    def __call__[**P](
        self, view: Callable[Concatenate[WorkspaceRequest, P], Awaitable[HttpResponseBase]]
    ) -> AsyncView: ...
    def __call__(self, view: Callable[..., Any]) -> Callable[..., Any]:
        wrapped = self._for_async(view) if iscoroutinefunction(view) else self._for_sync(view)
        wrapped.needs = (self.right, self.change)  # type: ignore[attr-defined]
        return wrapped

    def _for_sync(self, view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def enter(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return to_sign_in(request)
            membership = _memberships(request.user, slug).first()
            inside = self._let_in(request, request.user, membership)
            with in_their_words(request.user), _sentences():
                return _in_language(view(inside, *args, **kwargs))

        return enter

    def _for_async(self, view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        async def enter(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = await request.auser()
            if not isinstance(user, User):
                return to_sign_in(request)
            membership = await _memberships(user, slug).afirst()
            inside = self._let_in(request, user, membership)
            with in_their_words(user), _sentences():
                return _in_language(await view(inside, *args, **kwargs))

        return enter

    def _let_in(self, request: HttpRequest, user: User, membership: Membership | None) -> WorkspaceRequest:
        if membership is None:
            raise Http404
        membership.user = user
        inside = cast(WorkspaceRequest, request)
        inside.user = user
        inside.membership, inside.workspace, inside.actor = (
            membership,
            membership.workspace,
            membership.actor(),
        )
        right = self.right if request.method in READING else self.change
        if not inside.actor.may(right):
            with in_their_words(user):
                raise PermissionDenied(not_yours(membership))
        return inside


def workspace_view(right: Right, *, change: Right | None = None) -> _Door:
    """Let in members who have `right`; whoever sends a form needs `change` (the same when absent).

    Strangers get 404, members without the right 403 with a sentence, the signed-out the sign-in page.
    The route must be `w/<slug:slug>/…`; works for plain and for async views.
    """
    return _Door(right, change or right)


def person_view[**P](view: Callable[Concatenate[PersonRequest, P], HttpResponseBase]) -> SyncView:
    """Let in whoever is signed in, for pages that belong to a person and not to a workspace."""

    @wraps(view)
    def enter(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return to_sign_in(request)
        with in_their_words(request.user), _sentences():
            return _in_language(view(cast(PersonRequest, request), *args, **kwargs))

    return enter


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page and back; a page that asks by script goes there as a whole."""
    back = request.get_full_path() if request.method in READING else "/"
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    if htmx:
        back = htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")


@contextmanager
def in_their_words(user: User) -> Iterator[None]:
    """Speak the language of `user` and tell the time of their zone; what is not known stays as it is."""
    language = user.language or translation.get_language()
    with translation.override(language), timezone.override(_zone(user.time_zone)):
        yield


def not_yours(membership: Membership) -> str:
    """What a member reads who may see the workspace but not do this."""
    return _(
        "Your role here is %(role)s, and that does not include this. Nothing was changed. "
        "An administrator of %(workspace)s can give you another role."
    ) % {"role": membership.get_role_display(), "workspace": membership.workspace.name}


def _memberships(user: User, slug: str) -> Any:
    mine = Membership.objects.filter(user=user, workspace__slug=slug, left_at=None)
    return mine.select_related("workspace")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn what an action refused into a 403 with its sentence."""
    try:
        yield
    except NotYours as error:
        raise PermissionDenied(str(error)) from error


def _in_language(response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Content-Language", translation.get_language() or "en")
    return response
