"""What the code has, the docs say: settings, crash points, libraries, words."""

import re
import tomllib
from pathlib import Path

from click.testing import CliRunner

from gensvar.cli import main
from gensvar.connectors import matrix, registry
from gensvar.engine.crash import CrashPoint
from gensvar.kernel import environment

ROOT = Path(__file__).resolve().parents[2]


def docs(name: str) -> str:
    """The text of a page of the docs."""
    return (ROOT / "docs" / name).read_text()


def crash_points() -> list[CrashPoint]:
    """Every crash point that stands in the code."""
    from gensvar.process.respond import crash_points as respond

    found = list(respond.ALL)
    for step in ("listen", "document", "alert"):
        module = __import__(f"gensvar.process.{step}.crash_points", fromlist=["ALL"])
        found += [*module.ALL, *getattr(module, "FILLING", ())]
    return found


def test_every_setting_is_listed_by_the_doctor() -> None:
    result = CliRunner().invoke(main, ["doctor", "--settings"])
    assert result.exit_code == 0
    for variable in environment.ALL:
        assert variable.name in result.output
        assert variable.meaning in result.output


def test_every_setting_that_is_read_is_declared() -> None:
    declared = {variable.name for variable in environment.ALL}
    read = set()
    for path in (ROOT / "gensvar").rglob("*.py"):
        read |= set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", path.read_text()))
    assert read - declared <= {"DJANGO_SETTINGS_MODULE", "GENSVAR_LIFELINE"}


def test_every_crash_point_stands_in_the_invariants() -> None:
    page = docs("invariants.md")
    for point in crash_points():
        assert point.name in page, point.name


def test_every_library_has_a_line_in_the_decisions() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pages = "\n".join(path.read_text() for path in (ROOT / "docs" / "decisions").glob("*.md"))
    for requirement in (
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ):
        name = re.split(r"[\[~<>=]", requirement)[0]
        assert re.search(rf"\b{re.escape(name)}\b", pages, re.IGNORECASE), name


def test_the_page_of_connectors_is_what_they_say_themselves() -> None:
    assert docs("connectors.md") == matrix.page(registry.load().values())


def test_every_command_has_a_sentence() -> None:
    for name, command in main.commands.items():
        assert command.help, name
