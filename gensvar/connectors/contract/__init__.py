"""The language that every connector speaks: what a network can do, what it tells, how it fails.

A connector is one file of values and functions, without inheritance:

    CONNECTOR = Connector(key="bluesky", name="Bluesky", settings=BlueskySettings, ...)

A capability is an object or `None`. Everything else (settings form, capability matrix, docs page,
buttons on the desk) is made from what stands in that object.
"""

from gensvar.connectors.contract.account import Account, Identity
from gensvar.connectors.contract.backfill import Backfill, Missed, Page
from gensvar.connectors.contract.capabilities import (
    Connector,
    Find,
    HandOff,
    Hears,
    Once,
    Outgoing,
    Reply,
    Sent,
    Thread,
    ThreadView,
)
from gensvar.connectors.contract.errors import (
    BadAnswer,
    ConnectorError,
    Gone,
    NotAllowed,
    Refused,
    TryLater,
    Unsure,
)
from gensvar.connectors.contract.events import (
    AccountGone,
    Author,
    Batch,
    Created,
    Deleted,
    Edited,
    Event,
    Gap,
    Hidden,
    Post,
    Reposted,
)
from gensvar.connectors.contract.settings import Field, fields, read, setting

__all__ = [
    "Account",
    "AccountGone",
    "Author",
    "Backfill",
    "BadAnswer",
    "Batch",
    "Connector",
    "ConnectorError",
    "Created",
    "Deleted",
    "Edited",
    "Event",
    "Field",
    "Find",
    "Gap",
    "Gone",
    "HandOff",
    "Hears",
    "Hidden",
    "Identity",
    "Missed",
    "NotAllowed",
    "Once",
    "Outgoing",
    "Page",
    "Post",
    "Refused",
    "Reply",
    "Reposted",
    "Sent",
    "Thread",
    "ThreadView",
    "TryLater",
    "Unsure",
    "fields",
    "read",
    "setting",
]
