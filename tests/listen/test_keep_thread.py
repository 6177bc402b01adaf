"""Keeping a thread: what a worker brings that outlived its lease is not written over what is newer."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from gensvar.connectors.contract import Post
from gensvar.engine import leases
from gensvar.people.models import Workspace
from gensvar.process.listen import actions
from gensvar.process.listen.models import Mention, ThreadLoad
from gensvar.process.listen.tasks import LEASE
from tests import hearing

SECOND = timedelta(seconds=1)


@pytest.fixture
def said(nordpost: Workspace, at: datetime) -> Post:
    """A post whose thread is due."""
    post = hearing.post("post-1", "Paketet kom aldrig fram.", at)
    hearing.hear(hearing.channel(nordpost, at), post, at=at)
    return post


def taken(at: datetime) -> ThreadLoad:
    held = leases.take(ThreadLoad, ThreadLoad.objects.get().pk, at=at, lasting=LEASE)
    assert held is not None
    return held


def named(said: Post, name: str) -> list[Post]:
    return [replace(said, author=replace(said.author, name=name))]


def test_the_newer_name_of_the_author_stays(said: Post, at: datetime) -> None:
    late, newer = taken(at), taken(at + LEASE)
    actions.keep_thread(newer, named(said, "Eva Berg"), at=at + LEASE)
    actions.keep_thread(late, named(said, "Eva"), at=at + LEASE + SECOND)
    assert Mention.objects.get().author_name == "Eva Berg"
    assert ThreadLoad.objects.get().loaded_at == at + LEASE


def test_a_late_failure_says_nothing(said: Post, at: datetime) -> None:
    late, newer = taken(at), taken(at + LEASE)
    actions.keep_thread(newer, named(said, "Eva Berg"), at=at + LEASE)
    actions.thread_failed(late, "Bluesky did not answer.", at + LEASE + SECOND)
    load = ThreadLoad.objects.get()
    assert (load.trouble, load.due_at) == ("", None)


def test_a_thread_asked_for_anew_is_loaded_anew(said: Post, at: datetime) -> None:
    late = taken(at)
    actions.ask_for_threads([late.mention_id], at=at + SECOND)
    actions.keep_thread(late, named(said, "Eva"), at=at + SECOND)
    assert ThreadLoad.objects.get().due_at == at + SECOND
