"""Where labelled posts come from, and what their labels mean to our heads."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

CORPUS_LANGUAGES = ("sv", "fi", "nl", "de", "en")
OWN = "corpus"
LONGEST = 1_500
"""Code points of a post that are learnt from."""
Labels = Mapping[str, Any]
Said = dict[str, str]
"""Head → answer, for the heads that a label says something about; `abuse` is "yes" or "no"."""


class UnreadableSource(Exception):
    """A file of labelled posts cannot be read; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled post."""

    text: str
    language: str
    source: str
    said: Said
    group: str = ""
    """What is kept together when posts are set aside for calibration: the trade."""
    test: bool = False
    """Never trained on."""
    hard: bool = False
    """Written where an earlier judge erred."""


@dataclass(frozen=True, slots=True)
class Source:
    """A public set: how its labels are read, and under which licence weights made from it may be given away."""

    name: str
    reads: Callable[[Labels], Said]
    licence: str
    by: str
    holds_out: bool = False
    """The set has no part for measuring, so a tenth of it is kept from training here."""


_POSITIVE = frozenset(
    [
        "admiration",
        "approval",
        "gratitude",
        "love",
        "joy",
        "optimism",
        "excitement",
        "caring",
        "pride",
        "relief",
        "amusement",
    ]
)
_NEGATIVE = frozenset(
    [
        "anger",
        "annoyance",
        "disappointment",
        "disapproval",
        "disgust",
        "sadness",
        "fear",
        "remorse",
        "embarrassment",
        "grief",
        "nervousness",
    ]
)
_DANISH = {"positiv": "positive", "negativ": "negative", "neutral": "neutral"}


def _abuse(is_abuse: bool, ground: str = "") -> Said:
    return {"abuse": "yes" if is_abuse else "no", **({"ground": ground} if is_abuse and ground else {})}


def _emotions(labels: Labels) -> Said:
    felt = set(labels["emotions"])
    if felt == {"neutral"}:
        return {"sentiment": "neutral", "kind": "other"}
    if felt <= _POSITIVE:
        return {"sentiment": "positive"}
    return {"sentiment": "negative"} if felt <= _NEGATIVE else {}


def _germeval(labels: Labels) -> Said:
    grounds = {"INSULT": "insult", "ABUSE": "hate", "PROFANITY": "obscene"}
    return {"kind": "other", **_abuse(labels["coarse"] == "OFFENSE", grounds.get(labels["fine"], ""))}


def _davidson(labels: Labels) -> Said:
    said = labels["davidson"]
    if said == "neither":
        return {"kind": "other", **_abuse(False)}
    return {"kind": "other", **_abuse(True, "hate" if said == "hate" else "obscene")}


def _suomi24(labels: Labels) -> Said:
    """Each text was judged for one label only: a 0 says little, except of `toxicity`."""
    if any(
        labels.get(one) == 1
        for one in ("identity_attack", "insult", "obscene", "severe_toxicity", "toxicity")
    ):
        ground = {"identity_attack": "hate", "insult": "insult", "obscene": "obscene"}
        return _abuse(True, next((ground[one] for one in ground if labels.get(one) == 1), ""))
    return _abuse(False)


def _potts(labels: Labels) -> Said:
    said = {"sentiment": labels["sentiment"]}
    return said if labels["sentiment"] == "negative" else {**said, "kind": "other"}


def _xed(labels: Labels) -> Said:
    polarity = labels.get("polarity")
    return {"sentiment": polarity} if polarity else {}


CORE = (
    Source(
        "en_goemotions",
        _emotions,
        "Apache-2.0",
        "Demszky et al. 2020, GoEmotions (mirror monologg/GoEmotions-pytorch)",
    ),
    Source("en_davidson", _davidson, "MIT", "Davidson et al. 2017, hate-speech-and-offensive-language"),
    Source(
        "de_germeval2018",
        _germeval,
        "CC BY 4.0",
        "Wiegand et al. 2018, GermEval 2018 (uds-lsv/GermEval-2018-Data)",
    ),
    Source(
        "de_iwg_refugees",
        lambda said: _abuse(said["expert1"] == said["expert2"] == "YES", "hate"),
        "CC BY-SA 3.0",
        "Ross et al. 2016, IWG hatespeech (UCSM-DUE)",
    ),
    Source("de_potts", _potts, "MIT", "Sidarenka 2016, PotTS (WladimirSidorenko/PotTS)"),
    Source(
        "de_guhr_emotions",
        lambda said: {"sentiment": said["sentiment"]},
        "MIT",
        "Guhr et al. 2019 (oliverguhr/german-sentiment)",
    ),
    Source(
        "fi_suomi24_toxicity",
        _suomi24,
        "CC BY-SA 4.0",
        "TurkuNLP, Suomi24-toxicity-annotated",
        holds_out=True,
    ),
    Source(
        "fi_jigsaw_mt_sample",
        lambda said: _abuse(bool(said["toxicity"])),
        "CC BY-SA 4.0",
        "TurkuNLP, jigsaw_toxicity_pred_fi",
    ),
    Source(
        "sv_absabank_imm",
        lambda said: {"sentiment": said["sentiment"], "kind": "other"},
        "CC BY 4.0",
        "Rouces et al. 2020, Absabank-Imm (Språkbanken, SuperLim 2)",
    ),
    Source("multi_xed", _xed, "CC BY 4.0", "Öhman et al. 2020, XED (Helsinki-NLP)"),
    Source(
        "da_dkhate",
        lambda said: {"kind": "other", **_abuse(said["offensive"] == "OFF")},
        "CC BY 4.0",
        "Sigurbergsson & Derczynski 2020, DKhate",
    ),
    Source(
        "da_twitter_sent",
        lambda said: {"sentiment": _DANISH[said["sentiment"]]},
        "CC BY 4.0",
        "Alexandra Institute, TwitterSent",
    ),
)
"""Sets from which weights may be made that are given away, with their licence."""


def own(folder: Path) -> Iterator[Row]:
    """The posts of our own corpus: `<language>.jsonl` in `folder`."""
    for language in CORPUS_LANGUAGES:
        yield from labelled(folder / f"{language}.jsonl")


def labelled(path: Path) -> Iterator[Row]:
    """Posts labelled as `docs/annotation.md` says, one JSON object a line: the corpus, or an operator's own."""
    for number, line in _lines(path):
        try:
            row = json.loads(line)
            said = {head: row[head] for head in ("kind", "sentiment", "urgency") if row.get(head)}
            if "abuse" in row:
                said |= _abuse(row["abuse"] is not None, row["abuse"] or "")
                said |= {"target": row["target"]} if row.get("target") else {}
            yield Row(
                row["text"],
                row["language"],
                OWN,
                said,
                group=row.get("trade", ""),
                test=row.get("split") == "test",
                hard="hard" in row.get("traits", ()),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableSource(
                f"{path}, line {number}: no labelled post ({error}); give text, language, kind …"
            ) from None


def public(folder: Path, source: Source) -> Iterator[Row]:
    """The posts of a public set that are for training: `<name>.jsonl.gz` in `folder`."""
    path = folder / f"{source.name}.jsonl.gz"
    for number, line in _lines(path):
        try:
            row = json.loads(line)
            said = source.reads(row["labels"])
            if said and row["split"] == "train" and not (source.holds_out and held_out(row["text"])):
                yield Row(row["text"][:LONGEST], row["lang"], source.name, said)
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableSource(f"{path}, line {number}: not as expected ({error}).") from None


def held_out(text: str) -> bool:
    """Is this post of a set without a part for measuring kept from training? One in ten, by its checksum."""
    return crc32(text.encode(errors="surrogatepass")) % 10 == 0


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as lines
        ):
            yield from enumerate(lines, start=1)
    except OSError as error:
        raise UnreadableSource(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise UnreadableSource(f"{path}: it is no UTF-8; write it as UTF-8.") from None
