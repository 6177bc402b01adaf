"""A full disk and a lost database under a running desk: clear words, and nothing lost when they are mended."""

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gensvar.demo.internet import Internet, read_record
from tests.start.desk import Desk, desk, wait_for
from tests.start.visitor import Visitor

ON_SQLITE = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="This is about the file of SQLite."
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 40 MB."""
    if os.geteuid() != 0:
        pytest.skip("Only root can mount a small disk: sudo make test")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(disk)], check=False)
    if mounted.returncode != 0:
        pytest.skip("This machine does not let us mount a small disk.")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def a_company(one: Desk, place: Path) -> Visitor:
    """Alice at a desk that listens to a lively pretend internet."""
    one.start()
    one.wait_until_open()
    alice = Visitor(one)
    alice.set_up("Alice Lind", "Nordpost", "Nordpost")
    alice.post(alice.here("channels/connect/demo/"), place=str(place), pace="0.3")
    wait_for(lambda: number(one) > 40, f"Nothing is heard.\n{one.log}")
    return alice


def number(one: Desk) -> int:
    """How many mentions the desk has."""
    return int(one.ask("select count(*) from listen_mention")[0][0])


def is_whole(one: Desk, place: Path) -> bool:
    """Whether every post of the pretend internet that says Nordpost is a mention, once."""
    internet = Internet(place, datetime.now(UTC), pace=0.3)
    said = {
        each.post
        for each in internet.since(0, datetime.now(UTC))
        if each.what == "created" and "Nordpost " in read_record(each.record)["text"]
    }
    internet.close()
    kept = [native_id for (native_id,) in one.ask("select native_id from listen_mention")]
    return len(kept) == len(set(kept)) and said <= set(kept)


@ON_SQLITE
def test_a_full_disk_is_said_and_nothing_is_lost(small_disk: Path, tmp_path: Path) -> None:
    with desk(small_disk) as one:
        alice = a_company(one, tmp_path / "internet.db")
        case = int(one.ask("select min(id) from case_case")[0][0])
        ballast = small_disk / "ballast"
        fill(ballast)
        wait_for(lambda: "is full. Nothing that was saved is lost" in one.log, "Nobody said it.")
        page = alice.send(alice.here(f"case/{case}/judge/"), kind="praise")
        assert page.status_code == 503
        assert "is full. Nothing that was saved is lost" in page.text
        ballast.unlink()
        wait_for(one.is_open, "The desk did not come back.")
        alice.do(case, "judge", kind="complaint")
        assert alice.step(case) == "answer"
        wait_for(lambda: is_whole(one, tmp_path / "internet.db"), "A post was lost.")
        assert "Traceback" not in one.log


def fill(file: Path) -> None:
    """Write until nothing more fits."""
    with file.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(b"\0" * 65536)
        except OSError:
            pass


@ON_SQLITE
def test_a_database_that_is_taken_away_is_said_and_comes_back_whole(tmp_path: Path) -> None:
    with desk(tmp_path / "data") as one:
        alice = a_company(one, tmp_path / "internet.db")
        aside = tmp_path / "aside"
        aside.mkdir()
        files = [file for file in (tmp_path / "data").glob("gensvar.db*") if file.suffix != ".made"]
        for file in files:
            file.rename(aside / file.name)
        wait_for(lambda: "is missing or damaged" in one.log, f"Nobody said it.\n{one.log}")
        page = alice.open(alice.here("now/"))
        assert page.status_code == 503
        assert "is missing or damaged" in page.text
        assert not (tmp_path / "data" / "gensvar.db").exists()
        for file in files:
            (aside / file.name).rename(file)
        before = number(one)
        wait_for(lambda: number(one) > before, f"It does not hear again.\n{one.log[-3000:]}")
        wait_for(lambda: is_whole(one, tmp_path / "internet.db"), "A post was lost.")
        assert alice.get(alice.here("now/"))
