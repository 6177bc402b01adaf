"""Posts that want to harm: shown as text, breaking nothing."""

from datetime import datetime

import pytest

from gensvar.people.models import Membership
from gensvar.process.listen.models import Channel, Mention
from tests.conftest import SignIn
from tests.desk import scene

SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(2)">'
HOSTILE = {
    "script": f"Nordpost {SCRIPT}",
    "template": "Nordpost {{ request.user.password }} {% include 'x' %}",
    "bidi": "Nordpost \u202egnihton\u202c \u2066x\u2069",
    "nul": "Nordpost \x00 null",
    "surrogate": "Nordpost \ud83d broken emoji",
    "long": "Nordpost " + "å" * 300_000,
    "one word": "Nordpost" + "x" * 5000,
    "attribute": 'Nordpost " onmouseover="alert(3)',
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_post_is_shown_as_text(
    alice: Membership, bluesky: Channel, at: datetime, sign_in: SignIn, kind: str
) -> None:
    case = scene.hear(bluesky, scene.post(9, HOSTILE[kind]), at)
    browser = sign_in(alice)
    for address in ("/w/nordpost/now/", f"/w/nordpost/case/{case.pk}/", f"/w/nordpost/now/?case={case.pk}"):
        page = browser.get(address)
        text = page.content.decode()
        assert page.status_code == 200
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert not {"\u202e", "\u2066", "\x00"} & set(text)
        assert 'onmouseover="' not in text
        assert len(page.content) < 120_000


def test_a_hostile_name_and_handle_are_shown_as_text(
    alice: Membership, bluesky: Channel, at: datetime, sign_in: SignIn
) -> None:
    case = scene.hear(bluesky, scene.post(9, "Nordpost", f"\u202e{SCRIPT}"), at)
    text = sign_in(alice).get(f"/w/nordpost/case/{case.pk}/").content.decode()
    assert "<script>alert" not in text
    assert "\u202e" not in text


def test_an_address_that_runs_is_not_a_link(
    alice: Membership, bluesky: Channel, at: datetime, sign_in: SignIn
) -> None:
    case = scene.hear(bluesky, scene.post(9, "Nordpost"), at)
    Mention.objects.filter(case=case).update(url="javascript:alert(1)", author_url="data:text/html,x")
    text = sign_in(alice).get(f"/w/nordpost/case/{case.pk}/").content.decode()
    assert "javascript:" not in text
    assert "data:text/html" not in text


def test_the_browser_is_told_to_run_nothing_from_elsewhere(alice: Membership, sign_in: SignIn) -> None:
    policy = sign_in(alice).get("/w/nordpost/now/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_no_screen_carries_inline_script_or_style(
    alice: Membership, bluesky: Channel, at: datetime, sign_in: SignIn
) -> None:
    case = scene.hear(bluesky, scene.post(9, "Nordpost"), at)
    browser = sign_in(alice)
    for path in ("now/", f"case/{case.pk}/", "watches/", "channels/", "figures/", "settings/", "people/"):
        text = browser.get(f"/w/nordpost/{path}").content.decode()
        assert "style=" not in text
        assert "<style" not in text
        assert " onclick=" not in text
        assert "<script>" not in text
