"""`gensvar judge`: a line per post, in order; bad lines are named and skipped."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from gensvar.filters import judge
from gensvar.filters.errors import Unreadable

GOOD = '{"id": "1", "text": "Paketet kom aldrig fram. Aldrig mer!", "language": "sv"}'


def run(*lines: str, **options: Any) -> tuple[list[dict[str, Any]], list[str]]:
    sink, said = io.BytesIO(), list[str]()
    bad = judge.run(io.BufferedReader(io.BytesIO("\n".join(lines).encode())), sink, said.append, **options)
    assert bad == len(said)
    return [json.loads(line) for line in sink.getvalue().splitlines()], said


def test_a_post_gets_every_field_of_the_interface() -> None:
    answer = run(GOOD)[0][0]
    assert answer["id"] == "1"
    assert (answer["language"], answer["kind"], answer["sentiment"]) == ("sv", "complaint", "negative")
    assert answer["abuse"] is None
    assert answer["urgency"] in {"low", "normal", "high"}
    assert set(answer["scores"]["kind"]) == {"complaint", "question", "praise", "other"}
    assert set(answer["scores"]["sentiment"]) == {"negative", "neutral", "positive"}
    assert sum(answer["scores"]["kind"].values()) == pytest.approx(1, abs=1e-3)
    assert 0 <= answer["scores"]["abuse"] <= 1
    assert answer["reasons"]
    assert all(reason in json.loads(GOOD)["text"] for reason in answer["reasons"])


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_answers_stand_in_the_order_of_the_posts(batch: int) -> None:
    lines = [json.dumps({"id": str(number), "text": f"paket {number}"}) for number in range(25)]
    assert [answer["id"] for answer in run(*lines, batch=batch)[0]] == [str(number) for number in range(25)]


@pytest.mark.parametrize(
    "bad", ["hej", "[]", '{"id": 1, "text": "x"}', '{"id": "2"}', "", '{"id": "2", "text": null}']
)
def test_a_bad_line_is_named_and_skipped(bad: str) -> None:
    answers, said = run(GOOD, bad, GOOD)
    assert len(answers) == 2
    assert len(said) == 1
    assert said[0].startswith("Line 2 is skipped: it is no ")


def test_a_line_that_is_no_utf8_is_named() -> None:
    sink, said = io.BytesIO(), list[str]()
    source = io.BufferedReader(io.BytesIO(b'{"id": "1", "text": "\xff"}\n'))
    assert judge.run(source, sink, said.append) == 1
    assert "UTF-8" in said[0]


def test_a_model_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.model"
    path.write_text("hello")
    with pytest.raises(Unreadable, match="not a model of Gensvar"):
        run(GOOD, model=path)


def test_nothing_to_read_gives_nothing() -> None:
    assert run() == ([], [])
