"""The file that holds what was learnt: weights per language, and how their sums become probabilities.

A ZIP of plain arrays (NumPy's npz, nothing in it can run) and one JSON text: at most 10 MB packed.
"""

import io
import json
import zipfile
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gensvar.reading.judge.columns import WIDTH
from gensvar.reading.judge.grams import BUCKETS

FORMAT = 1
LARGEST = 100_000_000
"""Bytes of one unpacked array: a model that claims more is none of ours."""
SHIPPED = "shipped.model"

Floats = NDArray[np.float32]


class UnreadableModel(Exception):
    """The file is no model of ours; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What one language has learnt. The score of a column: bias + scale x sum(table[buckets]) / sqrt(buckets)."""

    table: NDArray[np.int8]
    """buckets x columns."""
    scale: Floats
    bias: Floats
    slope: Floats
    """Per column: a score times this, plus `shift`, is a calibrated logit."""
    shift: Floats
    sure: dict[str, float]
    """Per head: the probability of its answer from which it is sure enough to act upon."""


@dataclass(frozen=True, slots=True)
class Model:
    """A whole model file."""

    name: str
    languages: dict[str, Weights]
    told: dict[str, Any]
    """What its makers wrote down: seed, data, licences, figures."""


@cache
def shipped() -> Model:
    """The model that comes with the package."""
    return read(resources.files("gensvar.reading.judge").joinpath(SHIPPED).read_bytes(), SHIPPED)


def load(path: Path) -> Model:
    """The model in a file; raises UnreadableModel."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableModel(
            f"{path}: cannot be read ({error.strerror}); give the path of a model file."
        ) from None
    return read(content, str(path))


def read(content: bytes, name: str) -> Model:
    """The model in these bytes; raises UnreadableModel."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            told = json.loads(_part(packed, "model.json"))
            if told["format"] != FORMAT or told["columns"] != WIDTH or told["buckets"] != BUCKETS:
                raise UnreadableModel(
                    f"{name}: made for another version of Gensvar; make it again with gensvar train."
                )
            languages = {each: _weights(packed, each, told) for each in told["languages"]}
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError) as error:
        raise UnreadableModel(
            f"{name}: not a model of Gensvar ({error}); make one with gensvar train."
        ) from None
    return Model(str(told["name"]), languages, told)


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    if packed.getinfo(name).file_size > LARGEST:
        raise ValueError(f"{name} is too large")
    return packed.read(name)


def _weights(packed: zipfile.ZipFile, language: str, told: dict[str, Any]) -> Weights:
    def array(name: str, shape: tuple[int, ...], kind: type) -> NDArray[Any]:
        found = np.load(io.BytesIO(_part(packed, f"{language}/{name}.npy")), allow_pickle=False)
        if found.shape != shape or found.dtype != kind:
            raise ValueError(f"{language}/{name} has another shape")
        return np.asarray(found)

    columns = (WIDTH,)
    return Weights(
        table=array("table", (BUCKETS, WIDTH), np.int8),
        scale=array("scale", columns, np.float32),
        bias=array("bias", columns, np.float32),
        slope=array("slope", columns, np.float32),
        shift=array("shift", columns, np.float32),
        sure={str(head): float(from_) for head, from_ in told["languages"][language]["sure"].items()},
    )


def write(model: Model) -> bytes:
    """The bytes of a model file: the same model always gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        target.writestr(
            _entry("model.json"), json.dumps(model.told, ensure_ascii=False, sort_keys=True, indent=1)
        )
        for language, weights in sorted(model.languages.items()):
            for name in ("table", "scale", "bias", "slope", "shift"):
                content = io.BytesIO()
                np.save(content, getattr(weights, name), allow_pickle=False)
                target.writestr(_entry(f"{language}/{name}.npy"), content.getvalue())
    return packed.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
