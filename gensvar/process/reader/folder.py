"""Classifiers in folders of this desk: which there are, and asking one of them."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from django.conf import settings

from gensvar.kernel.sentence import Sentence, gettext_noop
from gensvar.process.reader import rules
from gensvar.process.reader.told import Came, Told
from gensvar.reading.judge.verdict import Text
from gensvar.reading.reader import labels
from gensvar.reading.reader.classifier import Classifier, Folder, TooSlow, Unreadable, look
from gensvar.reading.reader.prompt import cleaned


def place() -> Path:
    """Where an operator puts classifiers, each in a folder of its own. Nobody names a path by the desk."""
    return Path(settings.DATA) / "readers"


def names() -> list[str]:
    """The folders that are there."""
    found = place().iterdir() if place().is_dir() else ()
    return sorted(each.name for each in found if each.is_dir() and not each.name.startswith("."))


def find(name: str) -> Folder:
    """The classifier in the folder of this name; raises Unreadable."""
    if name not in names():
        raise Unreadable(GONE, folder=name)
    return look(place() / name)


GONE = gettext_noop("There is no folder “%(folder)s” among the readers of this desk.")
NO_MATCH = Sentence("The likeliest label of the model means nothing here.")
_loaded: dict[Path, tuple[float, Classifier]] = {}
"""The classifiers of this process, with when their file was written; the lane has one thread."""


def classifier(name: str) -> Classifier:
    """The classifier of this name, loaded once and again when its file changes; raises Unreadable."""
    folder = find(name)
    written = (folder.path / "model.onnx").stat().st_mtime
    if folder.path not in _loaded or _loaded[folder.path][0] != written:
        _loaded[folder.path] = (written, Classifier(folder))
    return _loaded[folder.path][1]


def let_go(name: str) -> None:
    """Forget the classifier of this name, where it was only tried."""
    _loaded.pop(place() / name, None)


def ask(name: str, lines: str, text: Text, heads: Sequence[str], seconds: float) -> Told:
    """Give the post to the classifier of this name; says in every case what came of it."""
    asked, began = rules.kept(cleaned(text.text)), monotonic()
    try:
        model = classifier(name)
        meaning = labels.read(lines, model.folder.labels)
        began = monotonic()
        scores = model.scores(text.text, seconds)
    except TooSlow as error:
        return Told(Came.LATER, asked, why=error.why, by=name, ms=_since(began))
    except (Unreadable, labels.BadLabels) as error:
        return Told(Came.BROKEN, asked, why=error.why, by=name, ms=_since(began))
    said = "\n".join(f"{label} {likely:.4f}" for label, likely in scores.items())
    found = labels.answers(scores, meaning, heads, many=model.folder.many)
    came, why = (Came.ANSWER, None) if found else (Came.NOTHING, NO_MATCH)
    return Told(came, asked, rules.kept(said), found, why, name, _since(began))


def _since(began: float) -> int:
    return round((monotonic() - began) * 1000)
