"""A classifier in a folder: run for real where onnxruntime is installed, and refused with a sentence else."""

import json
from pathlib import Path

import pytest

from gensvar.reading.reader import classifier, labels
from gensvar.reading.reader.classifier import Classifier, TooSlow, Unreadable, look
from tests.reading.reader import tiny

real = pytest.mark.skipif(
    not classifier.is_installed(), reason="onnxruntime and tokenizers are not installed"
)

MEANING = labels.read(
    "LABEL_0 = kind: complaint, sentiment: negative\nLABEL_1 = sentiment: positive, kind: praise",
    ("LABEL_0", "LABEL_1"),
)


@real
def test_a_real_model_answers(tmp_path: Path) -> None:
    model = Classifier(look(tiny.write(tmp_path / "tiny")))
    bad, good = model.scores("Lost and late", 5), model.scores("thank you, kind", 5)
    assert bad["LABEL_0"] > 0.9
    assert good["LABEL_0"] < 0.1
    assert sum(bad.values()) == pytest.approx(1)
    (kind, tone) = labels.answers(bad, MEANING, ("kind", "sentiment"), many=False)
    assert (kind.choice, tone.choice) == ("complaint", "negative")


@real
def test_labels_that_are_questions_of_their_own_do_not_share_out_one(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "tiny", problem_type="multi_label_classification")
    scores = Classifier(look(folder)).scores("nothing known", 5)
    assert scores == {"LABEL_0": 0.5, "LABEL_1": 0.5}


@real
def test_a_post_without_end_is_cut(tmp_path: Path) -> None:
    folder = look(tiny.write(tmp_path / "tiny", max_position_embeddings=16))
    assert folder.longest == 16
    scores = Classifier(folder).scores("lost " * 16 + "thank " * 100_000, 5)
    assert scores["LABEL_0"] > 0.99


@real
def test_a_model_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LONGEST", 500_000)
    monkeypatch.setattr("gensvar.reading.reader.prompt.LONGEST", 4_000_000)
    votes = {**tiny.VOTES, "lost": (1.0,) * 2}
    wide = {word: tuple(row) * 250 for word, row in votes.items()}
    folder = look(tiny.write(tmp_path / "slow", wide, max_position_embeddings=100_000))
    with pytest.raises(TooSlow, match=r"within 0\.001 s"):
        Classifier(folder).scores("lost " * 100_000, 0.001)


@real
@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
def test_a_broken_file_is_a_sentence(tmp_path: Path, file: str) -> None:
    folder = tiny.write(tmp_path / "tiny")
    (folder / file).write_bytes(b"\x00broken")
    with pytest.raises(Unreadable, match="The model in tiny cannot be run"):
        Classifier(look(folder))


@real
def test_a_model_with_other_labels_than_it_names_is_refused(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "tiny", id2label={"0": "a", "1": "b", "2": "c"})
    with pytest.raises(Unreadable, match="gives 2 scores and names 3 labels"):
        Classifier(look(folder)).scores("lost", 5)


@pytest.mark.parametrize("file", classifier.FILES)
def test_a_missing_file_is_named(tmp_path: Path, file: str) -> None:
    folder = tiny.write(tmp_path / "tiny")
    (folder / file).unlink()
    with pytest.raises(Unreadable, match=f"has no {file}"):
        look(folder)


@pytest.mark.parametrize("config", [{}, {"id2label": {}}, {"id2label": {"1": "b"}}, {"id2label": [1]}, [], 7])
def test_a_config_without_labels_is_refused(tmp_path: Path, config: object) -> None:
    folder = tiny.write(tmp_path / "tiny")
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(Unreadable, match="names no labels"):
        look(folder)
