"""A text classifier in a folder: `model.onnx`, `tokenizer.json` and `config.json`, as exporters write them.

onnxruntime runs it and tokenizers cuts the text; both are the optional extra `onnx`. Nothing of the folder is
code that is run: operators outside the standard ones are not loaded.
"""

import json
import math
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gensvar.kernel.sentence import Sentence, gettext_noop
from gensvar.reading.reader.prompt import cleaned

FILES = ("model.onnx", "tokenizer.json", "config.json")
LONGEST = 512
"""Tokens of a post that are read at most."""

INSTALL = gettext_noop(
    "The packages that run such a model are missing. In the environment of the desk, run "
    "“pip install --no-deps --require-hashes -r requirements/onnx.txt”, and start it again."
)
NO_FILE = gettext_noop("The folder %(folder)s has no %(file)s.")
NO_LABELS = gettext_noop("config.json in %(folder)s names no labels (id2label).")
BROKEN = gettext_noop("The model in %(folder)s cannot be run: %(reason)s")
SLOW = gettext_noop("The model did not answer within %(seconds)s s.")
NOT_ITS_LABELS = gettext_noop("The model in %(folder)s gives %(got)s scores and names %(named)s labels.")


class Unreadable(Exception):
    """The folder holds no classifier that can be run; `why` is for people."""

    def __init__(self, why: str, **values: object) -> None:
        self.why = Sentence(why, **values)
        super().__init__(self.why)


class TooSlow(Unreadable):
    """It did not answer in time."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What stands in the folder. `many`: each label is a question of its own."""

    path: Path
    labels: tuple[str, ...]
    many: bool
    longest: int


def look(path: Path) -> Folder:
    """What `path` holds, without running it; raises Unreadable."""
    for file in FILES:
        if not (path / file).is_file():
            raise Unreadable(NO_FILE, folder=path.name, file=file)
    try:
        told = json.loads((path / "config.json").read_bytes())
        named = {int(number): str(label) for number, label in told["id2label"].items()}
        labels = tuple(named[number] for number in range(len(named)))
        longest = int(told.get("max_position_embeddings", LONGEST))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable(NO_LABELS, folder=path.name) from None
    if not labels:
        raise Unreadable(NO_LABELS, folder=path.name)
    many = len(labels) == 1 or told.get("problem_type") == "multi_label_classification"
    return Folder(path, labels, many, max(1, min(longest, LONGEST)))


def is_installed() -> bool:
    """Whether the packages of the extra `onnx` are here."""
    try:
        import onnxruntime  # noqa: F401
        import tokenizers  # noqa: F401
    except ImportError:
        return False
    return True


class Classifier:
    """A model that is loaded and can be asked, by one thread at a time."""

    def __init__(self, folder: Folder) -> None:
        if not is_installed():
            raise Unreadable(INSTALL)
        import onnxruntime
        from tokenizers import Tokenizer

        self.folder = folder
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            self._cut = Tokenizer.from_file(str(folder.path / "tokenizer.json"))
            self._cut.enable_truncation(folder.longest)
            self._cut.no_padding()
            self._run = onnxruntime.InferenceSession(
                str(folder.path / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both packages raise plain exceptions of their own, of many kinds
            raise Unreadable(BROKEN, folder=folder.path.name, reason=str(error)[:200]) from error

    def scores(self, text: str, seconds: float) -> dict[str, float]:
        """Probability of each label; raises TooSlow after `seconds`, Unreadable when it cannot be run."""
        import onnxruntime

        options = onnxruntime.RunOptions()
        end = threading.Timer(seconds, lambda: setattr(options, "terminate", True))
        end.start()
        try:
            told = self._run.run(None, self._inputs(text), options)
        except Exception as error:  # as above
            if options.terminate:
                raise TooSlow(SLOW, seconds=f"{seconds:g}") from None
            raise Unreadable(BROKEN, folder=self.folder.path.name, reason=str(error)[:200]) from error
        finally:
            end.cancel()
        return self._read([float(each) for each in told[0].reshape(-1)])

    def _inputs(self, text: str) -> dict[str, Any]:
        import numpy as np

        cut = self._cut.encode(cleaned(text))
        known = {"input_ids": cut.ids, "attention_mask": cut.attention_mask, "token_type_ids": cut.type_ids}
        wanted = [each.name for each in self._run.get_inputs()]
        return {name: np.array([known[name]], dtype=np.int64) for name in wanted}

    def _read(self, logits: list[float]) -> dict[str, float]:
        named = self.folder.labels
        if len(logits) != len(named) or not all(map(math.isfinite, logits)):
            raise Unreadable(NOT_ITS_LABELS, folder=self.folder.path.name, got=len(logits), named=len(named))
        likely = [_alone(each) for each in logits] if self.folder.many else _together(logits)
        return dict(zip(named, likely, strict=True))


def _alone(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


def _together(logits: list[float]) -> list[float]:
    highest = max(logits)
    weights = [math.exp(each - highest) for each in logits]
    return [each / sum(weights) for each in weights]
