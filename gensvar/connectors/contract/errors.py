"""How a network can fail us.

ConnectorError
├── TryLater     nothing happened; try again after a while
│   └── (rate limits, 5xx answers before anything was accepted, no connection)
├── Refused      nothing happened, and trying again will not help; `why` is for people
│   ├── NotAllowed   the egress guard refused the address
│   │   └── BadAnswer    it was opened, and what it answered is larger, or packed otherwise, than is read here
│   └── Gone         what we ask for is gone for good; not asked again until a person changes the channel
└── Unsure       the request left and no answer came: it may have happened
"""

from datetime import timedelta

from gensvar.kernel.sentence import Sentence


class ConnectorError(Exception):
    """Whatever went wrong between us and a network; `why` is one sentence for people.

    It takes its values by name: `Refused("%(host)s does not answer.", host=host)`, never an f-string, so that it
    can be translated where it is shown (`people/language.py`).
    """

    def __init__(self, why: str, **values: object) -> None:
        self.why = why if isinstance(why, Sentence) else Sentence(why, **values)
        super().__init__(self.why)


class TryLater(ConnectorError):
    """Nothing happened. `after`: how long the network asked us to wait, if it said."""

    def __init__(self, why: str, after: timedelta | None = None, **values: object) -> None:
        super().__init__(why, **values)
        self.after = after


class Refused(ConnectorError):
    """The network said no; the same request will be refused again."""


class NotAllowed(Refused):
    """The egress guard refused to open the address (a private network, a wrong scheme, too large)."""


class BadAnswer(NotAllowed):
    """The address was opened; its answer was not taken (too large, or packed in a way that is not read)."""


class Gone(Refused):
    """The network says that it is gone for good (RFC 9110, 15.5.11): asking again would only be a nuisance."""


class Unsure(ConnectorError):
    """The request left us and no answer came. Never sent again by a machine unless `once` allows it."""
