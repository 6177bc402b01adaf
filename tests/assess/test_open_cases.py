"""A found mention becomes a case, one for all that an author says in one thread."""

from datetime import datetime, timedelta
from typing import Any

from gensvar.connectors.contract import Author
from gensvar.people.models import Workspace
from gensvar.process.case.models import Case
from gensvar.process.document.models import Capture
from gensvar.process.listen.models import Channel, ThreadLoad
from tests import hearing
from tests.hearing import answer, hear, mention, post
from tests.process_cast import MINUTE

IN_THREAD: dict[str, Any] = {"root_id": "root-1", "parent_id": "root-1"}
"""A place in a thread that a stranger began."""
ULF = Author("did:plc:ulf", "ulf.example", "Ulf")


def test_the_cover_shows_who_and_what(channel: Channel, at: datetime) -> None:
    hear(
        channel,
        post("post-1", "Paketet kom aldrig fram.", at - 10 * MINUTE, url="https://x.example/1"),
        at=at,
    )
    case = Case.objects.get()
    assert (case.author_name, case.author_handle, case.excerpt) == (
        "Eva Lind",
        "eva.example",
        "Paketet kom aldrig fram.",
    )
    assert (case.step, case.tray, case.network, case.channel_name) == ("judge", "now", "bluesky", "Nordpost")
    assert (case.clock_started_at, case.next_due_at) == (at - 10 * MINUTE, at + 50 * MINUTE)


def test_the_clock_follows_the_workspace(channel: Channel, nordpost: Workspace, at: datetime) -> None:
    nordpost.answer_minutes = 30
    nordpost.save()
    hear(channel, post("post-1", "Hej", at), at=at)
    assert Case.objects.get().next_due_at == at + timedelta(minutes=30)


def test_two_authors_in_a_thread_are_two_cases(channel: Channel, at: datetime) -> None:
    hear(channel, post("post-1", "Nordpost!", at, **IN_THREAD), at=at)
    hear(channel, post("post-2", "Nordpost!", at, author=ULF, **IN_THREAD), at=at)
    assert Case.objects.count() == 2


def test_two_posts_of_an_author_in_a_strangers_thread_are_one_case(channel: Channel, at: datetime) -> None:
    first, second = (post(name, "Nordpost!", at, **IN_THREAD) for name in ("post-1", "post-2"))
    hear(channel, first, second, at=at)
    assert Case.objects.count() == 1
    assert mention("post-1").case == mention("post-2").case


def test_both_of_them_are_evidence(channel: Channel, at: datetime) -> None:
    first, second = (post(name, "Nordpost!", at, **IN_THREAD) for name in ("post-1", "post-2"))
    hear(channel, first, second, at=at)
    kept = Capture.objects.values_list("revision__mention__native_id", flat=True)
    assert sorted(kept) == ["post-1", "post-2"]


def test_a_later_find_in_the_same_thread_joins_the_case(channel: Channel, at: datetime) -> None:
    first = post("post-1", "Nordpost!", at)
    hear(channel, first, at=at)
    hear(channel, answer("post-2", "Nordpost igen!", at, first), at=at)
    assert Case.objects.count() == 1


def test_the_same_post_heard_twice_is_one_case(channel: Channel, at: datetime) -> None:
    said = post("post-1", "Nordpost!", at)
    hear(channel, said, said, at=at)
    hear(channel, said, at=at + MINUTE)
    assert Case.objects.count() == 1
    assert Case.objects.get().facts.filter(name="case.opened").count() == 1


def test_what_we_write_ourselves_is_no_case(channel: Channel, at: datetime) -> None:
    hear(channel, post("post-1", "Nordpost!", at, author=Author(hearing.US)), at=at)
    assert Case.objects.count() == 0


def test_each_workspace_has_a_case_of_its_own(channel: Channel, sparfin: Workspace, at: datetime) -> None:
    other = hearing.channel(sparfin, at)
    said = post("post-1", "Nordpost!", at)
    hear(channel, said, at=at)
    hear(other, said, at=at)
    assert set(Case.objects.values_list("workspace__name", flat=True)) == {"Nordpost", "Sparfin"}


def test_the_thread_around_it_is_asked_for(channel: Channel, at: datetime) -> None:
    hear(channel, post("post-1", "Nordpost!", at), at=at)
    assert ThreadLoad.objects.get().due_at == at


def test_a_long_post_is_shown_around_what_was_met(channel: Channel, at: datetime) -> None:
    text = "a" * 500 + " Nordpost " + "b" * 500
    case = hearing.case(channel, text, at)
    row = mention("post-1")
    row.spans = [[501, 509]]
    row.save()
    from gensvar.process.assess.actions import refresh_cover

    refresh_cover(mention("post-1"))
    case.refresh_from_db()
    (start, end), *_ = case.spans
    assert case.excerpt[start:end] == "Nordpost"
