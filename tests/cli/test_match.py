"""`gensvar match`: posts in, watches out, and one line for whatever cannot be read."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEKIR = """
[[watch]]
id = "tekir"
query = 'Tekir OR "Tekir Oy" OR #tekir OR @tekir_fi OR url:tekir.fi NOT kissa'
kind = "brand"
languages = ["fi", "sv"]
"""


def command(watches: Path) -> list[str]:
    """The command as a shell would run it."""
    return [sys.executable, "-m", "gensvar.cli", "match", str(watches)]


@pytest.fixture
def watches(tmp_path: Path) -> Path:
    """The watch of INTERFACES.md."""
    path = tmp_path / "WATCHES.toml"
    path.write_text(TEKIR)
    return path


def ask(watches: Path, source: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run it on `source`."""
    return subprocess.run(
        command(watches), input=source, capture_output=True, cwd=ROOT, check=False, timeout=240
    )


def posts(*texts: str, **more: Any) -> bytes:
    """Lines of posts.jsonl, numbered from 1."""
    lines = [
        json.dumps({"id": str(number), "text": text, **more}, ensure_ascii=False)
        for number, text in enumerate(texts, 1)
    ]
    return "".join(line + "\n" for line in lines).encode()


def test_it_answers_as_the_interface_says(watches: Path) -> None:
    done = ask(watches, posts("Tekirin paketti"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == {
        "id": "1",
        "watches": [
            {
                "watch": "tekir",
                "spans": [{"start": 0, "end": 7, "text": "Tekirin", "how": "inflected"}],
                "tagged": False,
            }
        ],
    }


def test_every_post_gets_a_line_in_order(watches: Path) -> None:
    texts = ["Tekir" if number % 3 else "muuta" for number in range(5000)]
    answers = [json.loads(line) for line in ask(watches, posts(*texts)).stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [str(number) for number in range(1, 5001)]
    assert [bool(answer["watches"]) for answer in answers] == [text == "Tekir" for text in texts]


def test_the_author_and_the_language_can_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "W.toml"
    path.write_text("[[watch]]\nid = 'a'\nquery = 'paketti from:@Maija lang:fi'\n")
    said = posts("paketti", language="fi-FI", author={"handle": "@maija"}) + posts("paketti", language="fi")
    answers = [json.loads(line)["watches"] for line in ask(path, said).stdout.splitlines()]
    assert [len(found) for found in answers] == [1, 0]


def test_lines_that_are_no_posts_are_named_and_skipped(watches: Path) -> None:
    bad = [b'{"id": 2, "text": "Tekir"}', b"nonsense", b"", b'{"id": "5"}', b"\xff", b"[" * 100_000]
    done = ask(watches, posts("Tekir") + b"\n".join(bad) + b"\n" + posts("Tekir"))
    assert done.returncode == 2
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["1", "1"]
    complaints = done.stderr.decode().splitlines()
    assert [line.split(" is skipped")[0] for line in complaints] == [f"Line {n}" for n in range(2, 8)]


def test_what_has_as_many_posts_as_lines_is_not_therefore_read(watches: Path) -> None:
    two, split = posts("Tekir").rstrip() + b" " + posts("Tekir"), posts("Tekir").replace(b", ", b",\n")
    done = ask(watches, two + split)
    assert (done.returncode, done.stdout) == (2, b"")
    assert [line[:6] for line in done.stderr.decode().splitlines()] == ["Line 1", "Line 2", "Line 3"]


def test_a_byte_order_mark_is_no_part_of_the_first_post(watches: Path) -> None:
    done = ask(watches, b"\xef\xbb\xbf" + posts("Tekir", "Tekir"))
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)


def test_a_line_without_an_end_and_windows_lines_are_read(watches: Path) -> None:
    done = ask(watches, posts("Tekir").replace(b"\n", b"\r\n") + posts("Tekir").rstrip())
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)


def test_nothing_in_gives_nothing_out(watches: Path) -> None:
    done = ask(watches, b"")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("x =", "line 1"),
        ("", "add [[watch]]"),
        ("[[watch]]\nquery = 'a'", "line 1: this watch has no id"),
        ("[[watch]]\nid = 'a'", "line 1: watch 'a' has no query"),
        ("[[watch]]\nid = 'a'\nquery = 'tekir)'", "line 3: the query of 'a', column 6: this ')'"),
        ("[[watch]]\nid = 'a'\nquery = 'b'\n[[watch]]\nid = 'a'\nquery = 'b'", "line 5: the id 'a'"),
        ("[[watch]]\nid = 'a'\nquery = 'b'\nkind = 'cat'", "line 4: the kind 'cat'"),
        ("[[watch]]\nid = 'a'\nquery = 'b'\nlanguages = ['xx']", "line 4: languages ['xx']"),
        ("[[watch]]\nid = 'a'\nquery = 'b'\nlanguages = 'fi'", "line 4: languages 'fi'"),
    ],
)
def test_watches_that_cannot_be_read_get_one_line(tmp_path: Path, toml: str, told: str) -> None:
    path = tmp_path / "W.toml"
    path.write_text(toml)
    done = ask(path, posts("Tekir"))
    (line,) = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout) == (2, b"")
    assert str(path) in line
    assert told in line


def test_a_missing_file_gets_one_line(tmp_path: Path) -> None:
    done = ask(tmp_path / "none.toml", b"")
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1


def test_it_loads_nothing_that_it_does_not_need(watches: Path) -> None:
    told = "import atexit, sys; atexit.register(lambda: print(*{name.split('.')[0] for name in sys.modules}))"
    called = f"{told}; sys.argv = {command(watches)[2:]!r}; from gensvar.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", called], input=b"", capture_output=True, cwd=ROOT, check=True, timeout=240
    )
    loaded = set(done.stdout.decode().split())
    assert {"gensvar", "ahocorasick_rs"} <= loaded
    assert loaded.isdisjoint({"django", "apprise", "httpx", "asyncio", "ssl", "sqlite3", "email", "zoneinfo"})


def test_a_reader_that_leaves_and_ctrl_c_leave_no_traceback(watches: Path) -> None:
    for end in ("close", "interrupt"):
        running = subprocess.Popen(
            command(watches),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": ""},
        )
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdin.write(posts("Tekir"))
        running.stdin.flush()
        assert running.stdout.readline()  # an answer does not wait for the next post
        if end == "close":
            running.stdout.close()
            running.stdin.write(posts("Tekir"))
        else:
            running.send_signal(signal.SIGINT)
        running.stdin.flush()
        assert running.wait(240) > 2
        assert running.stderr.read() == b""
