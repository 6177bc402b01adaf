"""The states of a reply, the moves that are allowed between them, and what a reply can be for."""

from enum import StrEnum

from django.utils.translation import gettext as _


class State(StrEnum):
    """Where a reply stands between the first word and the thread."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    SENDING = "sending"
    BY_HAND = "by_hand"
    LATER = "later"
    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"
    DROPPED = "dropped"


class Purpose(StrEnum):
    """What a reply is for; it decides what comes after it."""

    ANSWER = "answer"
    HOLDING = "holding"
    INVITATION = "invitation"
    QUESTION = "question"
    THANKS = "thanks"


MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.REVIEW, State.APPROVED, State.BY_HAND, State.DROPPED}),
    State.REVIEW: frozenset({State.DRAFT, State.APPROVED, State.BY_HAND, State.DROPPED}),
    State.APPROVED: frozenset({State.SENDING, State.DRAFT}),
    State.SENDING: frozenset({State.SENT, State.LATER, State.REFUSED, State.UNSURE}),
    State.BY_HAND: frozenset({State.SENT, State.DRAFT}),
    State.LATER: frozenset({State.SENDING, State.DRAFT}),
    State.SENT: frozenset(),
    State.REFUSED: frozenset({State.DRAFT, State.DROPPED}),
    State.UNSURE: frozenset({State.SENT, State.DRAFT}),
    State.DROPPED: frozenset(),
}

OPEN = [state.value for state in State if MOVES[state]]
"""States in which a case has a reply under way: at most one."""

FROZEN = [
    State.APPROVED.value,
    State.SENDING.value,
    State.BY_HAND.value,
    State.LATER.value,
    State.SENT.value,
    State.UNSURE.value,
]
"""States in which text, instant and key are fixed."""

EDITABLE = [State.DRAFT.value, State.REVIEW.value]


class WrongMove(ValueError):
    """The reply is not in a state from which this can be done; the message is for people."""


def check(now: str, then: State) -> None:
    """Raise WrongMove unless a reply may go from state `now` to `then`."""
    if then not in MOVES[State(now)]:
        raise WrongMove(_("This reply has moved on. Reload the case to see how it stands."))
