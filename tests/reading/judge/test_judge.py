"""The judge with the shipped model: what it says of plain posts, and that no post upsets it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gensvar.reading.judge import judge as judging
from gensvar.reading.judge.judge import Judge
from gensvar.reading.judge.verdict import Text, Verdict

PLAIN = [
    ("sv", "complaint", "Tredje veckan utan paket och kundtjänst svarar aldrig. Aldrig mer!"),
    ("fi", "complaint", "Paketti hukassa jo kolmatta viikkoa eikä asiakaspalvelu vastaa. Ei enää ikinä."),
    ("nl", "complaint", "Al drie weken geen pakket en de klantenservice reageert niet. Nooit meer!"),
    ("de", "complaint", "Seit drei Wochen kein Paket und der Kundenservice antwortet nicht. Nie wieder!"),
    ("en", "complaint", "Three weeks without my parcel and customer service never answers. Never again!"),
    ("sv", "praise", "Tack för snabb leverans och trevlig personal, rekommenderas varmt!"),
    ("fi", "praise", "Kiitos nopeasta toimituksesta ja ystävällisestä palvelusta, suosittelen!"),
    ("nl", "praise", "Bedankt voor de snelle levering en het vriendelijke personeel, aanrader!"),
    ("de", "praise", "Danke für die schnelle Lieferung und das freundliche Personal, sehr zu empfehlen!"),
    ("en", "praise", "Thank you for the fast delivery and the friendly staff, highly recommended!"),
    ("sv", "question", "Hej, när öppnar butiken i Luleå på lördag?"),
    ("fi", "question", "Moi, mihin aikaan myymälä aukeaa lauantaina?"),
    ("nl", "question", "Hallo, hoe laat gaat de winkel zaterdag open?"),
    ("de", "question", "Hallo, wann öffnet der Laden am Samstag?"),
    ("en", "question", "Hi, what time does the shop open on Saturday?"),
]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge.read()


def one(judge: Judge, text: str, language: str = "") -> Verdict:
    return judge.judge([Text(text, language)])[0]


@pytest.mark.parametrize(("language", "kind", "text"), PLAIN)
def test_plain_posts_are_what_they_are(judge: Judge, language: str, kind: str, text: str) -> None:
    verdict = one(judge, text)
    assert (verdict.language, verdict.kind) == (language, kind)


def test_a_rude_complaint_is_a_complaint_and_abuse(judge: Judge) -> None:
    verdict = one(
        judge, "Your staff are a pack of idiots and morons, my parcel never arrived. Never again!", "en"
    )
    assert verdict.kind == "complaint"
    assert verdict.abuse == "insult"
    assert verdict.target in {"staff", "company"}


def test_a_furious_but_clean_complaint_is_not_abuse(judge: Judge) -> None:
    verdict = one(judge, "SHAMEFUL. Three weeks without heating and nobody picks up the phone!!!", "en")
    assert verdict.kind == "complaint"
    assert verdict.abuse is None


def test_reasons_are_stretches_of_the_post(judge: Judge) -> None:
    text = "😡😡 Tredje veckan utan paket, personalen är otrevlig 👎"
    verdict = one(judge, text)
    assert verdict.reasons
    for reason in verdict.reasons:
        assert text[reason.start : reason.end] == reason.text


def test_the_first_reason_of_a_head_says_most(judge: Judge) -> None:
    for _, _, text in PLAIN:
        weights = [reason.weight for reason in one(judge, text).reasons if reason.head == "kind"]
        assert weights == sorted(weights, reverse=True)


def test_probabilities_sum_to_one(judge: Judge) -> None:
    for verdict in judge.judge([Text(text) for _, _, text in PLAIN]):
        for scores in (verdict.kinds, verdict.sentiments, verdict.urgencies):
            assert sum(scores.values()) == pytest.approx(1, abs=1e-5)
        assert 0 <= verdict.abusive <= 1


def test_a_post_is_judged_alike_alone_and_among_others(judge: Judge) -> None:
    texts = [Text(text) for _, _, text in PLAIN]
    for text, among in zip(texts, judge.judge(texts), strict=True):
        alone = Judge.read().judge([text])[0]
        assert alone.kind == among.kind
        assert alone.kinds == pytest.approx(among.kinds, abs=1e-5)
        assert [each[:4] for each in alone.reasons] == [each[:4] for each in among.reasons]


def test_what_it_remembers_is_bounded_and_changes_nothing(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Text("Tack för snabb leverans", "sv")
    before = judge.judge([text])[0]
    monkeypatch.setattr(judging, "MOST_WORDS", 50)
    fresh = Judge.read()
    fresh.judge([Text(f"ord{'abcdefghij'[number % 10]}{number} " * 5, "sv") for number in range(200)])
    assert fresh.judge([text])[0].kinds == pytest.approx(before.kinds, abs=1e-5)


def test_only_the_languages_of_the_workspace_are_considered(judge: Judge) -> None:
    verdicts = judge.judge([Text(text) for _, _, text in PLAIN], languages=("fi", "de"))
    assert {verdict.language for verdict in verdicts} <= {"fi", "de"}


def test_nothing_to_judge_gives_nothing(judge: Judge) -> None:
    assert judge.judge([]) == []


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\ud800", "🏳️‍🌈" * 3000, "a" * 200_000, "@" * 999, "\u200b\u202e", "? ! ."]
)
def test_odd_posts_are_judged_too(judge: Judge, text: str) -> None:
    verdict = one(judge, text)
    assert sum(verdict.kinds.values()) == pytest.approx(1, abs=1e-5)


@settings(max_examples=100)
@given(st.lists(st.one_of(st.sampled_from([text for _, _, text in PLAIN]), st.text(max_size=80)), max_size=9))
def test_what_else_is_read_changes_nothing(judge: Judge, texts: list[str]) -> None:
    together = judge.judge([Text(text) for text in texts])
    for text, among in zip(texts, together, strict=True):
        alone = one(judge, text)
        for head in ("kinds", "sentiments", "urgencies", "grounds", "abusive"):
            assert getattr(alone, head) == pytest.approx(getattr(among, head), abs=1e-5)
        assert (alone.language, alone.abuse, alone.urgent) == (among.language, among.abuse, among.urgent)
        assert [each[:4] for each in alone.reasons] == [each[:4] for each in among.reasons]


def test_what_is_read_in_portions_keeps_its_order(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [Text(text) for _, _, text in PLAIN]
    at_once = judge.judge(texts)
    for posts, letters in ((4, 10_000), (500, 100), (500, 1)):
        monkeypatch.setattr(judging, "AT_ONCE", posts)
        monkeypatch.setattr(judging, "LETTERS_AT_ONCE", letters)
        assert [verdict.reasons for verdict in judge.judge(texts)] == [verdict.reasons for verdict in at_once]


def test_words_never_met_before_are_judged_like_others() -> None:
    text = Text("Paketet är borttappat. Aldrig mer!", "sv")
    first = Judge.read()
    assert first.judge([text]) == first.judge([text])


@settings(max_examples=200)
@given(st.lists(st.text(max_size=200), max_size=5))
def test_no_text_upsets_it(texts: list[str]) -> None:
    verdicts = Judge.read().judge([Text(text) for text in texts])
    assert len(verdicts) == len(texts)
    for text, verdict in zip(texts, verdicts, strict=True):
        assert all(text[reason.start : reason.end] == reason.text for reason in verdict.reasons)
