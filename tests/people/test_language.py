"""Sentences from below: English where they are written, and the reader's language where they are shown."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation

from gensvar.connectors.contract import Refused, TryLater
from gensvar.kernel.sentence import Sentence
from gensvar.people.language import said
from gensvar.people.management.commands.makemessages import RAISED

HOUSE = Path(__file__).resolve().parents[2] / "gensvar"
IN_DJANGO = "Ensure this value is less than or equal to %(limit_value)s."
"""A sentence of which Django itself has catalogues."""


def test_a_sentence_of_a_connector_is_said_in_the_language_of_the_reader() -> None:
    error = Refused(IN_DJANGO, limit_value=3)
    assert str(error) == error.why == "Ensure this value is less than or equal to 3."
    with translation.override("sv"):
        assert said(error.why) == "Kontrollera att detta värde är mindre än eller lika med 3."
    with translation.override("de"):
        assert said(TryLater(error.why).why).endswith("kleiner oder gleich 3 sein.")


def test_a_sentence_without_values_is_taken_as_it_stands() -> None:
    assert said(Sentence("100 % full.")) == "100 % full."


def test_any_other_text_stays_as_it_is() -> None:
    with translation.override("sv"):
        assert said("Yes") == "Yes"
        assert said("") == ""
        assert said(Sentence("")) == ""


def test_no_connector_builds_a_sentence_that_no_catalogue_can_hold() -> None:
    """An f-string has its values inside already."""
    built = [
        f"{path.relative_to(HOUSE)}:{call.lineno}"
        for path in [*(HOUSE / "connectors").rglob("*.py"), *(HOUSE / "demo").rglob("*.py")]
        if "bluesky" not in path.parts
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in RAISED
        if call.args and isinstance(call.args[0], ast.JoinedStr)
    ]
    assert built == []


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="no gettext here: apt-get install gettext")
def test_the_catalogues_find_what_connectors_checks_and_queries_say(tmp_path: Path) -> None:
    (tmp_path / "locale").mkdir()
    for name in ("connectors/feeds/fetch.py", "connectors/by_hand.py", "reading/reply/checks.py"):
        shutil.copy(HOUSE / name, tmp_path)
    for name in ("query", "term"):
        shutil.copy(HOUSE / f"reading/{name}.py", tmp_path)
    manage = [sys.executable, str(HOUSE.parent / "manage.py"), "makemessages", "-l", "sv"]
    subprocess.run(manage, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    found = (tmp_path / "locale/sv/LC_MESSAGES/django.po").read_text()
    sentences = (
        "%(host)s did not answer.",
        "Give the place a name.",
        "Copy the text, post it",
        "No sharp words.",
        "%(join)s stands between two things; write what comes after it.",
        "'%(sign)s' joins nothing here",
    )
    assert [words for words in sentences if words not in found] == []
