"""What people taught: every correction of a workspace as a lesson, in the order in which they came."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Count, QuerySet

from gensvar.process.assess.corrections import SENTIMENT, URGENCY
from gensvar.process.assess.models import Correction, Judgement, OwnHead, Verdict
from gensvar.process.listen.models import Mention
from gensvar.reading.judge import cues, grams
from gensvar.reading.judge.verdict import KINDS, SENTIMENTS, URGENCIES
from gensvar.reading.learning import small
from gensvar.reading.learning.example import Example, logits
from gensvar.reading.learning.head import MOST

KIND, ABUSE, TOPIC, ABOUT = "kind", "abuse", "topic", "about"
READ = (KIND, ABUSE, SENTIMENT, URGENCY)
"""The questions that the shipped model answers too: lessons in these begin from what it had said."""
YES_OR_NO = ("no", "yes")
OURS = ("yes", "no")
"""Answers to whether a post is about us; what is found counts as ours until something is learnt."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One post and what a person said of it.

    `number`: which it came as, from 1; `row` names it for a form; `names`: the words by which it was found.
    """

    number: int
    row: str
    text: str
    language: str
    before: dict[str, float]
    answer: str
    by_name: str
    at: datetime
    left_out: bool
    names: frozenset[str]


def of(head: OwnHead) -> list[Lesson]:
    """The newest lessons for the question of this head, oldest first; those left out are marked."""
    found = _judgements(head) if head.question in (KIND, ABUSE) else _corrections(head)
    since = head.forgotten_at
    return [lesson for lesson in found if since is None or lesson.at > since]


def number(head: OwnHead) -> int:
    """How many lessons there are for the question of this head, also those that are too old to be learnt from."""
    is_judged = head.question in (KIND, ABUSE)
    rows: QuerySet[Any] = _judged_rows(head) if is_judged else _corrected_rows(head)
    if head.forgotten_at is not None:
        rows = rows.filter(at__gt=head.forgotten_at)
    counted = Count("case_id" if is_judged else "mention_id", distinct=True)
    return int(rows.order_by().aggregate(counted=counted)["counted"])


def answers(question: str, lessons: Iterable[Lesson]) -> tuple[str, ...]:
    """What can be answered; topics by how often they were said, so that the first is the likeliest guess."""
    if question in _GIVEN:
        return _GIVEN[question]
    if question.startswith(ABOUT):
        return OURS
    said = [lesson.answer for lesson in lessons if not lesson.left_out]
    return tuple(sorted(set(said), key=lambda each: (-said.count(each), each)))


_GIVEN = {KIND: KINDS, ABUSE: YES_OR_NO, SENTIMENT: SENTIMENTS, URGENCY: URGENCIES}


def example(lesson: Lesson, given: Sequence[str]) -> Example:
    """The lesson as numbers."""
    return Example(
        grams.of_words(forms(lesson.text, lesson.language)),
        logits(lesson.before, given),
        given.index(lesson.answer),
    )


def forms(text: str, language: str) -> list[str]:
    """The words of a post with its signs, as a head reads them."""
    return [word.form for word in cues.read(text, language)]


def telling_forms(text: str, language: str) -> list[str]:
    """Of these the words that can say what a post is about, to be shown to people."""
    return [form for form in forms(text, language) if small.is_telling(form, language)]


def names(row: Mention) -> frozenset[str]:
    """The words by which a post was found: they name the company, not the trouble."""
    found = (row.words[start:end].casefold() for start, end in row.spans)
    return frozenset(word for each in found for word in re.findall(r"\w+", each))


def telling(lessons: Sequence[Lesson]) -> list[list[str]]:
    """Of each lesson the words that can be shown as learnt."""
    company = frozenset[str]().union(*(each.names for each in lessons))
    told = (telling_forms(each.text, each.language) for each in lessons)
    return [[form for form in forms if form not in company] for forms in told]


def before(verdict: Verdict | None, question: str) -> dict[str, float]:
    """What the shipped model had said, whatever a head of one's own made of it."""
    if verdict is None or question not in READ:
        return {}
    said = verdict.scores.get("shipped", {}).get(question, verdict.scores.get(question))
    return abusive(said) if isinstance(said, int | float) else dict(said or {})


def abusive(share: float) -> dict[str, float]:
    """One probability as two answers."""
    return {"no": 1 - share, "yes": share}


def _judgements(head: OwnHead) -> list[Lesson]:
    """Of each case what was said last; its place is that of what was said first, so it never changes sides."""
    rows = _judged_rows(head)
    last = dict(rows.values_list("case_id", "pk"))
    numbers = {pk: number for number, pk in enumerate(last.values(), start=1)}
    newest = list(islice(reversed(numbers), MOST))
    taken = rows.filter(pk__in=newest).select_related("verdict__mention")
    lessons = [_judged(row, head.question, numbers[row.pk]) for row in taken]
    return sorted(lessons, key=lambda lesson: lesson.number)


def _judged_rows(head: OwnHead) -> QuerySet[Judgement]:
    """What people said of cases that a machine had read before."""
    of_people = Judgement.objects.filter(confidence=None, verdict__isnull=False)
    rows = of_people.filter(case__workspace=head.workspace_id).order_by("pk")
    return rows.filter(kind__in=KINDS) if head.question == KIND else rows.exclude(abusive=None)


def _judged(row: Judgement, question: str, number: int) -> Lesson:
    assert row.verdict is not None  # the query asks for nothing else
    return Lesson(
        number=number,
        row=f"judgement-{row.pk}",
        text=row.verdict.mention.words,
        language=row.verdict.language,
        before=before(row.verdict, question),
        answer=row.kind if question == KIND else YES_OR_NO[bool(row.abusive)],
        by_name=row.by_name,
        at=row.at,
        left_out=row.left_out,
        names=names(row.verdict.mention),
    )


def _corrections(head: OwnHead) -> list[Lesson]:
    rows = _corrected_rows(head)
    last = dict(rows.values_list("mention_id", "pk"))
    numbers = {pk: number for number, pk in enumerate(last.values(), start=1)}
    newest = list(islice(reversed(numbers), MOST))
    lessons = [
        Lesson(
            number=numbers[row.pk],
            row=f"correction-{row.pk}",
            text=row.mention.words,
            language=row.mention.language,
            before=before(row.verdict, head.question),
            answer=row.answer,
            by_name=row.by_name,
            at=row.at,
            left_out=row.left_out,
            names=names(row.mention),
        )
        for row in rows.filter(pk__in=newest).select_related("mention", "verdict")
    ]
    return sorted(lessons, key=lambda lesson: lesson.number)


def _corrected_rows(head: OwnHead) -> QuerySet[Correction]:
    """What people said of posts; of what a machine answers too, only where one had read them before."""
    question = head.question.partition(":")[0]
    rows = Correction.objects.filter(workspace=head.workspace_id, question=question, watch=head.watch_id)
    return (rows.filter(verdict__isnull=False) if question in READ else rows).order_by("pk")


def newest(mention: Mention, question: str) -> Correction | None:
    """What a person said last of this post."""
    return Correction.objects.filter(mention=mention, question=question).order_by("-pk").first()
