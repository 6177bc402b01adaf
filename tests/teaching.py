"""Posts and corrections in number: a desk that has been taught."""

from datetime import datetime, timedelta

from gensvar.people.actor import Actor, machine
from gensvar.process.assess import actions, corrections, relevance
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
from gensvar.process.listen import mentions
from gensvar.process.listen.models import Channel, Mention, Watch
from tests.hearing import post
from tests.judging import Scripted, seated, verdict

SOAKED = "Paketet var genomblött igen, nummer {}."
SUNNY = "Gick förbi i solen vid torget, nummer {}."
HOTEL = "Hotellet Nordpost har fin frukost, nummer {}."
SAYS = {"": verdict("other", 0.7)}
"""A shipped model that calls everything other."""


def watch(channel: Channel, at: datetime) -> Watch:
    """What these posts are found by."""
    found, _ = Watch.objects.get_or_create(
        workspace=channel.workspace,
        name="Nordpost",
        defaults={"query": "Nordpost", "created_at": at, "changed_at": at},
    )
    return found


def heard(
    channel: Channel, text: str, at: datetime, name: str, *, says: object = None, **more: object
) -> Mention:
    """A post that the watch found, as it stands after the flow; read by a model that calls all of it other."""
    row = mentions.mention(post(name, text, at), channel, at=at)
    row.watch = watch(channel, at)
    for column, value in more.items():
        setattr(row, column, value)
    row.save()
    mentions.revision(post(name, text, at), row, at=at).save()
    with seated(Scripted(says if isinstance(says, dict) else SAYS)):
        record(Happened.MENTION_FOUND, by=machine(channel.workspace_id), at=at, data={"mention": row.pk})
    row.refresh_from_db()
    return row


def case(channel: Channel, text: str, at: datetime, name: str) -> Case:
    """The same, where a case was opened."""
    found = heard(channel, text, at, name).case
    assert found
    return found


def teach_kind(channel: Channel, by: Actor, at: datetime, times: int = 30) -> None:
    """Say of soaked parcels that they are complaints, and of the sun that it is something else."""
    for number in range(times):
        then = at + timedelta(minutes=number)
        for text, kind in ((SOAKED, Kind.COMPLAINT), (SUNNY, Kind.OTHER)):
            name = f"{kind.value}-{number}"
            actions.judge(case(channel, text.format(number), then, name), kind, by=by, at=then)


def teach_moods(channel: Channel, by: Actor, at: datetime, question: str, moods: tuple[str, str]) -> None:
    """Say of the tone or the urgency of soaked parcels and of the sun what the shipped model reads otherwise."""
    for number in range(30):
        then = at + timedelta(minutes=number)
        for text, mood in zip((SOAKED, SUNNY), moods, strict=True):
            one = case(channel, text.format(number), then, f"{mood}-{number}")
            corrections.correct(one, question, mood, by=by, at=then)


def teach_about(channel: Channel, by: Actor, at: datetime, times: int = 15) -> None:
    """Say of a hotel that it is not about us, and of soaked parcels that they are."""
    for number in range(times):
        then = at + timedelta(minutes=number)
        relevance.correct(case(channel, HOTEL.format(number), then, f"hotel-{number}"), by=by, at=then)
        ours = case(channel, SOAKED.format(number), then, f"ours-{number}")
        actions.judge(ours, Kind.COMPLAINT, by=by, at=then)
