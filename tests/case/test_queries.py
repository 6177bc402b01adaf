"""What the inbox reads."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from gensvar.people.models import Membership, Workspace
from gensvar.process.assess.actions import judge
from gensvar.process.case import queries
from gensvar.process.case.actions import close, take
from gensvar.process.case.models import Case, Fact
from gensvar.process.case.steps import Kind, Outcome, Tray
from gensvar.process.listen.models import Channel
from tests import hearing


@pytest.fixture
def three(channel: Channel, at: datetime) -> list[Case]:
    """Three cases, heard out of order."""
    minutes = (5, 20, 12)
    return [
        hearing.case(channel, f"Nordpost nummer {number}", at - timedelta(minutes=ago), name=f"post-{number}")
        for number, ago in enumerate(minutes)
    ]


def test_the_least_time_left_comes_first(three: list[Case], nordpost: Workspace) -> None:
    assert [case.pk for case in queries.in_tray(nordpost.pk, Tray.NOW)] == [
        three[1].pk,
        three[2].pk,
        three[0].pk,
    ]


def test_cases_without_a_clock_come_last(three: list[Case], nordpost: Workspace) -> None:
    Case.objects.filter(pk=three[1].pk).update(next_due_at=None)
    assert queries.in_tray(nordpost.pk, Tray.NOW).last() == three[1]


def test_counts_are_one_statement_and_true(
    three: list[Case],
    nordpost: Workspace,
    bob: Membership,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    judge(three[0], Kind.PRAISE, by=bob.actor(), at=at)
    take(three[1], bob.user, by=bob.actor(), at=at)
    close(three[2], Outcome.NOTHING, by=bob.actor(), at=at)
    with django_assert_num_queries(1):
        counted = queries.counts(nordpost.pk, bob.user)
    assert {tray: number for tray, number in counted.trays.items() if number} == {Tray.NOW: 1, Tray.THANK: 1}
    assert counted.mine == 1


def test_another_workspace_counts_nothing(three: list[Case], carol: Membership) -> None:
    counted = queries.counts(carol.workspace_id, carol.user)
    assert set(counted.trays.values()) == {0}
    assert list(queries.in_tray(carol.workspace_id, Tray.NOW)) == []
    assert list(queries.search(carol.workspace_id, "Nordpost")) == []


def test_counting_stops_at_the_bound(nordpost: Workspace, bob: Membership, case: Case) -> None:
    row = Case.objects.get()
    rows = []
    for _ in range(queries.MOST + 5):
        row.pk = None
        rows.append(Case(**{field.attname: getattr(row, field.attname) for field in Case._meta.fields}))
    Case.objects.bulk_create(rows)
    assert queries.counts(nordpost.pk, bob.user).trays[Tray.NOW] == queries.MOST


@pytest.mark.parametrize(
    ("words", "found"), [("nummer 1", 1), ("NORDPOST", 3), ("eva lind", 3), ("100 %", 0)]
)
def test_search_finds_words_of_the_cover(
    three: list[Case], nordpost: Workspace, words: str, found: int
) -> None:
    assert queries.search(nordpost.pk, words).count() == found


def test_the_journal_is_read_oldest_first_and_bounded(case: Case, at: datetime) -> None:
    Fact.objects.bulk_create(
        Fact(workspace=case.workspace, case=case, name="talk.noted", at=at, by_name=str(number))
        for number in range(300)
    )
    read = queries.journal(case)
    assert len(read) == 200
    assert read[-1].by_name == "299"
    assert [fact.pk for fact in read] == sorted(fact.pk for fact in read)


def test_a_live_page_follows_from_where_it_began(case: Case, bob: Membership, at: datetime) -> None:
    begun = queries.newest_fact()
    assert queries.facts_after(begun) == []
    judge(case, Kind.PRAISE, by=bob.actor(), at=at)
    assert [(row[1], row[2], row[3]) for row in queries.facts_after(begun)] == [
        (case.workspace_id, case.pk, "case.judged")
    ]
