"""What a desk's corrections gain: public sets treated as corrections in a seeded order, as a Markdown table.

    python -m bench.learning [FOLDER]

FOLDER holds the sets (`../shared/data/triage/local` unless said). Of each set the posts come in a random order; the
shipped model reads them, a person's answer is the label. After so many corrections the workspace's head is made
and tried as in the desk (every fifth is kept for the trial), and both models read posts never corrected.
"""

import gzip
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any

from bench.line import machine, words
from gensvar.reading.judge.chances import lean
from gensvar.reading.judge.judge import Judge
from gensvar.reading.judge.verdict import Text, Verdict
from gensvar.reading.learning.example import Example, logits
from gensvar.reading.learning.trying import attempt, macro_f1

FOLDER = Path(__file__).resolve().parents[1] / "../shared/data/triage/local"
AFTER = (50, 100, 200, 400, 800)
SEEDS = (1, 2, 3)
READ = 1_000
"""Posts never corrected on which both are measured, at most; at least a third of the set."""
BOTH = 2_600
LARGEST = 2_000

Labels = Mapping[str, Any]
COMPLAINT = ("complaint", "other")
MOODS = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Set:
    """A public set, and what its labels say of a post ("" = nothing)."""

    name: str
    language: str
    answers: tuple[str, ...]
    said: Callable[[Labels], str]
    about: str


def _is(complaint: bool) -> str:
    return "complaint" if complaint else "other"


def _germeval(labels: Labels) -> str:
    return _is(labels["relevance"] == "true" and labels["sentiment"] == "negative")


def _stars(labels: Labels) -> str:
    return "" if labels["stars"] == 3 else _is(labels["stars"] < 3)


def _absa(labels: Labels) -> str:
    mood = labels.get("sentiment")
    return _is(mood == "negative") if mood in ("negative", "positive") else ""


def _mood(labels: Labels) -> str:
    return str(labels["sentiment"])


SETS = (
    Set("en_complaints", "en", COMPLAINT, lambda said: _is(bool(said["complaint"])), "complaint or not"),
    Set("de_germeval2017", "de", COMPLAINT, _germeval, "relevant and negative, or not"),
    Set("sv_trustpilot_stars", "sv", COMPLAINT, _stars, "1–2 stars against 4–5"),
    Set("nl_absa_restaurants", "nl", COMPLAINT, _absa, "negative against positive"),
    Set("de_sb10k", "de", MOODS, _mood, "sentiment"),
    Set("en_airline", "en", MOODS, _mood, "sentiment"),
)


def main(wanted: Sequence[str]) -> int:
    """Print the table; 1 when the sets are not there."""
    folder = Path(wanted[0]) if wanted else FOLDER
    if not folder.is_dir():
        words(f"{folder}: no such folder; give the one that holds the labelled sets.")
        return 1
    judge = Judge.read()
    print(f"Model: {judge.name}. Machine: {machine()}. Orders: {len(SEEDS)}.\n")
    print(_line(["set", "question", "shipped", *(f"after {number}" for number in AFTER)]))
    print(_line(["---", "---", *["---:"] * (1 + len(AFTER))]))
    longest: list[Example] = []
    for one in SETS:
        examples = _examples(judge, folder, one)
        print(_line(_replay(one, examples)), flush=True)
        longest = max(longest, examples, key=len)
    print(f"\n{_refits(longest)}")
    return 0


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _examples(judge: Judge, folder: Path, one: Set) -> list[Example]:
    """The posts of a set in a seeded order, each wording once."""
    with gzip.open(folder / f"{one.name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = {row["text"]: one.said(row["labels"]) for row in map(json.loads, lines)}
    labelled = [(text, said) for text, said in rows.items() if said in one.answers]
    Random(0).shuffle(labelled)
    labelled = labelled[:BOTH]
    verdicts = judge.judge([Text(text, one.language) for text, _ in labelled], languages=(one.language,))
    return [
        Example(
            judge.features(text, one.language),
            logits(_scores(one, verdict), one.answers),
            one.answers.index(said),
        )
        for (text, said), verdict in zip(labelled, verdicts, strict=True)
    ]


def _scores(one: Set, verdict: Verdict) -> dict[str, float]:
    if one.answers is MOODS:
        return verdict.sentiments
    share = verdict.kinds["complaint"]
    return {"complaint": share, "other": 1 - share}


def _replay(one: Set, examples: Sequence[Example]) -> list[str]:
    shipped: list[float] = []
    gains: dict[int, list[float]] = {number: [] for number in AFTER}
    used: dict[int, int] = dict.fromkeys(AFTER, 0)
    leaning = lean(one.answers)
    for seed in SEEDS:
        order = list(examples)
        Random(seed).shuffle(order)
        unseen = order[-min(READ, len(order) // 3) :]
        corrected = order[: -len(unseen)]
        right = [each.answer for each in unseen]
        base = 100 * macro_f1(right, [int((each.before + leaning).argmax()) for each in unseen])
        shipped.append(base)
        for number in AFTER:
            if number > len(corrected):
                continue
            found = attempt(list(enumerate(corrected[:number], start=1)), one.answers)
            if found is None or not found[1].is_better:
                gains[number].append(0.0)
                continue
            used[number] += 1
            said = [int((found[0].logits(each) + leaning).argmax()) for each in unseen]
            gains[number].append(100 * macro_f1(right, said) - base)
    cells = [_gain(gains[number], used[number]) for number in AFTER]
    return [one.name, one.about, f"{fmean(shipped):.1f}", *cells]


def _gain(gains: Sequence[float], used: int) -> str:
    if not gains:
        return "too few rows"
    rest = "" if used == len(gains) else f" (used {used} of {len(gains)})"
    return f"{fmean(gains):+.1f}{rest}"


def _refits(examples: Sequence[Example]) -> str:
    """How long it takes to make a head and to try it."""
    parts = []
    for number in (100, 400, LARGEST):
        some = list(enumerate(examples[:number], start=1))
        began = time.process_time()
        attempt(some, [str(each) for each in range(1 + max(one.answer for _, one in some))])
        parts.append(f"{len(some)} corrections {time.process_time() - began:.2f} s")
    return f"A refit with its trial takes (processor time): {', '.join(parts)}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
