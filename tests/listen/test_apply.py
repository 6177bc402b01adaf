"""A filter in SQL says the same as the filter on one mention."""

import random
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gensvar.people.models import Workspace
from gensvar.process.assess.actions import cover
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
from gensvar.process.listen import queries
from gensvar.process.listen.filter import (
    ABOUT,
    ABUSES,
    KINDS,
    SENTIMENTS,
    SEVERITIES,
    URGENCIES,
    Filter,
    fold,
    meets,
)
from gensvar.process.listen.models import Channel, Mention, Watch
from tests import hearing

WORDS = (
    "paket",
    "PAKET",
    "Åre",
    "åre",
    "STRASSE",
    "straße",
    "100%",
    "a_c",
    "aXc",
    "\\",
    "'",
    "İ",
    "\N{GRINNING FACE}",
)
GROUNDS = [each for each in ABUSES if each not in ("any", "none")]
LANGUAGES = ("sv", "fi", "nb", "")
REACH = (None, 0, 1, 999, 1000, 2_000_000_000)


@pytest.fixture
def heard(nordpost: Workspace, at: datetime) -> list[Mention]:
    """120 mentions in which every trait varies."""
    chance = random.Random(7)
    watches = [
        Watch.objects.create(
            workspace=nordpost, name=kind, query=kind, kind=kind, created_at=at, changed_at=at
        )
        for kind in ABOUT
    ]
    channels = [hearing.channel(nordpost, at, native_id=str(number)) for number in range(3)]
    return [_mention(number, chance, channels, watches, at) for number in range(120)]


def _mention(
    number: int, chance: random.Random, channels: list[Channel], watches: list[Watch], at: datetime
) -> Mention:
    channel, text = chance.choice(channels), " ".join(chance.sample(WORDS, 3))
    row = Mention.objects.create(
        workspace=channel.workspace,
        channel=channel,
        network="bluesky",
        case=None,
        watch=chance.choice([None, *watches]),
        native_id=str(number),
        author_id="eva",
        author_followers=chance.choice(REACH),
        text=text,
        searched=fold(text),
        language=chance.choice(LANGUAGES),
        tagged=chance.random() < 0.5,
        own_channel=chance.random() < 0.5,
        sentiment=chance.choice(["", *SENTIMENTS]),
        abuse=chance.choice(["", "", *GROUNDS]),
        urgency=chance.choice(["", *URGENCIES]),
        unsure=chance.random() < 0.5,
        posted_at=at,
        heard_at=at,
    )
    row.also.set(chance.sample(watches, chance.choice([0, 0, 1, 2])))
    if chance.random() < 0.7:
        row.case = Case.objects.create(
            workspace=channel.workspace,
            kind=chance.choice(["", *(kind.value for kind in Kind)]),
            opened_at=at,
            changed_at=at,
            clock_started_at=at,
            answer_due_at=at,
            sentiment=row.sentiment,
            abuse=row.abuse,
            urgency=row.urgency,
            unsure=row.unsure,
            severity=chance.randrange(4),
            **cover(row),
        )
        row.kind = row.case.kind
        row.save()
    return row


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(data=st.data())
def test_sql_and_rule_choose_the_same(heard: list[Mention], data: st.DataObject) -> None:
    watch_ids = [row.pk for row in Watch.objects.all()]
    channel_ids = [row.pk for row in Channel.objects.all()]
    wanted = data.draw(
        st.builds(
            Filter,
            watch=st.frozensets(st.sampled_from([*watch_ids, 2**31 - 1]), max_size=2),
            about=st.frozensets(st.sampled_from(ABOUT), max_size=2),
            tagged=st.sampled_from([None, None, True, False]),
            place=st.sampled_from(["", "", "own", "elsewhere"]),
            lang=st.frozensets(st.sampled_from(["sv", "fi", "nb", "und"]), max_size=2),
            channel=st.frozensets(st.sampled_from(channel_ids), max_size=2),
            reach=st.sampled_from([0, 0, 1, 1000, 2**31 - 1]),
            kind=st.frozensets(st.sampled_from(KINDS), max_size=2),
            sentiment=st.frozensets(st.sampled_from(SENTIMENTS), max_size=1),
            abuse=st.frozensets(st.sampled_from(ABUSES), max_size=2),
            urgency=st.frozensets(st.sampled_from(URGENCIES), max_size=1),
            unsure=st.sampled_from([None, None, True, False]),
            severity=st.frozensets(st.sampled_from(SEVERITIES), max_size=2),
            words=st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple),
        )
    )
    rows = Mention.objects.select_related("watch", "case").prefetch_related("also")
    by_rule = {row.pk for row in rows if meets(wanted, queries.traits(row))}
    by_sql = list(queries.apply(wanted, Mention.objects.all()).values_list("pk", flat=True))
    assert sorted(by_sql) == sorted(by_rule)
    cases = queries.cases_that_meet(wanted, Case.objects.all()).values_list("mentions", flat=True)
    assert sorted(cases) == sorted(by_rule & {row.pk for row in rows if row.case_id})


@pytest.mark.django_db
def test_what_was_heard_can_be_found_by_its_words(nordpost: Workspace, at: datetime) -> None:
    channel = hearing.channel(nordpost, at)
    hearing.hear(channel, hearing.post("p1", "ÖSTERSUND igen", at, language="sv-SE", title="Paketet"), at=at)
    row = hearing.mention("p1")
    assert (row.searched, row.language) == ("paketet\nöstersund igen", "sv")
    assert queries.apply(Filter(words=("östersund", "PAKETET")), Mention.objects.all()).get() == row
