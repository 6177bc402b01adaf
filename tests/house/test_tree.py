"""The tree keeps its habits: captions, no clock below the edges, no addresses that do not belong here."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
MODULES = [path for path in sorted((ROOT / "gensvar").rglob("*.py")) if "migrations" not in path.parts]

EDGES = (
    "desk",
    "tasks.py",
    "runner.py",
    "worker.py",
    "supervisor.py",
    "cli.py",
    "examine.py",
    "demo",
    "connectors",
)
"""Where the clock may be read: screens, tasks, loops, commands, and what talks to networks."""


def tracked() -> list[Path]:
    """Every file that git keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("This tree is not a git checkout.")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


@pytest.mark.django_db
def test_every_change_of_a_table_has_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_with_one_sentence(path: Path) -> None:
    caption = ast.get_docstring(ast.parse(path.read_text())) or ""
    assert caption.strip(), f"{path} has no caption"


def test_the_clock_is_read_only_at_the_edges() -> None:
    offenders = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if re.search(
            r"kernel\.clock import now|kernel import .*\bclock\b|timezone\.now\(|datetime\.now\(",
            path.read_text(),
        )
        and not any(edge in path.parts for edge in EDGES)
        and path.name != "clock.py"
    ]
    assert offenders == []


def test_only_the_desk_knows_html() -> None:
    """import-linter sees whole outside packages only, and all of Django would be too much to forbid."""
    html = re.compile(r"from django\.(shortcuts|views|template|http|urls)\b")
    offenders = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if html.search(path.read_text())
        and "desk" not in path.parts
        and path.name not in ("urls.py", "sign_in.py")
    ]
    assert offenders == []


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    hosts = re.compile(
        "|".join(
            (
                r"pypi\.org",
                "files\\.python" + "hosted",
                r"registry\.np" + r"mjs",
                r"/work/",
                r"/root/",
                "deb\\.deb" + "ian",
            )
        )
    )
    offenders = []
    for path in tracked():
        if path.suffix in {".png", ".gz", ".ico"} or path == Path(__file__) or not path.is_file():
            continue
        if hosts.search(path.read_text(errors="replace")):
            offenders.append(str(path.relative_to(ROOT)))
    assert offenders == []


def test_every_requirement_is_pinned_with_a_hash() -> None:
    for name in ("base.txt", "dev.txt", "bench.txt", "onnx.txt"):
        lines = (ROOT / "requirements" / name).read_text().splitlines()
        pins = [index for index, line in enumerate(lines) if re.match(r"[a-z0-9]", line)]
        assert pins
        for index in pins:
            assert "==" in lines[index]
            assert "--hash=sha256:" in lines[index + 1], lines[index]
