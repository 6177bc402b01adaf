"""What a machine said of a post on the screens: in rows, on the case, in words marked, and corrected by a key."""

from datetime import datetime

import pytest
from django.test import Client
from msgspec.structs import replace

from gensvar.desk.marks import marked
from gensvar.kernel.sentence import Sentence
from gensvar.people.models import Membership, Workspace
from gensvar.process.assess import queries
from gensvar.process.assess.actions import confirm, judge
from gensvar.process.assess.severity import TABLE, Row
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind, Severity
from gensvar.process.listen.models import Channel
from tests.conftest import SignIn
from tests.desk import scene
from tests.judging import Scripted, reason, seated, verdict

RUDE = "Nordpost, era idioter, paketet kom aldrig fram."
HM = "Jaha, Nordpost igen."
NOW = "/w/nordpost/now/"
JUDGING = "/w/nordpost/settings/judging/"
HOW_RIGHT = "/w/nordpost/figures/judge/"
SAYS = {
    RUDE: replace(
        verdict("complaint", 0.934, abuse="insult", urgency="high"),
        reasons=(reason(RUDE, "kom aldrig fram"), reason(RUDE, "idioter", "abuse")),
        urgent=(Sentence("It says “%(word)s”.", word="aldrig"),),
    ),
    HM: verdict("complaint", 0.44, unsure=("kind",)),
    "Tack": verdict("question", 0.95),
}


def heard(where: Channel, text: str, at: datetime, number: int = 1) -> Case:
    with seated(Scripted(SAYS)):
        return scene.hear(where, scene.post(number, text, f"Maria {number}"), at)


@pytest.fixture
def rude(bluesky: Channel, at: datetime) -> Case:
    return heard(bluesky, RUDE, at)


@pytest.fixture
def browser(alice: Membership, sign_in: SignIn) -> Client:
    return sign_in(alice)


def page(browser: Client, url: str) -> str:
    return browser.get(url).content.decode()


def test_the_deciding_words_are_marked_apart_from_the_name_that_was_watched(
    browser: Client, rude: Case
) -> None:
    text = page(browser, f"/w/nordpost/case/{rude.pk}/")
    assert '<mark class="why" title="speaks for: complaint">kom aldrig fram</mark>' in text
    assert '<mark class="why" title="speaks for: insult">idioter</mark>' in text
    assert "<mark>Nordpost</mark>" in text


def test_the_case_says_what_the_machine_says_and_how_sure_it_is(browser: Client, rude: Case) -> None:
    judged = browser.get(f"/w/nordpost/case/{rude.pk}/").context["case"]["judged"]
    assert [tag.name for tag in judged["says"]] == [
        "complaint 93 %",
        "negative 90 %",
        "urgent",
        "insult against somebody who works here 91 %",
    ]
    assert judged["why"] == ["It says “aldrig”."]
    assert judged["severity"].name == "high"
    assert judged["severity_why"] == "Since it is: complaint or question, urgent."


def test_only_words_for_what_one_acts_upon_are_marked(
    browser: Client, bluesky: Channel, at: datetime
) -> None:
    text = "Nordpost, det gick trögt i dag."
    calm = replace(
        verdict("complaint", 0.9, unsure=("abuse",), abusive=0.42),
        reasons=(reason(text, "trögt"), reason(text, "gick", "sentiment"), reason(text, "dag", "urgency")),
    )
    with seated(Scripted({text: calm})):
        case = scene.hear(bluesky, scene.post(1, text), at)
    shown = page(browser, f"/w/nordpost/case/{case.pk}/")
    assert shown.count('<mark class="why"') == 1
    assert "abusive? 42 %" in shown


def test_the_row_says_it_too(
    browser: Client, rude: Case, bluesky: Channel, alice: Membership, at: datetime
) -> None:
    heard(bluesky, HM, at, 2)
    rows = {row.id: row for row in browser.get(NOW).context["rows"]}
    assert rows[rude.pk].kind.name == "complaint 93 %"
    assert [tag.name for tag in rows[rude.pk].signs] == ["severity high", "insult"]
    unsure = next(row for pk, row in rows.items() if pk != rude.pk)
    assert (unsure.kind.name, unsure.signs) == ("leans to complaint, 44 %", [])
    judge(Case.objects.get(pk=unsure.id), Kind.QUESTION, by=alice.actor(), at=at)
    rows = {row.id: row for row in browser.get(NOW).context["rows"]}
    assert (rows[unsure.id].kind.name, rows[unsure.id].signs) == ("question", [])


def test_the_row_says_that_it_may_be_abusive(browser: Client, bluesky: Channel, at: datetime) -> None:
    with seated(Scripted({HM: verdict("complaint", 0.9, unsure=("abuse",), abusive=0.42)})):
        scene.hear(bluesky, scene.post(1, HM), at)
    row = browser.get("/w/nordpost/judge/").context["rows"][0]
    assert (row.kind.name, [tag.name for tag in row.signs]) == ("complaint 90 %", ["perhaps abusive"])


