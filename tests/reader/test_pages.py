"""The pages of a better reader: choosing and trying it, and what it was asked in a case."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from gensvar.kernel import clock
from gensvar.people.models import Membership
from gensvar.process.listen.models import Channel
from gensvar.process.reader import folder, queries, tasks
from gensvar.process.reader.models import Reader
from gensvar.reading.reader import classifier
from tests.conftest import SignIn
from tests.reader.conftest import chosen, given
from tests.reader.obedient import KEY, Obedient
from tests.reading.reader import tiny

SETTINGS, TRY = "/w/nordpost/settings/reader/", "/w/nordpost/settings/reader/try/"
GOOD: dict[str, Any] = {
    "way": "address",
    "address": "https://models.example.org/v1",
    "model": "m",
    "key": KEY,
    "temperature": "0",
    "heads": ["kind", "abuse"],
    "only_unsure": "yes",
    "seconds": 5,
    "monthly": 100,
}


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A classifier where an operator puts them."""
    monkeypatch.setattr(folder, "place", lambda: tmp_path)
    return tiny.write(tmp_path / "tiny")


def test_it_is_off_until_an_administrator_chooses_one(dora: Membership, sign_in: SignIn) -> None:
    page = sign_in(dora).get(SETTINGS).content.decode()
    assert "What leaves the house" in page
    assert "Try it" not in page
    assert not Reader.objects.exists()


def test_what_is_chosen_is_kept_and_the_key_is_never_shown(dora: Membership, sign_in: SignIn) -> None:
    browser = sign_in(dora)
    assert browser.post(SETTINGS, GOOD).status_code == 302
    row = Reader.objects.get()
    assert (row.way, row.heads, row.only_unsure, row.seconds) == ("address", ["kind", "abuse"], True, 5)
    page = browser.get(SETTINGS).content.decode()
    assert KEY not in page
    assert "A key is kept" in page
    assert browser.post(SETTINGS, {**GOOD, "key": "", "only_unsure": "no"}).status_code == 302
    row.refresh_from_db()
    assert (queries.server(row).key, row.only_unsure) == (KEY, False)
    assert "Dora chose the better reader" in browser.get("/w/nordpost/settings/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("address", "", "Write the address of the server"),
        ("address", "javascript:alert(1)", "Write the address of the server"),
        ("model", " ", "Write the name of the model"),
        ("heads", [], "Choose at least one question"),
        ("heads", ["close"], "close is not one of the available choices"),
        ("seconds", 61, "from 1 to 60"),
        ("monthly", 0, "from 1 to 1000000"),
        ("way", "elsewhere", "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    dora: Membership, sign_in: SignIn, field: str, value: object, sentence: str
) -> None:
    answer = sign_in(dora).post(SETTINGS, {**GOOD, field: value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Reader.objects.exists()


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ("LABEL_9 = kind: praise", "the model has no label"),
        ("LABEL_0 = sentiment: negative", "No label answers this: What it is"),
        ("", "No label answers this"),
    ],
)
def test_labels_are_checked_against_the_model(
    dora: Membership, sign_in: SignIn, in_folder: Path, labels: str, sentence: str
) -> None:
    browser, given = sign_in(dora), {**GOOD, "way": "folder", "folder": "tiny", "heads": ["kind"]}
    answer = browser.post(SETTINGS, {**given, "labels": labels})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert browser.post(SETTINGS, {**given, "labels": "LABEL_0 = kind: complaint"}).status_code == 302


def test_a_try_shows_what_came_back_and_counts(
    dora: Membership, reader: Reader, sign_in: SignIn, obedient: Obedient
) -> None:
    page = sign_in(dora).post(TRY).content.decode()
    assert "It answered in" in page
    assert "complaint" in page
    assert "1 of" in page
    assert "the driver was kind" in obedient.seen()[-1]["body"]


def test_a_try_that_fails_says_why_and_shows_no_key(
    dora: Membership, reader: Reader, sign_in: SignIn, obedient: Obedient, at: datetime
) -> None:
    chosen(dora, at, address=obedient.address.replace("/v1", "/v2"))
    page = sign_in(dora).post(TRY).content.decode()
    assert "no such address or model (404)" in page
    assert KEY not in page


def test_a_month_without_questions_left_allows_no_try(
    dora: Membership, sign_in: SignIn, obedient: Obedient, allowed: None, at: datetime
) -> None:
    chosen(dora, at, address=obedient.address, monthly=1)
    browser, calls = sign_in(dora), len(obedient.seen())
    browser.post(TRY)
    page = browser.post(TRY, follow=True).content.decode()
    assert "This month has no question left" in page
    assert len(obedient.seen()) == calls + 1


@pytest.mark.skipif(not classifier.is_installed(), reason="onnxruntime and tokenizers are not installed")
def test_a_classifier_can_be_tried_as_well(
    dora: Membership, sign_in: SignIn, at: datetime, in_folder: Path
) -> None:
    lines = "LABEL_0 = kind: complaint\nLABEL_1 = kind: praise"
    chosen(dora, at, way="folder", folder="tiny", labels=lines, heads=["kind"])
    page = sign_in(dora).post(TRY).content.decode()
    assert "praise" in page
    assert "LABEL_1 0." in page


def test_off_there_is_nothing_to_try(dora: Membership, sign_in: SignIn) -> None:
    assert sign_in(dora).post(TRY).status_code == 302


def test_the_case_shows_what_was_asked_and_answered_as_text(
    vic: Membership, reader: Reader, channel: Channel, sign_in: SignIn
) -> None:
    reading = given(channel, "Lost <script>alert(1)</script> \u202e", clock.now())
    tasks.read.func(reading.pk)
    page = sign_in(vic).get(f"/w/nordpost/case/{reading.case_id}/readings/").content.decode()
    assert "complaint 97 %" in page
    assert "obedient-1" in page
    assert "340 tokens" in page
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert KEY not in page
    case = sign_in(vic).get(f"/w/nordpost/case/{reading.case_id}/").content.decode()
    assert f"/w/nordpost/case/{reading.case_id}/readings/" in case


def test_others_see_nothing_of_it(
    carol: Membership, mallory: Any, reader: Reader, channel: Channel, sign_in: SignIn
) -> None:
    reading = given(channel, "Lost", clock.now())
    for who in (carol, mallory):
        assert sign_in(who).get(f"/w/nordpost/case/{reading.case_id}/readings/").status_code == 404
        assert sign_in(who).post(TRY).status_code == 404
