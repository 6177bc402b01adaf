"""A classifier in a folder as the reader: nothing leaves the house, and what is wrong with it is a sentence."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from gensvar.kernel import clock
from gensvar.people.models import Membership
from gensvar.process.listen.models import Channel
from gensvar.process.reader import folder, tasks
from gensvar.process.reader.models import Reader, Reading
from gensvar.process.reader.states import State
from gensvar.reading.reader import classifier
from tests.reader.conftest import chosen, given
from tests.reading.reader import tiny

pytestmark = pytest.mark.django_db
real = pytest.mark.skipif(
    not classifier.is_installed(), reason="onnxruntime and tokenizers are not installed"
)

LINES = "LABEL_0 = kind: complaint, sentiment: negative\nLABEL_1 = sentiment: positive"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where an operator puts classifiers; one is there."""
    monkeypatch.setattr(folder, "place", lambda: tmp_path)
    tiny.write(tmp_path / "tiny")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "a file").write_text("")
    yield tmp_path
    folder.let_go("tiny")


def read(dora: Membership, channel: Channel, text: str, name: str = "post-1", of: str = "tiny") -> Reading:
    at = clock.now()
    chosen(dora, at, key=None, way="folder", folder=of, labels=LINES)
    reading = given(channel, text, at, name=name)
    tasks.read.func(reading.pk)
    reading.refresh_from_db()
    return reading


def test_folders_are_offered_by_name_and_nothing_else_is_opened(place: Path) -> None:
    assert folder.names() == ["tiny"]
    for name in ("", "..", "../tiny", "/etc", ".hidden"):
        with pytest.raises(classifier.Unreadable, match="no folder"):
            folder.find(name)


@real
def test_it_answers_what_its_labels_mean(
    place: Path, dora: Membership, channel: Channel, at: datetime
) -> None:
    reading = read(dora, channel, "Lost and late")
    assert reading.state == State.ANSWERED
    assert reading.answers == {"kind": ["complaint", 0.97], "sentiment": ["negative", 0.97]}
    assert (reading.by, reading.asked) == ("tiny", "Lost and late")
    assert reading.answered.startswith("LABEL_0 0.9")


@real
def test_a_newer_file_is_read_again(place: Path, dora: Membership, channel: Channel) -> None:
    read(dora, channel, "Lost and late")
    turned = {word: (right, left) for word, (left, right) in tiny.VOTES.items()}
    tiny.write(place / "tiny", turned)
    assert read(dora, channel, "Lost and late!", "post-2").answers == {"sentiment": ["positive", 0.97]}


@real
def test_a_folder_that_went_away_is_no_answer_and_said(
    place: Path, dora: Membership, channel: Channel
) -> None:
    reading = read(dora, channel, "Lost", of="gone")
    assert reading.state == State.NO_ANSWER
    assert "no folder “gone”" in reading.reason
    assert "no folder “gone”" in Reader.objects.get().why


@pytest.mark.skipif(classifier.is_installed(), reason="onnxruntime and tokenizers are installed")
def test_without_the_packages_a_sentence_says_how_to_get_them(
    place: Path, dora: Membership, channel: Channel
) -> None:
    assert "requirements/onnx.txt" in read(dora, channel, "Lost").reason
