"""How well the judge judges: figures per head and language on our test fifth and on real public sets, as a table.

`python -m bench.figures [MODEL]` prints Markdown. The real sets lie beside the project; where they are absent
only our own fifth is measured. `--all` takes the training rows of the sets too (of those that lie in `local` the
shipped model saw none).
"""

import gzip
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from gensvar.reading.judge.judge import Judge
from gensvar.reading.judge.verdict import Text, Verdict
from gensvar.reading.training import sources
from gensvar.reading.training.calibrate import expected_error

ROOT = Path(__file__).resolve().parents[1]
PUBLIC = ROOT.parent / "shared" / "data" / "triage"
CORPUS = ROOT / "corpus"
Labels = dict[str, Any]


class Measured(NamedTuple):
    """One line of the table."""

    what: str
    n: int
    f1: float
    auc: float | None
    ece: float
    goal: float | None = None


class Set(NamedTuple):
    """A public set: what of it is asked, of which labels, and how the judge answers."""

    name: str
    language: str
    head: str
    truth: Callable[[Labels], str | None]
    answer: Callable[[Verdict], dict[str, float]]
    goal: float | None = None
    note: str = ""
    said: Callable[[Verdict], str] | None = None
    """What the judge answers, where that is not the likelier of the two."""


def _said_complaint(verdict: Verdict) -> str:
    return _yes(verdict.kind == "complaint")


def _complaint(verdict: Verdict) -> dict[str, float]:
    """Complaint or not: yes when the judge says complaint."""
    yes = verdict.kinds["complaint"]
    return {"yes": yes, "no": 1 - yes}


def _either(verdict: Verdict) -> dict[str, float]:
    """Complaint against praise, in sets that hold nothing else."""
    yes = verdict.kinds["complaint"]
    both = yes + verdict.kinds["praise"]
    return {"yes": yes / both, "no": 1 - yes / both}


def _abuse(verdict: Verdict) -> dict[str, float]:
    return {"yes": verdict.abusive, "no": 1 - verdict.abusive}


def _yes(is_it: bool) -> str:
    return "yes" if is_it else "no"


def _stars(labels: Labels) -> str | None:
    return None if labels["stars"] == 3 else _yes(labels["stars"] <= 2)


def _absa(labels: Labels) -> str | None:
    said = labels.get("sentiment")
    return _yes(said == "negative") if said in ("negative", "positive") else None


def _suomi24(labels: Labels) -> str | None:
    """Each text was judged for one label only; a text judged free of one may have another."""
    return _yes(any(value == 1 for value in labels.values()))


SETS = (
    Set(
        "en_complaints",
        "en",
        "complaint",
        lambda said: _yes(said["complaint"] == 1),
        _complaint,
        75,
        said=_said_complaint,
    ),
    Set(
        "de_germeval2017",
        "de",
        "complaint",
        lambda said: _yes(said["relevance"] == "true" and said["sentiment"] == "negative"),
        _complaint,
        66,
        said=_said_complaint,
    ),
    Set("sv_trustpilot_stars", "sv", "complaint", _stars, _either, 85, "1-2 against 4-5 stars"),
    Set("nl_absa_restaurants", "nl", "complaint", _absa, _either, 78, "negative against positive"),
    Set("de_germeval2018", "de", "abuse", lambda said: _yes(said["coarse"] == "OFFENSE"), _abuse, 72),
    Set("en_olid", "en", "abuse", lambda said: _yes(said["a"] == "OFF"), _abuse),
    Set("fi_suomi24_toxicity", "fi", "abuse", _suomi24, _abuse),
    Set("sv_flashback_toxicity", "sv", "abuse", lambda said: _yes(said["toxic"] == 1), _abuse),
    Set("de_sb10k", "de", "sentiment", lambda said: said["sentiment"], lambda verdict: verdict.sentiments),
    Set(
        "sv_absabank_imm",
        "sv",
        "sentiment",
        lambda said: said["sentiment"],
        lambda verdict: verdict.sentiments,
    ),
    Set("en_airline", "en", "sentiment", lambda said: said["sentiment"], lambda verdict: verdict.sentiments),
)


HEADS: dict[str, Callable[[Verdict], dict[str, float]]] = {
    "kind": lambda one: one.kinds,
    "sentiment": lambda one: one.sentiments,
    "abuse": _abuse,
    "urgency": lambda one: one.urgencies,
}


