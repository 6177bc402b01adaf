"""How a batch is cut: into writes of at most a hundred events, and into runs that stand on nothing beside them."""

from datetime import datetime
from typing import Any

from gensvar.connectors.contract import Author, Batch, Created, Deleted, Event, Post, Reposted
from gensvar.process.listen.runs import MOST, Run, pieces, runs, wanted
from tests import hearing


def post(name: str, at: datetime, text: str = "", **more: Any) -> Created:
    return Created(hearing.post(name, text or f"Nordpost {name}", at, **more), chosen=True)


def nothing(_post: Post) -> dict[int, list[object]]:
    return {}


def cut(*events: Event, known: frozenset[str] = frozenset()) -> list[list[str]]:
    """The names in each run."""
    return [names(run) for run in runs(wanted(events, nothing, set(known)))]  # type: ignore[arg-type]


def names(run: Run) -> list[str]:
    change = [run.change.native_id] if isinstance(run.change, Deleted) else []
    return [*(each.post.native_id for each in run.posts), *(each.native_id for each in run.reposts), *change]


def repost(name: str, of: str) -> Reposted:
    return Reposted(name, of, Author("did:plc:kim"), None)


def test_a_long_batch_is_written_in_parts_and_its_cursor_comes_with_the_last(at: datetime) -> None:
    batch = Batch(tuple(post(f"p{number}", at) for number in range(2 * MOST + 50)), "after")
    parts = list(pieces(batch, "before"))
    assert [(len(part.events), part.cursor) for part in parts] == [
        (MOST, "before"),
        (MOST, "before"),
        (50, "after"),
    ]
    assert sum((part.events for part in parts), ()) == batch.events


def test_a_batch_without_events_still_brings_its_cursor() -> None:
    assert list(pieces(Batch((), "after"), "before")) == [Batch((), "after")]


def test_posts_that_stand_alone_are_one_run(at: datetime) -> None:
    assert cut(post("p1", at), post("p2", at), post("p3", at)) == [["p1", "p2", "p3"]]


def test_what_stands_on_something_of_the_run_begins_another(at: datetime) -> None:
    assert cut(post("p1", at), post("a1", at, parent_id="p1"), post("p2", at)) == [["p1"], ["a1", "p2"]]
    assert cut(post("p1", at), post("q1", at, quotes_id="p1")) == [["p1"], ["q1"]]
    assert cut(post("p1", at, "Samma ord"), post("p2", at, "samma ord!")) == [["p1"], ["p2"]]


def test_reposts_follow_their_posts_in_the_same_run(at: datetime) -> None:
    assert cut(post("p1", at), repost("r1", "p1"), post("p2", at)) == [["p1", "p2", "r1"]]


def test_what_changes_a_post_ends_the_run(at: datetime) -> None:
    events = (post("p1", at), repost("r1", "p1"), Deleted("r1", at), post("p2", at))
    assert cut(*events) == [["p1", "r1", "r1"], ["p2"]]


def test_what_belongs_to_nothing_of_ours_is_left_out(at: datetime) -> None:
    stranger = Created(hearing.post("x1", "Fint väder", at))
    assert cut(stranger, repost("r1", "x1"), Deleted("x1", at)) == []
    assert cut(repost("r1", "p1"), Deleted("p1", at), known=frozenset({"p1"})) == [["r1", "p1"]]
