"""The steps that a case can stand at, and the tray of the inbox in which each is found."""

from enum import IntEnum, StrEnum


class Step(StrEnum):
    """What is to be done next with a case."""

    JUDGE = "judge"
    """Say what it is."""
    ANSWER = "answer"
    """Write to the author in the thread."""
    THANK = "thank"
    """Thank for praise, or let it be."""
    GROUND = "ground"
    """Abuse: evidence is kept; decide on the ground, do not feed it."""
    REVIEW = "review"
    """Somebody asked for second eyes."""
    SENDING = "sending"
    """Approved; the machine has it."""
    LOOK = "look"
    """Nobody knows whether the reply stands: a person looks."""
    PROMISE = "promise"
    """We said when we would be back."""
    WATCH = "watch"
    """Answered; the author's turn."""
    TALK = "talk"
    """Being settled in private."""
    RETURN = "return"
    """Settled: go back to the thread and ask."""
    FOLLOW = "follow"
    """Asked; waiting for what they say."""
    CONCLUDE = "conclude"
    """They said it: write down how it ended."""
    CLOSED = "closed"


class Tray(StrEnum):
    """Where the inbox shows a case."""

    NOW = "now"
    SECOND = "second-eyes"
    PROMISED = "promised"
    PRIVATE = "private"
    RETURN = "return"
    WATCHING = "watching"
    THANK = "thank"
    UNSURE = "unsure"
    DONE = "done"


TRAYS: dict[Step, Tray] = {
    Step.JUDGE: Tray.NOW,
    Step.ANSWER: Tray.NOW,
    Step.THANK: Tray.THANK,
    Step.GROUND: Tray.NOW,
    Step.REVIEW: Tray.SECOND,
    Step.SENDING: Tray.WATCHING,
    Step.LOOK: Tray.UNSURE,
    Step.PROMISE: Tray.PROMISED,
    Step.WATCH: Tray.WATCHING,
    Step.TALK: Tray.PRIVATE,
    Step.RETURN: Tray.RETURN,
    Step.FOLLOW: Tray.WATCHING,
    Step.CONCLUDE: Tray.RETURN,
    Step.CLOSED: Tray.DONE,
}


class Outcome(StrEnum):
    """How a case ended (PROCESS R3, and what needs no answer)."""

    TURNED = "turned"
    SETTLED = "settled"
    UNHAPPY = "unhappy"
    SILENT = "silent"
    THANKED = "thanked"
    NOTHING = "nothing"
    """Nothing to do: not about us, or no answer needed."""
    ABUSE = "abuse"


class Severity(IntEnum):
    """How bad it is if nobody acts; a table of the workspace says so from what is known."""

    LOW = 0
    NORMAL = 1
    HIGH = 2
    CRITICAL = 3


class Kind(StrEnum):
    """What a post is. A person says it with one key."""

    COMPLAINT = "complaint"
    QUESTION = "question"
    PRAISE = "praise"
    OTHER = "other"
    ABUSE = "abuse"
