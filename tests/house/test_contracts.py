"""The import contracts hold, and each of them catches an offence that is planted."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

OFFENCES = [
    ("Layers of the house point down", "gensvar/kernel/clock.py", "from gensvar.people import rules"),
    (
        "Steps of the process point back",
        "gensvar/process/listen/actions.py",
        "from gensvar.process.respond import actions",
    ),
    ("Rules are pure", "gensvar/process/case/rules.py", "from django.db import models"),
    (
        "Actions and queries never call the network or read the clock",
        "gensvar/process/assess/actions.py",
        "from gensvar.kernel.clock import now",
    ),
    ("Connectors do not know Django", "gensvar/connectors/by_hand.py", "from django.conf import settings"),
]


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the house below `root`."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the house in which offences may be planted."""
    shutil.copytree(
        ROOT / "gensvar", tmp_path / "gensvar", ignore=shutil.ignore_patterns("__pycache__", "static")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_as_it_stands_keeps_every_contract() -> None:
    found = lint(ROOT)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(("contract", "place", "offence"), OFFENCES, ids=[each[0] for each in OFFENCES])
def test_a_planted_offence_is_caught(house: Path, contract: str, place: str, offence: str) -> None:
    file = house / place
    file.write_text(file.read_text() + f"\n{offence}\n")
    found = lint(house)
    assert found.returncode == 1, found.stdout
    assert f"{contract} BROKEN" in found.stdout


def test_every_contract_has_a_planted_offence() -> None:
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == {each[0] for each in OFFENCES}
