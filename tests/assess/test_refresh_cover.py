"""The cover of the dossier shows the opening post as it is known now."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from gensvar.connectors.contract import Author, Edited
from gensvar.people.models import Workspace
from gensvar.process.case.models import Case
from gensvar.process.listen.actions import keep_thread
from gensvar.process.listen.models import Channel, ThreadLoad
from tests.hearing import EVA, answer, hear, post
from tests.process_cast import MINUTE

IN_THREAD: dict[str, Any] = {"root_id": "root-1", "parent_id": "root-1"}


def test_an_edit_shows(channel: Channel, at: datetime) -> None:
    hear(channel, post("post-1", "Nordpost är bäst", at), at=at)
    hear(channel, Edited(post("post-1", "Nordpost är sämst", at, revision="2")), at=at + MINUTE)
    assert Case.objects.get().excerpt == "Nordpost är sämst"


def test_an_author_who_became_known_shows(channel: Channel, nordpost: Workspace, at: datetime) -> None:
    said = post("post-1", "Nordpost!", at, author=Author("did:plc:eva"))
    hear(channel, said, at=at)
    assert Case.objects.get().author == "did:plc:eva"
    keep_thread(ThreadLoad.objects.get(), [replace(said, author=EVA)], at=at + MINUTE)
    assert (Case.objects.get().author_name, Case.objects.get().author_handle) == ("Eva Lind", "eva.example")


def test_a_second_post_does_not_take_the_cover(channel: Channel, at: datetime) -> None:
    hear(channel, post("post-1", "Nordpost, första", at, **IN_THREAD), at=at)
    hear(channel, post("post-2", "Nordpost, andra", at, **IN_THREAD), at=at)
    hear(channel, Edited(post("post-2", "Nordpost, ändrad", at, revision="2", **IN_THREAD)), at=at)
    assert Case.objects.get().excerpt == "Nordpost, första"


def test_an_answer_does_not_take_the_cover(channel: Channel, at: datetime) -> None:
    first = post("post-1", "Nordpost, första", at)
    hear(channel, first, at=at)
    hear(channel, answer("post-2", "Och en sak till", at, first), at=at)
    hear(channel, Edited(answer("post-2", "Glöm det", at, first, revision="2")), at=at)
    assert Case.objects.get().excerpt == "Nordpost, första"
