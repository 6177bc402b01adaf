"""The list of crash points is complete, and each says what must happen after a death there."""

import re
from pathlib import Path

import pytest

from gensvar.engine.crash import CrashPoint
from gensvar.process.alert import crash_points as alert
from gensvar.process.document import crash_points as document
from gensvar.process.listen import crash_points as listen
from gensvar.process.respond import crash_points as respond
from tests.crashes.processes import ROOT

POINTS: tuple[CrashPoint, ...] = (*alert.ALL, *document.ALL, *listen.ALL, *listen.FILLING, *respond.ALL)


def test_names_are_used_once() -> None:
    names = [point.name for point in POINTS]
    assert len(names) == len(set(names)) == 13


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name)
def test_each_says_what_recovery_must_do(point: CrashPoint) -> None:
    assert len(point.recovery.split()) > 8


def test_every_point_in_the_code_is_in_the_list() -> None:
    named = set()
    for path in (ROOT / "gensvar").rglob("*.py"):
        named |= set(re.findall(r'CrashPoint\(\s*"([^"]+)"', path.read_text()))
    assert named == {point.name for point in POINTS}


def test_every_point_is_passed_by_somewhere() -> None:
    text = "\n".join(path.read_text() for path in Path(ROOT / "gensvar" / "process").rglob("*.py"))
    for module in (alert, document, listen, respond):
        for name in vars(module):
            if isinstance(getattr(module, name), CrashPoint):
                assert f"{name}.pass_by()" in text
