"""`gensvar up`: it opens, it survives the death of a part, it ends cleanly, and it says what stands in its way."""

import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from tests.start.desk import PATIENCE, desk, untouched_desk, wait_for


def test_it_opens_an_empty_desk_and_ends_cleanly(tmp_path: Path) -> None:
    with untouched_desk(tmp_path) as one:
        one.start()
        one.wait_until_open()
        parts = one.parts()
        assert set(parts) == {"web", "listen", "work"}
        assert one.stop() == 0
        assert not [pid for pid in parts.values() if Path(f"/proc/{pid}/stat").exists()]
        assert "Traceback" not in one.log


@pytest.mark.parametrize("part", ["web", "listen", "work"])
def test_a_part_that_dies_is_started_again_and_says_so(tmp_path: Path, part: str) -> None:
    with desk(tmp_path) as one:
        one.start()
        one.wait_until_open()
        dead = one.parts()[part]
        os.kill(dead, signal.SIGKILL)
        wait_for(lambda: one.parts().get(part, dead) != dead, "It was not started again.")
        assert f"The part '{part}' ended (signal SIGKILL)" in one.log
        one.wait_until_open()
        name = {"listen": "listener", "work": "worker"}.get(part, part)
        assert one.ask(f"select restarts, trouble from engine_part where name = '{name}'") == [
            (1, "signal SIGKILL")
        ]
        assert one.stop() == 0


def test_its_parts_end_when_it_is_killed(tmp_path: Path) -> None:
    with desk(tmp_path) as one:
        one.start()
        one.wait_until_open()
        parts = one.parts()
        assert one.process is not None
        one.process.kill()
        gone = lambda: not any(Path(f"/proc/{pid}").exists() for pid in parts.values())  # noqa: E731
        wait_for(gone, f"Some of {parts} live on.")


def run(tmp_path: Path, *words: str, **env: str) -> tuple[int, str]:
    """What `gensvar` says on standard error, and its exit code."""
    with desk(tmp_path, **env) as one:
        one.start(*words)
        assert one.process is not None
        return one.process.wait(PATIENCE), one.log


def test_a_port_in_use_is_said_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, words = run(tmp_path, GENSVAR_PORT=str(port))
    assert code == 2
    assert f"Port {port} on 127.0.0.1 cannot be used" in words
    assert f"GENSVAR_PORT={port + 1}" in words
    assert "Traceback" not in words


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_said(tmp_path: Path, port: str) -> None:
    code, words = run(tmp_path, GENSVAR_PORT=port)
    assert (code, words.count("\n")) == (2, 1)
    assert "from 1 to 65535" in words


def test_a_lost_database_is_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    with desk(tmp_path, DATABASE_URL="") as one:
        one.start()
        one.wait_until_open()
        one.stop()
    one.log_file.unlink()
    for file in tmp_path.glob("gensvar.db*"):
        if not file.name.endswith(".made"):
            file.unlink()
    code, words = run(tmp_path, DATABASE_URL="")
    assert code == 2
    assert "is gone, though it has been here before" in words
    assert not (tmp_path / "gensvar.db").exists()


def test_a_damaged_database_is_said_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "gensvar.db").write_bytes(b"this is no database" * 100)
    code, words = run(tmp_path, DATABASE_URL="")
    assert code == 2
    assert "missing or damaged" in words
    assert "Traceback" not in words
    assert (tmp_path / "gensvar.db").read_bytes().startswith(b"this is no database")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://localhost/x", "Write postgres://user:password@host:port/name"),
        ("postgres://nobody@127.0.0.1:9/none", "does not answer"),
    ],
)
def test_a_database_that_cannot_be_used_is_said(tmp_path: Path, url: str, sentence: str) -> None:
    code, words = run(tmp_path, DATABASE_URL=url)
    assert code == 2
    assert sentence in words
    assert "Traceback" not in words


def test_a_password_never_stands_in_a_sentence(tmp_path: Path) -> None:
    code, words = run(tmp_path, DATABASE_URL="postgres://u:hunter22@127.0.0.1:9/none")
    assert code == 2
    assert "hunter22" not in words


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, words = run(tmp_path, GENSVAR_DATA=str(tmp_path / "file" / "below"))
    assert code == 2
    assert "Traceback" not in words
    assert str(tmp_path / "file") in words


def test_an_unknown_lane_is_said(tmp_path: Path) -> None:
    code, words = run(tmp_path, "work", "--lane", "fast")
    assert (code, words) == (
        2,
        "There is no lane 'fast'. Lanes are: default, captures, polls, alerts, readers.\n",
    )


def test_the_doctor_says_what_works(tmp_path: Path) -> None:
    with desk(tmp_path) as one:
        one.start()
        one.wait_until_open()
        said = subprocess.run(
            [*one_command(), "doctor"], env=one.environment(), capture_output=True, text=True, check=False
        )
        one.stop()
    for about in ("database", "data folder", "browser", "mail", "clocks", "evidence"):
        assert about in said.stdout
    assert "Traceback" not in said.stderr


def one_command() -> list[str]:
    """How to call Gensvar without a shell."""
    import sys

    return [sys.executable, "-m", "gensvar.cli"]
