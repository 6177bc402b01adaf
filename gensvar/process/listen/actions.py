"""Connecting channels, keeping watches, pasting by hand, and knowing authors and threads better."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from gensvar.connectors import registry
from gensvar.connectors.contract import Account, Identity, Post, fields, read
from gensvar.engine import leases
from gensvar.kernel import secrets
from gensvar.people.actor import Actor, machine
from gensvar.people.language import said
from gensvar.people.models import Workspace
from gensvar.people.rules import Right
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record, record_many
from gensvar.process.case.models import Case
from gensvar.process.listen import folding, mentions, queries, rules
from gensvar.process.listen.models import Channel, Mention, ThreadLoad, Watch
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.query import parse

type Boxes = Mapping[str, Sequence[str]]
"""Words of a watch by the box of the form in which they were written."""


@transaction.atomic
def add_watch(
    workspace: Workspace,
    *,
    name: str,
    query: str,
    kind: str = "brand",
    languages: Sequence[str] = LANGUAGES,
    boxes: Boxes | None = None,
    by: Actor,
    at: datetime,
) -> Watch:
    """Listen for `query` from now on; raises `reading.query.BadQuery` when it cannot be read."""
    by.need(Right.WATCH, workspace.pk)
    watch = Watch(workspace=workspace, boxes=boxes or {}, created_at=at)
    _set_watch(watch, name=name, query=query, kind=kind, languages=languages)
    _watch_changed(watch, None, by, at)
    return watch


@transaction.atomic
def change_watch(
    watch: Watch,
    *,
    name: str,
    query: str,
    kind: str,
    languages: Sequence[str],
    boxes: Boxes | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Give the watch another query; what it found before stays. `boxes`: None leaves them as they are."""
    by.need(Right.WATCH, watch.workspace_id)
    before = watch_values(watch)
    watch.boxes = watch.boxes if boxes is None else boxes
    _set_watch(watch, name=name, query=query, kind=kind, languages=languages)
    _watch_changed(watch, before, by, at)


@transaction.atomic
def pause_watch(watch: Watch, *, paused: bool, by: Actor, at: datetime) -> None:
    """Stop listening for it, or begin again."""
    by.need(Right.WATCH, watch.workspace_id)
    before = watch_values(watch)
    watch.paused_at = at if paused else None
    _watch_changed(watch, before, by, at)


@transaction.atomic
def undo_watch(watch: Watch, change: int, *, by: Actor, at: datetime) -> bool:
    """Make the watch what it was before `change`; False when that is not its newest change (any more).

    Taking back is a change itself: done twice, the watch is as it was.
    """
    by.need(Right.WATCH, watch.workspace_id)
    if watch.change is None or watch.change.pk != change or not watch.change.data.get("before"):
        return False
    past, before = dict(watch.change.data["before"]), watch_values(watch)
    watch.paused_at = at if past.pop("paused") else None
    _set_watch(watch, **past)
    _watch_changed(watch, before, by, at)
    return True


def watch_values(watch: Watch) -> dict[str, Any]:
    """What a change can change, as the journal keeps it."""
    return {
        "name": watch.name,
        "query": watch.query,
        "kind": watch.kind,
        "languages": watch.languages,
        "paused": watch.paused_at is not None,
    }


def _set_watch(watch: Watch, *, name: str, query: str, kind: str, languages: Sequence[str]) -> None:
    parse(query)
    watch.name, watch.query, watch.kind = name.strip()[:120], query.strip(), kind
    watch.languages = rules.known_languages(languages)


def _watch_changed(watch: Watch, before: dict[str, Any] | None, by: Actor, at: datetime) -> None:
    """Store it, and write the line of the journal that can take the change back."""
    after = watch_values(watch)
    if after == before:
        return
    watch.changed_at = at
    watch.save()
    _rename_on_covers(watch, before)
    told = {"watch": watch.pk, "name": watch.name, "before": before, "after": after}
    watch.change = record(Happened.WATCH_CHANGED, by=by, at=at, data=told)
    watch.save(update_fields=["change"])