def measured(
    what: str,
    truth: Sequence[str],
    chances: Sequence[dict[str, float]],
    goal: float | None = None,
    answered: Sequence[str] | None = None,
) -> Measured:
    """Macro-F1 (%), AUC (%; one against all, macro) and ECE. answered: what was decided, if not the likeliest."""
    answers = sorted(chances[0])
    table = np.array([[each[answer] for answer in answers] for each in chances])
    likeliest = table.argmax(axis=1)
    said = likeliest if answered is None else np.array([answers.index(each) for each in answered])
    true = np.array([answers.index(each) for each in truth])
    met = [place for place in range(len(answers)) if (true == place).any() and (true != place).any()]
    auc = float(np.mean([roc_auc_score(true == place, table[:, place]) for place in met])) if met else None
    f1 = float(f1_score(true, said, average="macro", labels=sorted(set(true.tolist()))))
    return Measured(
        what,
        len(truth),
        100 * f1,
        None if auc is None else 100 * auc,
        expected_error(table.max(axis=1), likeliest == true),
        goal,
    )


def public(judge: Judge, rows_of: Callable[[str], bool]) -> list[Measured]:
    """The real sets that are here. rows_of: which splits are taken."""
    found = []
    for each in SETS:
        path = next(iter(PUBLIC.glob(f"*/{each.name}.jsonl.gz")), None)
        if path is None:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        if not any(row["split"] == "dev" for row in rows):
            rows = [{**row, "split": "dev"} for row in rows if sources.held_out(row["text"])]
        taken = [(row, each.truth(row["labels"])) for row in rows if rows_of(row["split"])]
        taken = [(row, truth) for row, truth in taken if truth is not None]
        verdicts = judge.judge([Text(row["text"]) for row, _ in taken], (each.language,))
        found.append(
            measured(
                f"{each.head} · {each.name} {each.note}".strip(),
                [truth or "" for _, truth in taken],
                [each.answer(one) for one in verdicts],
                each.goal,
                None if each.said is None else [each.said(one) for one in verdicts],
            )
        )
    return found


def flagged(judge: Judge, rows_of: Callable[[str], bool]) -> Measured:
    """Genuine complaints that are called abusive, of all (%): in the place of F1."""
    with gzip.open(PUBLIC / "local" / "en_complaints.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [
            row["text"]
            for row in map(json.loads, lines)
            if row["labels"]["complaint"] == 1 and rows_of(row["split"])
        ]
    verdicts = judge.judge([Text(text) for text in texts], ("en",))
    share = 100 * sum(one.abuse is not None for one in verdicts) / len(texts)
    return Measured("complaints of en_complaints called abusive (%)", len(texts), share, None, 0, 5)


def ours(judge: Judge) -> list[Measured]:
    """Our own fifth, which was never learnt from, per language and head."""
    found = []
    for language in sources.CORPUS_LANGUAGES:
        rows = [row for row in sources.labelled(CORPUS / f"{language}.jsonl") if row.test]
        verdicts = judge.judge([Text(row.text) for row in rows], (language,))
        for head, answer in HEADS.items():
            found.append(
                measured(
                    f"{head} · {language}",
                    [row.said[head] for row in rows],
                    [answer(one) for one in verdicts],
                    answered=[one.kind for one in verdicts] if head == "kind" else None,
                )
            )
        civil = [
            one
            for one, row in zip(verdicts, rows, strict=True)
            if row.said["kind"] == "complaint" and row.said["abuse"] == "no"
        ]
        share = 100 * sum(one.abuse is not None for one in civil) / len(civil)
        found.append(
            Measured(f"civil complaints called abusive (%) · {language}", len(civil), share, None, 0, 5)
        )
    return found


def line(one: Measured) -> str:
    """A row of the table."""
    auc = "" if one.auc is None else f"{one.auc:.1f}"
    goal = "" if one.goal is None else f"{one.goal:.0f}"
    return f"| {one.what} | {one.n} | {one.f1:.1f} | {auc} | {one.ece:.3f} | {goal} |"


def main(arguments: list[str]) -> None:
    """Print the table."""
    paths = [Path(each) for each in arguments if not each.startswith("-")]
    judge = Judge.read(paths[0] if paths else None)
    rows_of = (lambda split: True) if "--all" in arguments else (lambda split: split == "dev")
    print("| head · set | n | macro-F1 | AUC | ECE | goal |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for one in [
        *public(judge, rows_of),
        *([flagged(judge, rows_of)] if PUBLIC.is_dir() else []),
        *ours(judge),
    ]:
        print(line(one))


if __name__ == "__main__":
    main(sys.argv[1:])
