"""`gensvar check-reply`: one draft in, its check list out, and one line for what cannot be read."""

import json
import subprocess
import sys
from pathlib import Path

from tests.reading.test_check_reply import GOOD, ORDER

ROOT = Path(__file__).resolve().parents[2]


def ask(source: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    """Run it on `source`."""
    command = [sys.executable, "-m", "gensvar.cli", "check-reply", *options]
    return subprocess.run(command, input=source, capture_output=True, cwd=ROOT, check=False, timeout=240)


def test_it_answers_as_the_interface_says() -> None:
    done = ask(GOOD["sv"].encode(), "--language", "sv", "--signed-by", "Bob Berg")
    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout)
    assert (answer["language"], answer["passed"]) == ("sv", True)
    assert [each["check"] for each in answer["checks"]] == ORDER
    assert answer["checks"][0] == {"check": "apology", "ok": True, "found": "Förlåt"}


def test_what_is_missing_is_advised_and_the_answer_is_no() -> None:
    done = ask("Hej! Vi tittar på det. /Bob".encode(), "--language", "sv")
    assert done.returncode == 1
    answer = json.loads(done.stdout)
    assert not answer["passed"]
    contact = next(each for each in answer["checks"] if each["check"] == "contact")
    assert set(contact) == {"check", "ok", "advice"}


def test_without_a_language_it_is_told_from_the_text() -> None:
    assert json.loads(ask(GOOD["fi"].encode()).stdout)["language"] == "fi"


def test_another_name_than_the_one_who_signs_is_no_signature() -> None:
    answer = json.loads(ask(GOOD["sv"].encode(), "--signed-by", "Anna").stdout)
    assert [each["check"] for each in answer["checks"] if not each["ok"]] == ["signature"]


def test_nothing_is_read_as_an_empty_draft() -> None:
    done = ask(b"")
    assert done.returncode == 1
    assert json.loads(done.stdout)["passed"] is False


def test_bytes_that_are_no_text_are_named_with_their_line() -> None:
    done = ask(b"Hej\n\xff\xfe")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"Standard input, line 2: it is no UTF-8; write the draft as UTF-8.\n"


def test_a_language_that_is_not_read_is_refused_in_one_line() -> None:
    done = ask(b"Bonjour", "--language", "fr")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"--language fr:")
    assert done.stderr.count(b"\n") == 1


def test_a_draft_without_end_is_refused() -> None:
    done = ask(b"a" * 200_000)
    assert (done.returncode, done.stdout) == (2, b"")
