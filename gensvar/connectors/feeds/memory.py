"""What we remember of a feed between two looks: the opaque cursor, and which entries are news."""

import json
from dataclasses import dataclass, field

from gensvar.connectors.contract import Created, Edited
from gensvar.connectors.feeds.parse import Entry, Feed

MOST = 600
"""Stories remembered; more than an answer may bring, so that what is listed now is not news next time."""


@dataclass(slots=True)
class Known:
    """A story that was told already."""

    native_id: str
    revision: str
    guid: str
    story: str


@dataclass(slots=True)
class Memory:
    """Validators for the next conditional GET, the feed's ttl in minutes, and the stories of late, oldest first."""

    etag: str = ""
    modified: str = ""
    ttl: int = 0
    stories: list[Known] = field(default_factory=list)

    @classmethod
    def read(cls, cursor: str | None) -> "Memory":
        """From a stored cursor; one that cannot be read is a fresh start (nothing is stored twice)."""
        try:
            kept = json.loads(cursor or "")
            stories = [Known(*each) for each in kept["stories"]]
            return cls(str(kept["etag"]), str(kept["modified"]), int(kept["ttl"]), stories)
        except (ValueError, KeyError, TypeError):
            return cls()

    def write(self) -> str:
        """The cursor."""
        stories = [[each.native_id, each.revision, each.guid, each.story] for each in self.stories]
        kept = {"etag": self.etag, "modified": self.modified, "ttl": self.ttl, "stories": stories}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    def take_in(self, feed: Feed) -> list[Created | Edited]:
        """What `feed` tells that was not told before, oldest first."""
        self.ttl = feed.ttl
        news = []
        for entry in reversed(feed.entries):
            event = self._told(entry, feed.keyword)
            if event is not None:
                news.append(event)
        del self.stories[:-MOST]
        return news

    def _told(self, entry: Entry, keyword: str) -> Created | Edited | None:
        known = self._find(entry)
        if known is None:
            self.stories.append(Known(entry.post.native_id, entry.post.revision, entry.guid, entry.story))
            return Created(entry.post, chosen=bool(keyword), keyword=keyword)
        self.stories.remove(known)
        self.stories.append(known)  # still listed, so still fresh
        if known.guid != entry.guid or known.revision == entry.post.revision:
            return None  # told already, or the same story listed again under another name
        known.revision, known.story = entry.post.revision, entry.story
        return Edited(entry.named(known.native_id))

    def _find(self, entry: Entry) -> Known | None:
        """The story that this entry tells: by the feed's own name for it, then by page, then by title."""
        post = entry.post
        return (
            next((each for each in self.stories if each.guid == entry.guid), None)
            or next((each for each in self.stories if each.native_id == post.native_id), None)
            or next((each for each in self.stories if entry.story and each.story == entry.story), None)
        )
