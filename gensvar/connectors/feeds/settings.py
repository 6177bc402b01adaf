"""What a person fills in to follow a feed."""

from dataclasses import dataclass

from gensvar.connectors.contract import setting


@dataclass(frozen=True)
class FeedSettings:
    """One feed."""

    address: str = setting(
        "Address of the feed",
        help="RSS or Atom, also a Google Alert delivered to an RSS feed",
        kind="url",
    )
    name: str = setting("Name", help="Empty: the title that the feed gives itself", default="")
