"""The judge of a process: loaded once, and where it cannot be, people judge alone and the doctor says so."""

from pathlib import Path

import pytest

from gensvar import examine
from gensvar.kernel import environment
from gensvar.process.assess import machine
from gensvar.reading.judge.verdict import Text
from tests.judging import Broken, Scripted, seated, verdict


def test_without_a_judge_nothing_is_said() -> None:
    with seated(None):
        assert machine.verdicts([Text("Hej")], ("sv",)) == ("", [])


def test_a_judge_that_breaks_says_nothing_and_stops_nobody() -> None:
    with seated(Broken()):
        assert machine.verdicts([Text("Hej")], ("sv",)) == ("", [])


def test_a_judge_says_who_it_is() -> None:
    with seated(Scripted({"Hej": verdict("question")})):
        name, said = machine.verdicts([Text("Hej")], ("sv",))
    assert (name, said[0].kind) == ("scripted", "question")


def test_no_posts_need_no_judge() -> None:
    judge = Scripted({})
    with seated(judge):
        assert machine.verdicts([], ("sv",)) == ("", [])


@pytest.mark.parametrize("which", ["/no/such/model.npz", __file__])
def test_a_file_that_is_no_model_is_said_to_be_none(which: str) -> None:
    judge, trouble = machine.load(which)
    assert judge is None
    assert trouble.startswith("The model cannot be read, so people judge alone.")


def test_switched_off_is_no_trouble() -> None:
    assert machine.load(machine.OFF) == (None, "")


def test_the_doctor_names_a_model_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(environment.JUDGE.name, str(tmp_path / "gone.npz"))
    finding = examine._judge()
    assert finding.works is False
    assert "cases wait for a person" in finding.words


def test_the_doctor_says_that_it_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(environment.JUDGE.name, machine.OFF)
    assert examine._judge().works is None
