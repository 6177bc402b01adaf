"""Training: the same seed gives the same bytes, what is kept for testing is never seen, bad files are named."""

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sklearn")

from gensvar.reading.judge import model
from gensvar.reading.judge.judge import Judge
from gensvar.reading.judge.verdict import Text
from gensvar.reading.training import sources
from gensvar.reading.training.train import gather, train

CORPUS = Path(__file__).parents[3] / "corpus"


def line(text: str, **labels: Any) -> dict[str, Any]:
    plain = {"kind": "other", "sentiment": "neutral", "abuse": None, "target": None, "urgency": "low"}
    return {"text": text, "language": "sv", "trade": "parcels", "split": "train", **plain, **labels}


@pytest.fixture(scope="module")
def rows() -> list[sources.Row]:
    """A part of the Swedish corpus: enough of every answer, and quick to learn."""
    return [row for row in sources.own(CORPUS) if row.language == "sv"][:840]


def made(rows: list[sources.Row], seed: int = 1) -> bytes:
    return model.write(train(rows, name="small", seed=seed, say=lambda _: None))


def test_the_same_seed_gives_the_same_bytes(rows: list[sources.Row]) -> None:
    assert made(rows) == made(rows)


def test_it_learns(rows: list[sources.Row], tmp_path: Path) -> None:
    path = tmp_path / "small.model"
    path.write_bytes(made(rows))
    verdict = Judge.read(path).judge([Text("Tredje veckan utan paket, ingen svarar. Aldrig mer!")], ("sv",))[
        0
    ]
    assert verdict.kind == "complaint"


def test_what_is_kept_for_testing_changes_nothing(rows: list[sources.Row]) -> None:
    kept = [row for row in rows if not row.test]
    assert len(kept) < len(rows)
    assert made(rows) == made(kept)


def test_an_operator_can_add_posts_of_his_own(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps(line("Zzyzx är nere igen", kind="complaint", sentiment="negative")) + "\n")
    extra = [row for row in gather(CORPUS, None, [path]) if "Zzyzx" in row.text]
    assert [row.said["kind"] for row in extra] == ["complaint"]


@pytest.mark.parametrize("broken", ["not json", "[]", '{"text": "utan språk"}', "null"])
def test_a_line_that_is_no_labelled_post_is_named(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps(line("Hej")) + "\n" + broken + "\n")
    with pytest.raises(sources.UnreadableSource, match=r"own\.jsonl, line 2"):
        list(sources.labelled(path))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(sources.UnreadableSource, match=r"sv\.jsonl: cannot be read"):
        gather(tmp_path, None)


def test_only_sets_whose_weights_may_be_given_away_are_learnt_from() -> None:
    free = ("Apache", "MIT", "CC BY")
    assert all(source.licence.startswith(free) and "NC" not in source.licence for source in sources.CORE)