def test_what_may_be_a_threat_is_said_so(browser: Client, bluesky: Channel, at: datetime) -> None:
    veiled = verdict("complaint", 0.9, abusive=0.42, grounds={"threat": 0.7, "insult": 0.3})
    with seated(Scripted({HM: veiled})):
        case = scene.hear(bluesky, scene.post(1, HM), at)
    row = browser.get("/w/nordpost/judge/").context["rows"][0]
    assert [tag.name for tag in row.signs] == ["severity high", "perhaps a threat"]
    judged = browser.get(f"/w/nordpost/case/{case.pk}/").context["case"]["judged"]
    assert "perhaps a threat" in [tag.name for tag in judged["says"]]
    assert judged["unsure"] == "It may be a threat, and the machine cannot tell. Read it first."
    assert judged["severity_why"] == "Since it is: perhaps a threat."


def test_one_key_says_that_the_machine_is_right(browser: Client, rude: Case) -> None:
    text = page(browser, f"/w/nordpost/case/{rude.pk}/")
    assert 'value="as-read" data-key="y"' in text
    browser.post(f"/w/nordpost/case/{rude.pk}/judge/", {"kind": "as-read"})
    rude.refresh_from_db()
    assert (rude.kind, rude.sure, rude.abuse, rude.step) == ("complaint", None, "insult", "answer")
    text = page(browser, f"/w/nordpost/case/{rude.pk}/")
    assert 'value="as-read"' not in text
    assert "judged it: complaint, and abusive" in text


def test_one_key_says_that_it_is_abusive_too_or_not(browser: Client, rude: Case) -> None:
    address = f"/w/nordpost/case/{rude.pk}/"
    assert 'name="abusive" value="no" data-key="6" aria-pressed="true"' in page(browser, address)
    browser.post(f"{address}judge/", {"abusive": "no"})
    rude.refresh_from_db()
    assert (rude.kind, rude.abuse) == ("complaint", "")
    assert 'name="abusive" value="yes" data-key="6" aria-pressed="false"' in page(browser, address)


def test_one_press_says_what_tone_it_has_and_how_urgent_it_is(browser: Client, rude: Case) -> None:
    address = f"/w/nordpost/case/{rude.pk}/"
    assert 'name="sentiment" value="negative" aria-pressed="true"' in page(browser, address)
    browser.post(f"{address}judge/", {"sentiment": "neutral"})
    browser.post(f"{address}judge/", {"urgency": "normal"})
    text = page(browser, address)
    assert 'name="sentiment" value="neutral" aria-pressed="true"' in text
    assert 'name="urgency" value="normal" aria-pressed="true"' in text
    assert "Alice said of its tone: neutral" in text
    assert "Alice said of its urgency: normal urgency" in text
    judged = browser.get(address).context["case"]["judged"]
    assert "negative 90 %" in [tag.name for tag in judged["says"]]
    assert judged["severity"].name == "normal"


