"""What came of asking a reader, whichever it is: one value from the call to the action."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from gensvar.kernel.sentence import Sentence
from gensvar.reading.reader.answer import Answers


class Came(StrEnum):
    """How a call ended."""

    ANSWER = "answer"
    NOTHING = "nothing"
    """The reader spoke, and it counts for nothing: this post is not given to it again."""
    LATER = "later"
    """It could not speak just now."""
    BROKEN = "broken"
    """It cannot be used until somebody changes something: leave it alone for a while."""


@dataclass(frozen=True, slots=True)
class Told:
    """One call: what was asked and answered (cut, and without the key), and what counts of it.

    after: how long the reader asked us to wait. ms: how long the call took.
    """

    came: Came
    asked: str = ""
    answered: str = ""
    answers: Answers = ()
    why: Sentence | None = None
    by: str = ""
    ms: int = 0
    tokens_in: int | None = None
    tokens_out: int | None = None
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """All that is needed to ask a server. `address` is where chat completions are asked for."""

    address: str
    model: str
    key: str
    temperature: float | None
    seconds: float

    def __repr__(self) -> str:
        """Without the key, wherever it may be printed."""
        return f"Chat({self.address!r}, {self.model!r})"