def _rename_on_covers(watch: Watch, before: dict[str, Any] | None) -> None:
    """The covers of its cases say what it is called now."""
    if before and (before["name"], before["kind"]) != (watch.name, watch.kind):
        cases = watch.mentions.filter(part=Mention.Part.FOUND).values("case")
        Case.objects.filter(pk__in=cases).update(about=watch.kind, watch_name=watch.name)


@transaction.atomic
def add_channel(
    workspace: Workspace,
    connector: str,
    values: dict[str, str],
    identity: Identity,
    *,
    by: Actor,
    at: datetime,
) -> Channel:
    """Keep a connected account; secrets are locked with the desk's key. Connecting it again renews it."""
    by.need(Right.CONNECT, workspace.pk)
    known = registry.get(connector)
    secret = {field.name for field in fields(known.settings) if field.secret}
    open_values = {name: value for name, value in values.items() if name not in secret}
    locked = secrets.lock(json.dumps({name: values.get(name, "") for name in secret}), settings.SECRET_KEY)
    channel, _ = Channel.objects.update_or_create(
        workspace=workspace,
        connector=connector,
        native_id=identity.native_id[:500],
        removed_at=None,
        defaults={
            "name": (identity.name or identity.handle or known.name)[:120],
            "settings": open_values,
            "locked": locked,
            "handle": identity.handle[:300],
            "url": identity.url[:2000],
            "connected_at": at,
            "trouble": "",
        },
    )
    record(Happened.CHANNEL_CONNECTED, by=by, at=at, data={"channel": channel.pk, "name": channel.name})
    return channel


@transaction.atomic
def remove_channel(channel: Channel, *, by: Actor, at: datetime) -> None:
    """Stop listening there and forget its secrets; what was heard stays."""
    by.need(Right.CONNECT, channel.workspace_id)
    channel.removed_at, channel.locked = at, ""
    channel.save(update_fields=["removed_at", "locked"])
    record(Happened.CHANNEL_REMOVED, by=by, at=at, data={"channel": channel.pk, "name": channel.name})


@transaction.atomic
def say_trouble(channel: Channel, why: str, *, at: datetime) -> None:
    """Note what keeps the channel from working ("" = it works again), in the language of its workspace."""
    with translation.override(channel.workspace.language):
        why = said(why)
    if channel.trouble == why:
        return
    channel.trouble = why
    channel.save(update_fields=["trouble"])
    record(
        Happened.CHANNEL_TROUBLED,
        by=machine(channel.workspace_id),
        at=at,
        data={"channel": channel.pk, "why": why},
    )


def account(channel: Channel) -> Account:
    """The channel as its connector wants it, with secrets in the clear; raises `kernel.secrets.LostKey`."""
    connector = registry.get(channel.connector)
    hidden: dict[str, Any] = (
        json.loads(secrets.unlock(channel.locked, settings.SECRET_KEY)) if channel.locked else {}
    )
    identity = Identity(channel.native_id, channel.handle, channel.name, channel.url)
    return Account(read(connector.settings, {**channel.settings, **hidden}), identity)


@transaction.atomic
def paste(channel: Channel, post: Post, *, by: Actor, at: datetime) -> Mention:
    """Take in what a person found by hand; the same thing pasted twice is the same mention."""
    by.need(Right.JUDGE, channel.workspace_id)
    known = Mention.objects.filter(
        workspace=channel.workspace_id, network=channel.connector, native_id=post.native_id
    ).first()
    if known:
        return known
    row = mentions.mention(post, channel, at=at)
    row.save()
    mentions.revision(post, row, at=at).save()
    record(Happened.MENTION_FOUND, by=by, at=at, data={"mention": row.pk})
    row.refresh_from_db()
    return row


