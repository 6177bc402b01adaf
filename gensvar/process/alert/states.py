"""The states of a dispatch, the moves between them, and what can be told of."""

from enum import StrEnum


class State(StrEnum):
    """Where a dispatch stands between the first alert in it and the receiver's pocket."""

    WAITING = "waiting"
    """Not yet due, or not yet written; more alerts may join one that gathers."""
    READY = "ready"
    """Its text is frozen and nothing has left: it may be sent, also after a restart."""
    SENDING = "sending"
    """The call has begun. Whoever finds it so later does not know whether it arrived."""
    LATER = "later"
    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"
    DROPPED = "dropped"
    """Nothing in it is worth saying any more, or nobody may read it."""


MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.READY, State.DROPPED}),
    State.READY: frozenset({State.SENDING, State.REFUSED, State.DROPPED}),
    State.SENDING: frozenset({State.SENT, State.LATER, State.REFUSED, State.UNSURE}),
    State.LATER: frozenset({State.SENDING, State.REFUSED, State.DROPPED}),
    State.SENT: frozenset(),
    State.REFUSED: frozenset({State.READY}),
    State.UNSURE: frozenset({State.READY, State.SENT}),
    State.DROPPED: frozenset(),
}
"""From `refused` and `unsure` only a person lets it go again; no machine repeats it."""

FROZEN = [State.READY.value, State.SENDING.value, State.LATER.value]
"""States in which the text is fixed and still to be said."""

UNDER_WAY = [State.WAITING.value, *FROZEN]


class WrongMove(ValueError):
    """The dispatch is not in a state from which this can be done."""


def check(now: str, then: State) -> None:
    """Raise WrongMove unless a dispatch may go from state `now` to `then`."""
    if then not in MOVES[State(now)]:
        raise WrongMove(f"A dispatch that is {now} cannot become {then.value}.")


class What(StrEnum):
    """The occasion of an alert."""

    FOUND = "found"
    """A post was heard."""
    JUDGED = "judged"
    """A case was said to be of this kind."""
    GIVEN = "given"
    """A colleague made the case yours."""
    CLOCK = "clock"
    """The time of a case runs out."""


class About(StrEnum):
    """What a rule asks to be told of."""

    EVERYTHING = "everything"
    VIEW = "view"
    JUDGED = "judged"
    MINE = "mine"
    CLOCK = "clock"


class Way(StrEnum):
    """How a route reaches a person."""

    MAIL = "mail"
    SMS = "sms"
    CHAT = "chat"
