"""Channels: where the desk listens, how well it hears, and where it may answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from asgiref.sync import async_to_sync
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gensvar.connectors import by_hand, registry
from gensvar.connectors.contract import Connector, ConnectorError, HandOff, Hears, fields, read
from gensvar.desk import rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.clocks import ago, hour, span
from gensvar.desk.empty import Empty
from gensvar.desk.gaps import shown
from gensvar.desk.marks import safe_address
from gensvar.engine import parts
from gensvar.kernel.clock import now
from gensvar.kernel.secrets import LostKey
from gensvar.kernel.text import showable
from gensvar.people.language import said
from gensvar.people.rules import Right
from gensvar.process.listen import actions, queries
from gensvar.process.listen.models import Channel, Source


class ConnectForm(forms.Form):
    """The questions that a connector asks, made from its settings."""

    def __init__(self, connector: Connector, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in fields(connector.settings):
            self.fields[one.name] = forms.CharField(
                label=one.label,
                help_text=one.help,
                required=one.required,
                initial=one.default,
                max_length=5000,
                widget=_widget(one.kind, secret=one.secret),
            )


def _widget(kind: str, *, secret: bool) -> forms.Widget:
    if secret:
        return forms.PasswordInput(attrs={"autocomplete": "off"})
    if kind == "lines":
        return forms.Textarea(attrs={"rows": 3})
    return forms.URLInput() if kind == "url" else forms.TextInput(attrs={"autocomplete": "off"})


class PasteForm(forms.Form):
    """What a person found by hand."""

    text = forms.CharField(max_length=20_000)
    author = forms.CharField(max_length=200, required=False)


@workspace_view(Right.SEE)
def channels(request: WorkspaceRequest) -> HttpResponse:
    """All channels with their health, and the networks that can be connected."""
    return _show(request, {})


@sensitive_post_parameters()
@workspace_view(Right.CONNECT)
def connect(request: WorkspaceRequest, key: str) -> HttpResponse:
    """Ask what a network needs, sign in there, and keep the account."""
    connector = registry.load().get(key)
    if connector is None:
        raise Http404
    form = ConnectForm(connector, request.POST or None)
    if request.method == "POST" and form.is_valid() and _connected(request, connector, form):
        return HttpResponseRedirect(reverse("channels", args=[request.workspace.slug]))
    here = reverse("connect", args=[request.workspace.slug, key])
    context = {
        "form": form,
        "form_title": _("Connect %(network)s") % {"network": connector.name},
        "form_about": connector.about,
        "form_url": here,
        "account_page": safe_address(connector.account_page),
        "back_url": reverse("channels", args=[request.workspace.slug]),
    }
    return _show(request, context, status=422 if form.errors else 200)


def _connected(request: WorkspaceRequest, connector: Connector, form: ConnectForm) -> bool:
    values = {name: str(value) for name, value in form.cleaned_data.items()}
    try:
        identity = async_to_sync(connector.connect)(read(connector.settings, values))
    except ConnectorError as error:
        form.add_error(None, said(error.why))
        return False
    channel = actions.add_channel(
        request.workspace, connector.key, values, identity, by=request.actor, at=now()
    )
    messages.success(
        request, _("%(name)s is connected. The desk listens there now.") % {"name": channel.name}
    )
    return True


@require_POST
@workspace_view(Right.CONNECT)
def remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Stop listening there and forget its secrets."""
    channel = _find(request, pk)
    actions.remove_channel(channel, by=request.actor, at=now())
    messages.success(request, _("%(name)s is disconnected. What was heard stays.") % {"name": channel.name})
    return HttpResponseRedirect(reverse("channels", args=[request.workspace.slug]))


