"""Model files: read back as written, and refused with a sentence when they are none."""

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from gensvar.reading.judge import model


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    path = tmp_path / "one.model"
    path.write_bytes(model.write(model.shipped()))
    return path


def changed(path: Path, name: str, content: bytes) -> Path:
    """The same file with another part in it."""
    with zipfile.ZipFile(path) as old:
        parts = {each: old.read(each) for each in old.namelist()} | {name: content}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for each, data in parts.items():
            new.writestr(each, data)
    return path


def test_a_model_is_read_as_it_was_written(shipped: Path) -> None:
    again, first = model.load(shipped), model.shipped()
    assert again.told == first.told
    for language, weights in first.languages.items():
        assert np.array_equal(weights.table, again.languages[language].table)


def test_the_same_model_gives_the_same_bytes(shipped: Path) -> None:
    assert shipped.read_bytes() == model.write(model.load(shipped))


def test_the_shipped_model_is_small_and_says_what_it_was_made_from() -> None:
    assert len(model.write(model.shipped())) <= 10_000_000
    assert set(model.shipped().languages) == {"sv", "fi", "nl", "de", "en", "da"}
    assert all(said.split(";")[0] for said in model.shipped().told["licences"].values())


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 broken"])
def test_what_is_no_model_is_refused_with_a_mend(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(model.UnreadableModel, match="make one with gensvar train"):
        model.load(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(model.UnreadableModel, match=r"absent\.model: cannot be read"):
        model.load(tmp_path / "absent.model")


def test_a_model_of_another_version_is_refused(shipped: Path) -> None:
    told = {**model.shipped().told, "columns": 3}
    with pytest.raises(model.UnreadableModel, match="another version"):
        model.load(changed(shipped, "model.json", json.dumps(told).encode()))


def test_nothing_in_a_model_is_ever_run(shipped: Path) -> None:
    content = io.BytesIO()
    np.save(content, np.array([print], dtype=object), allow_pickle=True)
    with pytest.raises(model.UnreadableModel):
        model.load(changed(shipped, "sv/bias.npy", content.getvalue()))


def test_an_array_of_another_shape_is_refused(shipped: Path) -> None:
    content = io.BytesIO()
    np.save(content, np.zeros(3, np.float32))
    with pytest.raises(model.UnreadableModel, match="another shape"):
        model.load(changed(shipped, "sv/bias.npy", content.getvalue()))


def test_a_part_that_would_fill_the_memory_is_not_unpacked(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "LARGEST", 1_000)
    with pytest.raises(model.UnreadableModel, match="too large"):
        model.load(shipped)
