"""The journal: every action ends by writing what happened, and the flow reads it at once.

There is exactly one reader (`flow.carry_on`), which the process app puts here at start; it runs inside
the transaction of the action, so a fact and what follows from it stand or fall together.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from gensvar.people.actor import Actor
from gensvar.people.news import News
from gensvar.process.case.facts import Happened
from gensvar.process.case.models import Case, Fact

Reader = Callable[[Sequence[Fact], Actor], None]
_reader: list[Reader] = []


def follow_with(reader: Reader) -> None:
    """Let `reader` see every fact from now on (once, at start; a second call replaces the first)."""
    _reader[:] = [reader]


def record(
    what: Happened | News,
    *,
    by: Actor,
    at: datetime,
    case: Case | None = None,
    data: dict[str, Any] | None = None,
) -> Fact:
    """Write one fact, and let the flow carry on from it. Call it last in an action."""
    return record_many(what, [(case, data or {})], by=by, at=at)[0]


def record_many(
    what: Happened | News, of: Sequence[tuple[Case | None, dict[str, Any]]], *, by: Actor, at: datetime
) -> list[Fact]:
    """The same fact about many things at once, in one statement."""
    facts = Fact.objects.bulk_create(
        Fact(
            workspace_id=by.workspace_id,
            case=case,
            name=what.value,
            at=at,
            by_id=by.user_id,
            by_name=by.name,
            data=data,
        )
        for case, data in of
    )
    for reader in _reader:
        reader(facts, by)
    return facts