@require_POST
@workspace_view(Right.SEE, change=Right.JUDGE)
def paste(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Take in a link or a text from a place that only people can read."""
    channel, form, at = _find(request, pk), PasteForm(request.POST), now()
    try:
        text, author = (
            (form.cleaned_data["text"], form.cleaned_data["author"]) if form.is_valid() else ("", "")
        )
        post = by_hand.paste(text, author=author, at=at, by=request.user.name)
        mention = actions.paste(channel, post, by=request.actor, at=at)
    except ConnectorError as error:
        messages.error(request, said(error.why))
        return HttpResponseRedirect(reverse("channels", args=[request.workspace.slug]))
    if mention.case_id is None:
        return HttpResponseRedirect(reverse("inbox", args=[request.workspace.slug, "now"]))
    return HttpResponseRedirect(reverse("case", args=[request.workspace.slug, mention.case_id]))


def _find(request: WorkspaceRequest, pk: int) -> Channel:
    return get_object_or_404(Channel, pk=pk, workspace=request.workspace, removed_at=None)


def _show(request: WorkspaceRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    at, may_connect = now(), request.actor.may(Right.CONNECT)
    rows = [_panel(channel, request, at) for channel in queries.channels(request.workspace.pk)]
    page: dict[str, Any] = {
        "channels": rows,
        "here_url": reverse("channels", args=[request.workspace.slug]),
        "asleep": _asleep(at),
        "offered": _offered(request.workspace.slug) if may_connect and not context else [],
        "nothing": Empty(
            "plug",
            _("No channel is connected"),
            _("Connect a network below. From then on the desk hears what is written there."),
        ),
    }
    return rail.show(request, "desk/channels.html", {**page, **context}, here="channels", status=status)


def _asleep(at: datetime) -> str:
    """The listener itself may be away: then no channel hears anything, however well it looks."""
    since = next((part.seen_at for part in parts.silent(at) if part.name == "listener"), None)
    if since is None:
        return ""
    words = _("The listener was last heard of %(ago)s. Nothing is heard until it runs: gensvar up.")
    return words % {"ago": ago(since, at)}


def _panel(channel: Channel, request: WorkspaceRequest, at: datetime) -> dict[str, Any]:
    slug, connector = request.workspace.slug, registry.load().get(channel.connector)
    sources, lost = _sources(channel, connector)
    trouble = channel.trouble or lost or next((said(source.why) for source in sources if source.why), "")
    heard_at = max((source.heard_at for source in sources if source.heard_at), default=None)
    gaps = shown(queries.gaps([source.name for source in sources], at), at)
    is_well = not any(source.trouble for source in sources)
    silent = next((source for source in sources if source.silent_since), None) if is_well else None
    facts = []
    if channel.handle and channel.handle != channel.name:
        facts.append({"name": _("Account"), "words": showable(channel.handle)})
    if connector and connector.find:
        facts.append({"name": _("Last heard"), "words": ago(heard_at, at) if heard_at else _("not yet")})
    facts.append({"name": _("Answers"), "words": _answers(connector)})
    if dropped := sum(source.dropped for source in sources):
        facts.append({"name": _("Not readable"), "words": _dropped(dropped)})
    state, tone, icon = _state(trouble, connector, heard_at, is_silent=silent is not None)
    return {
        "id": channel.pk,
        "name": showable(channel.name),
        "network": connector.name if connector else channel.connector,
        "state": state,
        "tone": tone,
        "icon": icon,
        "facts": facts,
        "trouble": _silence(silent, at) if silent else trouble,
        "gaps": gaps,
        "is_moving": any(gap.is_moving for gap in gaps),
        "paste_url": reverse("paste", args=[slug, channel.pk])
        if channel.connector == "by_hand" and request.actor.may(Right.JUDGE)
        else "",
        "remove_url": reverse("remove-channel", args=[slug, channel.pk])
        if request.actor.may(Right.CONNECT)
        else "",
        "renew_url": reverse("connect", args=[slug, channel.connector])
        if trouble and not silent and connector and request.actor.may(Right.CONNECT)
        else "",
    }


def _state(
    trouble: str, connector: Connector | None, heard_at: datetime | None, *, is_silent: bool
) -> tuple[str, str, str]:
    if is_silent:
        return _("silent"), "soon", "hourglass"
    if trouble:
        return _("in trouble"), "late", "triangle-alert"
    if connector and not connector.find:
        return _("by hand"), "", "hand"
    return (_("listening"), "good", "check") if heard_at else (_("starting"), "soon", "hourglass")


def _sources(channel: Channel, connector: Connector | None) -> tuple[Sequence[Source], str]:
    if connector is None:
        return [], _("This desk does not know this network any more.")
    try:
        account = actions.account(channel)
    except LostKey as error:
        return [], str(error)
    names = {find.source(account) for find in connector.find}
    return list(Source.objects.filter(name__in=names)), ""


def _answers(connector: Connector | None) -> str:
    if connector is None or connector.reply is None:
        return _("not from here")
    return _("by hand") if isinstance(connector.reply, HandOff) else _("in the thread")


def _dropped(number: int) -> str:
    """What came broken from a network is left out; people see that it was."""
    words = ngettext("%(number)s thing, left out", "%(number)s things, left out", number)
    return words % {"number": formats.number_format(number, force_grouping=True)}


def _silence(source: Source, at: datetime) -> str:
    """Since when nothing came, what is usual there, and what happens next."""
    since = source.silent_since or at
    usual = max(int((source.usual_gap or 0) // 60), 1)
    return _(
        "Nothing has come since %(since)s (%(ago)s). Usually something comes within %(usual)s."
        " The desk keeps listening, and what was said meanwhile is heard when the network speaks again."
    ) % {"since": hour(since, at), "ago": ago(since, at), "usual": span(usual)}


def _offered(slug: str) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "about": one.about,
            "can": _can(one),
            "url": reverse("connect", args=[slug, one.key]),
        }
        for one in registry.load().values()
        if one.offered
    ]


def _can(connector: Connector) -> list[dict[str, Any]]:
    everything = any(find.hears is Hears.EVERYTHING for find in connector.find)
    return [
        {"name": _("hears untagged posts"), "ok": everything},
        {"name": _("fetches what it missed"), "ok": any(find.backfill for find in connector.find)},
        {"name": _("loads threads"), "ok": connector.thread is not None},
        {
            "name": _("answers in the thread"),
            "ok": connector.reply is not None and not isinstance(connector.reply, HandOff),
        },
        {"name": _("private messages"), "ok": connector.private is not None},
    ]