@transaction.atomic
def take_up(mention: Mention, *, by: Actor, at: datetime) -> None:
    """Say that what was only watched concerns us: from here on it goes the way of every found post.

    Done twice, or by two people at once, it is done once.
    """
    by.need(Right.JUDGE, mention.workspace_id)
    Mention.objects.select_for_update().get(pk=mention.pk)
    mention.refresh_from_db(fields=["case"])
    if mention.case_id is None and mention.part == Mention.Part.FOUND:
        record(Happened.MENTION_FOUND, by=by, at=at, data={"mention": mention.pk})
        mention.refresh_from_db(fields=["case"])
        folding.count([mention], at=at)


@transaction.atomic
def ask_for_threads(mention_ids: Sequence[int], *, at: datetime) -> list[ThreadLoad]:
    """Let the threads around these mentions be loaded as soon as somebody has time."""
    return ThreadLoad.objects.bulk_create(
        [ThreadLoad(mention_id=pk, due_at=at, rung_at=at) for pk in mention_ids],
        update_conflicts=True,
        unique_fields=["mention"],
        update_fields=["due_at", "lease_until", "rung_at", "attempts"],
    )


@transaction.atomic
def keep_thread(load: ThreadLoad, posts: Sequence[Post], *, at: datetime) -> None:
    """Store what stands around a mention; authors become known, new answers become part of the case.

    Nothing is stored for a worker that outlived its lease: another has loaded the thread since, or will.
    """
    if not leases.finish(load, loaded_at=at, trouble=""):
        return
    mention = load.mention
    channel, case = mention.channel, mention.case
    rows = {
        row.native_id: row
        for row in Mention.objects.filter(
            workspace_id=mention.workspace_id,
            network=mention.network,
            native_id__in=[post.native_id for post in posts],
        )
    }
    for post in posts:
        if post.native_id in rows:
            _know_author(rows[post.native_id], post)
        else:
            rows[post.native_id] = _keep_context(post, channel, case, at)
    if rules.is_begun_by_us(mention.root_id, channel.native_id, posts):
        Mention.objects.filter(pk__in=[mention.pk, *(row.pk for row in rows.values())]).exclude(
            root_id=""
        ).update(own_channel=True)
    mention.refresh_from_db()
    record(
        Happened.AUTHOR_KNOWN,
        by=machine(mention.workspace_id),
        at=at,
        case=case,
        data={"mention": mention.pk},
    )


def _know_author(row: Mention, post: Post) -> None:
    changes = {name: value for name, value in mentions.author(post).items() if getattr(row, name) != value}
    if not row.root_revision and post.root_revision:
        changes["root_revision"] = post.root_revision
    if not row.url and post.url:
        changes["url"] = mentions.wording(post)["url"]
    for name, value in changes.items():
        setattr(row, name, value)
    if changes:
        row.save(update_fields=list(changes))


def _keep_context(post: Post, channel: Channel, case: Case | None, at: datetime) -> Mention:
    row = mentions.mention(post, channel, at=at)
    row.case = case
    is_ours = post.author.native_id in queries.own_ids(channel)
    is_author = case is not None and post.author.native_id == case.author_id
    is_later = case is not None and row.posted_at > case.clock_started_at
    row.part = "ours" if is_ours else "answer" if is_author and is_later else "context"
    row.save()
    mentions.revision(post, row, at=at).save()
    if row.part == "answer":
        record_many(
            Happened.AUTHOR_ANSWERED, [(case, {"mention": row.pk})], by=machine(row.workspace_id), at=at
        )
    return row


@transaction.atomic
def thread_failed(load: ThreadLoad, why: str, again_at: datetime | None) -> None:
    """Note why the thread could not be loaded, and when it is tried again (None: not any more)."""
    with translation.override(load.mention.workspace.language):
        leases.finish(load, trouble=said(why), due_at=again_at)
