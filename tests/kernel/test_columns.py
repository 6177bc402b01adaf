"""Columns of many rows are written at once, each row with values of its own, and nothing else is touched."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gensvar.kernel import columns
from gensvar.people.models import Membership, Workspace
from gensvar.process.listen.models import Mention
from tests import hearing


@pytest.fixture
def mentions(nordpost: Workspace, at: datetime) -> list[Mention]:
    channel = hearing.channel(nordpost, at)
    for number in range(3):
        hearing.case(channel, f"Paket {number} kom aldrig fram.", at, name=f"post-{number}")
    return list(Mention.objects.order_by("pk"))


def test_each_row_gets_its_own_values_of_every_kind(mentions: list[Mention], at: datetime) -> None:
    for number, row in enumerate(mentions):
        row.kind, row.unsure, row.spans = f"kind {number}", bool(number % 2), [[number, number + 3]]
        row.deleted_at, row.author_followers = at + timedelta(seconds=number), number or None
        row.text = "not written"
    names = ["kind", "unsure", "spans", "deleted_at", "author_followers"]
    columns.write(mentions, names)
    for row, kept in zip(mentions, Mention.objects.order_by("pk"), strict=True):
        assert [getattr(kept, name) for name in names] == [getattr(row, name) for name in names]
        assert kept.text != "not written"


def test_a_foreign_key_is_written_by_its_name(mentions: list[Mention]) -> None:
    first, second, third = mentions
    second.case, third.case = first.case, None
    columns.write(mentions, ["case"])
    found = list(Mention.objects.order_by("pk").values_list("case", flat=True))
    assert found == [first.case_id, first.case_id, None]


def test_hostile_words_are_only_words(mentions: list[Mention]) -> None:
    mentions[0].title = "'; DROP TABLE listen_mention; -- %s %%"
    columns.write(mentions[:1], ["title"])
    assert Mention.objects.get(pk=mentions[0].pk).title == "'; DROP TABLE listen_mention; -- %s %%"
    assert Mention.objects.count() == 3


def test_a_hundred_rows_are_one_statement(mentions: list[Mention]) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        columns.write(mentions, ["kind"])
    assert len(asked) == 1


def test_nothing_is_written_of_no_rows() -> None:
    columns.write([], ["kind"])


def test_what_the_database_forbids_stays_forbidden(alice: Membership, bob: Membership) -> None:
    alice.user_id = bob.user_id
    with pytest.raises(IntegrityError), transaction.atomic():
        columns.write([alice], ["user"])
