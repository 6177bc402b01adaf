"""The pretend internet unfolds as written, and takes a reply once."""

import multiprocessing
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gensvar.demo import reactions, script
from gensvar.demo.internet import CHATTER_EVERY, Gone, Internet, read_record
from gensvar.demo.tables import Happening

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OLDER = sum(line.ago is not None for line in script.lines())
SOON = timedelta(seconds=60)


@pytest.fixture
def internet(tmp_path: Path) -> Iterator[Internet]:
    internet = Internet(tmp_path / "folder" / "internet.sqlite3", NOON)
    yield internet
    internet.close()


def say(internet: Internet, key: str, parent: str, text: str, at: datetime) -> str:
    return internet.reply(key=key, parent=parent, text=text, language="sv", created_at=at, at=at).post


def kinds(happened: list[Happening]) -> Counter[str]:
    return Counter(each.what for each in happened)


def test_it_begins_with_the_past_hours_oldest_first(internet: Internet) -> None:
    happened = internet.since(0, NOON)
    assert kinds(happened) == {"created": OLDER}
    times = [each.at for each in happened]
    assert times == sorted(times)
    assert times[0] == NOON - timedelta(minutes=410)


def test_then_a_post_comes_every_eight_seconds(internet: Internet) -> None:
    internet.since(0, NOON)
    later = internet.since(OLDER, NOON + timedelta(seconds=41))
    assert [each.at for each in later if each.what == "created"] == [
        NOON + timedelta(seconds=8 * turn) for turn in range(1, 6)
    ]


def test_edits_and_deletions_happen_to_what_was_written(internet: Internet) -> None:
    happened = internet.since(0, NOON + timedelta(minutes=30), most=1000)
    assert kinds(happened)["edited"] == sum(bool(line.edit) for line in script.lines())
    assert kinds(happened)["deleted"] == sum(line.deleted_after is not None for line in script.lines())
    edited = next(each for each in happened if each.what == "edited" and each.post == "sv-08")
    assert edited.wording == 2
    assert "TRE gånger" in read_record(edited.record)["text"]


def test_it_goes_on_quietly_and_never_repeats_itself(internet: Internet) -> None:
    at = NOON
    for _ in range(200):
        at += timedelta(minutes=4)
        internet.since(0, at)
    happened = internet.since(0, at, most=10_000)
    texts = [read_record(each.record)["text"] for each in happened if each.what == "created"]
    assert len(texts) == len(set(texts)) > len(script.lines()) + 100


def test_what_was_slept_through_is_not_made_up_for(internet: Internet) -> None:
    internet.since(0, NOON + timedelta(hours=1), most=1000)
    before = len(internet.since(0, NOON + timedelta(hours=1), most=10_000))
    after = len(internet.since(0, NOON + timedelta(days=30), most=10_000))
    assert after - before <= 2 + 600 / (CHATTER_EVERY * script.PACE)


def test_a_reply_is_kept_once_for_a_key(internet: Internet) -> None:
    first = say(internet, "k1", "sv-maria", "Vi tittar på det.", NOON)
    again = say(internet, "k1", "sv-maria", "Något helt annat.", NOON + SOON)
    assert first == again
    posts, _ = internet.thread("sv-maria", NOON)
    ours = [read_record(each.record)["text"] for each in posts if each.post == first]
    assert ours == ["Vi tittar på det."]


def test_two_processes_with_one_key_make_one_post(tmp_path: Path) -> None:
    path = tmp_path / "internet.sqlite3"
    Internet(path, NOON).close()
    context = multiprocessing.get_context("spawn")
    with context.Pool(3) as pool:
        names = pool.map(_say_elsewhere, [path] * 12)
    assert len(set(names)) == 1
    rows = sqlite3.connect(path).execute("SELECT COUNT(*) FROM post WHERE key IS NOT NULL").fetchone()
    assert rows == (1,)


def _say_elsewhere(path: Path) -> str:
    internet = Internet(path, NOON)
    try:
        return say(internet, "same", "fi-jukka", "Selvitämme.", NOON)
    finally:
        internet.close()


def test_a_reader_hears_what_another_process_wrote(tmp_path: Path) -> None:
    listener, worker = (Internet(tmp_path / "i.sqlite3", NOON) for _ in range(2))
    heard = len(listener.since(0, NOON))
    name = say(worker, "k", "nl-sanne", "We zoeken het uit.", NOON)
    assert [each.post for each in listener.since(heard, NOON)] == [name]
    listener.close()
    worker.close()


def test_the_author_answers_in_the_thread(internet: Internet) -> None:
    maria = script.by_id()["sv-maria"]
    ours = say(internet, "k1", maria.id, "Vi beklagar, Maria. Vilket skåp är det?", NOON)
    heard = internet.since(0, NOON + reactions.thinks(maria, internet.pace), most=1000)
    answer = read_record(heard[-1].record) if heard[-1].post.startswith("sv-maria-a") else {}
    assert answer["text"] == maria.answers[0]
    assert (answer["parent"], answer["root"]) == (ours, maria.id)
    assert answer["author"]["handle"] == maria.person.handle


def test_the_whole_walk_ends_with_an_outcome(internet: Internet) -> None:
    maria, at, parent, heard = script.by_id()["sv-maria"], NOON, "sv-maria", ""
    for key, text in (("a", "Vi beklagar."), ("b", "Skriv till oss här."), ("c", "Är du nöjd nu, Maria?")):
        say(internet, key, parent, text, at)
        at += SOON
        posts, _ = internet.thread(maria.id, at)
        parent, heard = posts[-1].post, read_record(posts[-1].record)["text"]
    assert heard == maria.outcome


def test_a_thread_holds_what_is_above_and_below(internet: Internet) -> None:
    internet.since(0, NOON)
    posts, missing = internet.thread("sv-02", NOON)
    assert [each.post for each in posts] == ["sv-maria", "sv-02"]
    posts, missing = internet.thread("sv-maria", NOON)
    assert [each.post for each in posts] == ["sv-maria", "sv-02", "sv-03"]
    assert missing == []


def test_what_is_gone_is_not_answered(internet: Internet) -> None:
    late = NOON + timedelta(seconds=151)
    with pytest.raises(Gone):
        say(internet, "k", "sv-11", "Hej", late)
    with pytest.raises(Gone):
        internet.thread("sv-11", late)
    with pytest.raises(Gone):
        say(internet, "k", "nobody-1", "Hej", late)


def test_a_quick_pace_makes_everything_quick(tmp_path: Path) -> None:
    internet = Internet(tmp_path / "i.sqlite3", NOON, pace=0.1)
    happened = internet.since(0, NOON + timedelta(seconds=6), most=1000)
    assert kinds(happened)["created"] >= len(script.lines())
    say(internet, "k", "de-katrin", "Das tut uns leid.", NOON)
    assert internet.since(0, NOON + timedelta(seconds=7), most=1000)[-1].post.startswith("de-katrin-a")
    internet.close()