def test_a_tone_that_is_not_offered_is_refused_in_words(browser: Client, rude: Case) -> None:
    answer = browser.post(
        f"/w/nordpost/case/{rude.pk}/judge/", {"sentiment": "cross"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422
    assert "Nothing was changed." in answer.content.decode()


def test_what_the_machine_cannot_tell_is_asked(browser: Client, bluesky: Channel, at: datetime) -> None:
    case = heard(bluesky, HM, at)
    text = page(browser, f"/w/nordpost/case/{case.pk}/")
    assert "The machine cannot tell what it is. Say it first." in text
    assert "complaint? 44 %" in text


def test_the_journal_says_that_a_machine_judged(browser: Client, bluesky: Channel, at: datetime) -> None:
    case = heard(bluesky, "Tack Nordpost, när kommer det?", at)
    text = page(browser, f"/w/nordpost/case/{case.pk}/")
    assert "Read by machine: question 95 %" in text
    assert "Judged by machine: question 95 %" in text


def test_lists_are_narrowed_by_what_machines_say(
    browser: Client, rude: Case, bluesky: Channel, at: datetime
) -> None:
    other = heard(bluesky, HM, at, 2)
    for query, expected in {
        "abuse=insult": [rude.pk],
        "abuse=any": [rude.pk],
        "abuse=none": [other.pk],
        "unsure=yes": [other.pk],
        "sentiment=negative&urgency=high": [rude.pk],
        "severity=high": [rude.pk],
        "kind=complaint": [rude.pk],
    }.items():
        for view in ("now", "heard", "judge"):
            rows = browser.get(f"/w/nordpost/{view}/?{query}").context["rows"]
            assert [row.id for row in rows] == expected, (view, query)


def test_a_watched_post_shows_what_decided_too(browser: Client, bluesky: Channel, at: datetime) -> None:
    with seated(Scripted(SAYS)):
        row = scene.watched(bluesky, scene.post(9, RUDE), at)
        from gensvar.people.actor import machine
        from gensvar.process.assess.verdicts import read

        read([row.pk], by=machine(row.workspace_id), at=at)
    assert '<mark class="why"' in page(browser, f"/w/nordpost/mention/{row.pk}/")


def test_words_from_outside_stay_words() -> None:
    text = "<b>x</b> & y"
    assert marked(text, [[0, 3]], [(0, 8, '"><script>')]) == (
        '<mark class="why" title="&quot;&gt;&lt;script&gt;"><mark>&lt;b&gt;</mark></mark>'
        '<mark class="why" title="&quot;&gt;&lt;script&gt;">x&lt;/b&gt;</mark> &amp; y'
    )


def test_the_table_is_read_by_everyone_and_changed_by_administrators(
    browser: Client, dora: Membership, sign_in: SignIn, nordpost: Workspace
) -> None:
    assert "threat" in page(browser, JUDGING)
    assert 'name="severity"' not in page(browser, JUDGING)
    doras = sign_in(dora)
    assert 'name="severity"' in page(doras, JUDGING)
    new = {"do": "keep", "row": str(len(TABLE)), "severity": "3", "kinds": ["question"], "reach": "500"}
    assert doras.post(JUDGING, new).status_code == 302
    table = queries.table(queries.policy(nordpost.pk))
    assert table == (*TABLE, Row(Severity.CRITICAL, kinds=frozenset({"question"}), reach=500))
    doras.post(JUDGING, {"do": "up", "row": str(len(TABLE))})
    assert queries.table(queries.policy(nordpost.pk))[-2].reach == 500
    doras.post(JUDGING, {"do": "undo"})
    assert queries.table(queries.policy(nordpost.pk)) == table
    doras.post(JUDGING, {"do": "shipped"})
    assert queries.table(queries.policy(nordpost.pk)) == TABLE


@pytest.mark.parametrize(
    "said",
    [
        {"do": "keep", "row": "0", "severity": "9"},
        {"do": "keep", "row": "0", "severity": ""},
        {"do": "keep", "row": "0", "severity": "1", "reach": "many"},
        {"do": "keep", "row": "0", "severity": "1", "kinds": "rant"},
        {"do": "keep", "row": "99", "severity": "1"},
        {"do": "remove", "row": "99"},
        {"do": "up", "row": "0"},
        {"do": "dance"},
        {"do": "undo"},
    ],
)
def test_what_cannot_be_read_changes_nothing(
    dora: Membership, sign_in: SignIn, nordpost: Workspace, said: dict[str, str]
) -> None:
    assert sign_in(dora).post(JUDGING, said).status_code == 422
    assert queries.table(queries.policy(nordpost.pk)) == TABLE


def test_whether_a_machine_judges_alone_is_one_choice(
    dora: Membership, sign_in: SignIn, bluesky: Channel, at: datetime
) -> None:
    sign_in(dora).post(JUDGING, {"alone": "never"})
    case = heard(bluesky, "Tack Nordpost, när kommer det?", at)
    case.refresh_from_db()
    assert (case.kind, case.step) == ("question", "judge")


def test_how_right_it_is_says_how_many_judgements_are_missing(browser: Client, rude: Case) -> None:
    assert "50 more judgements of posts that the machine had read before" in page(browser, HOW_RIGHT)


def test_how_right_it_is_is_a_curve_with_a_table(
    browser: Client, alice: Membership, bluesky: Channel, at: datetime
) -> None:
    for number in range(50):
        confirm(heard(bluesky, RUDE, at, number), by=alice.actor(), at=at)
    text = page(browser, HOW_RIGHT)
    assert text.count("<polyline") == 4
    heads = browser.get(HOW_RIGHT, {"kind": "95"}).context["heads"]
    assert [head["number"] for head in heads] == [50, 50, 50, 50]
    assert heads[0]["now"] == {"least": "93 %", "coverage": "100 %", "number": "50", "accuracy": "100 %"}
    assert heads[0]["tried"] == {"least": "95 %", "coverage": "0 %", "number": "0", "accuracy": "–"}
    assert heads[1]["tried"] is None
    assert [head["may_move"] for head in heads] == [True, True, False, False]


def test_an_administrator_moves_the_line_after_seeing_what_it_means(
    dora: Membership, sign_in: SignIn, nordpost: Workspace
) -> None:
    browser = sign_in(dora)
    assert "Keep this line" not in page(browser, HOW_RIGHT)
    assert "Keep this line" in page(browser, f"{HOW_RIGHT}?kind=85")
    assert browser.post(HOW_RIGHT, {"kind": "85", "abuse": ""}).status_code == 302
    assert queries.policy(nordpost.pk).sure_at == {"kind": 0.85}
    assert browser.post(HOW_RIGHT, {"kind": "high"}).status_code == 422
    assert browser.post(HOW_RIGHT, {"kind": "100"}).status_code == 422
    assert queries.policy(nordpost.pk).sure_at == {"kind": 0.85}
