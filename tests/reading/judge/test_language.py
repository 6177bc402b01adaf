"""Which language a post is in."""

from pathlib import Path

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from gensvar.reading.judge import language
from gensvar.reading.judge.judge import Judge
from gensvar.reading.judge.verdict import Text
from gensvar.reading.training import sources

CORPUS = Path(__file__).parents[3] / "corpus"
POSTS = {
    "sv": "Jag har väntat på mitt paket i tre veckor och ingen svarar",
    "fi": "Odotin pakettia kolme viikkoa eikä kukaan vastaa",
    "nl": "Ik wacht al drie weken op mijn pakket en niemand reageert",
    "de": "Ich warte seit drei Wochen auf mein Paket und niemand antwortet",
    "en": "I have been waiting three weeks for my parcel and nobody answers",
    "da": "Jeg har ventet på min pakke i tre uger, og der er ingen der svarer",
    "no": "Jeg har ventet på pakken min i tre uker, og det er ingen som svarer meg",
}
SHORT = [
    ("sv", "Paketet kom aldrig. Aldrig mer!"),
    ("sv", "Aldrig mer!"),
    ("sv", "Kom aldrig fram"),
    ("sv", "Ring mig"),
    ("fi", "Ei enää ikinä!"),
    ("nl", "Nooit meer!"),
    ("de", "Nie wieder!"),
    ("en", "Never again!"),
    ("da", "Hvor bliver min pakke af?"),
    ("no", "Hvor er pakken min?"),
]
SHORTER = 50
"""Code points under which a post is short."""


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge.read()


def told(judge: Judge, text: str, hint: str = "", among: tuple[str, ...] = language.READ) -> str:
    return judge.judge([Text(text, hint)], among)[0].language


@pytest.mark.parametrize("tongue", POSTS)
def test_a_plain_sentence_is_told(judge: Judge, tongue: str) -> None:
    assert told(judge, POSTS[tongue]) == tongue


@pytest.mark.parametrize(("tongue", "text"), SHORT)
def test_a_few_words_are_told(judge: Judge, tongue: str, text: str) -> None:
    assert told(judge, text) == tongue


@pytest.mark.parametrize("tongue", sources.CORPUS_LANGUAGES)
def test_of_the_corpus_nearly_all_are_told_also_from_their_beginnings(judge: Judge, tongue: str) -> None:
    texts = [row.text for row in sources.labelled(CORPUS / f"{tongue}.jsonl")][::5]
    for cut in (None, SHORTER - 1):
        verdicts = judge.judge([Text(text[:cut]) for text in texts])
        assert sum(verdict.language == tongue for verdict in verdicts) >= 0.98 * len(texts)


def test_only_the_languages_of_the_workspace_are_considered(judge: Judge) -> None:
    assert told(judge, POSTS["nl"], "nl", ("sv", "fi")) in {"sv", "fi"}


def test_what_the_network_says_decides_where_the_words_do_not(judge: Judge) -> None:
    assert told(judge, "OK 😂", "fi") == "fi"


def test_what_the_network_says_does_not_win_against_the_words(judge: Judge) -> None:
    assert told(judge, POSTS["fi"], "en") == "fi"


def test_both_ways_of_writing_norwegian_are_norwegian(judge: Judge) -> None:
    assert told(judge, "😂", "nb-NO") == told(judge, "😂", "nn") == "no"


@pytest.mark.parametrize("hint", ["", "xx", "tlh", "\ud800", "İ"])
def test_a_hint_that_says_nothing_changes_nothing(judge: Judge, hint: str) -> None:
    assert told(judge, POSTS["de"], hint) == "de"


def test_a_hashtag_speaks_and_a_handle_does_not(judge: Judge) -> None:
    assert told(judge, "#verspätung @thetrains") == "de"


def test_a_word_says_what_py3langid_says_of_it() -> None:
    known = LanguageIdentifier.from_model_file(MODEL_FILE)
    known.set_languages(list(language.READ))
    for word in ("paketet", "asiakaspalvelu", "weken", "verspätung", "parcel", "#tåg"):
        letters = language.spoken(word)
        ranked = dict(known.rank(letters))
        said = language.said([letters])[0].tolist()
        for tongue, score in zip(language.READ, said, strict=True):
            assert score - said[0] == pytest.approx(ranked[tongue] - ranked["sv"], abs=0.1)
