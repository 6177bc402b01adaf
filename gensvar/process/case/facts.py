"""The names of all facts: what can happen, in the past tense, as `thing.happened`."""

from enum import StrEnum


class Happened(StrEnum):
    """What a line of the journal can say. `flow.py` says what comes next for each.

    What changes among people is named where it happens (`people/news.py`), and nothing follows from it.
    """

    MENTION_FOUND = "mention.found"
    MENTION_WATCHED = "mention.watched"
    MENTION_EDITED = "mention.edited"
    MENTION_DELETED = "mention.deleted"
    MENTION_HIDDEN = "mention.hidden"
    MENTION_FOLDED = "mention.folded"
    MENTION_SET_ASIDE = "mention.set_aside"
    AUTHOR_KNOWN = "author.known"
    AUTHOR_GONE = "author.gone"
    AUTHOR_ANSWERED = "author.answered"
    THREAD_GREW = "thread.grew"

    CASE_OPENED = "case.opened"
    VERDICT_GIVEN = "verdict.given"
    CASE_JUDGED = "case.judged"
    CASE_TAKEN = "case.taken"
    CASE_UNDERSTOOD = "case.understood"
    CASE_SETTLED = "case.settled"
    CASE_CONCLUDED = "case.concluded"
    CASE_CLOSED = "case.closed"
    CASE_REOPENED = "case.reopened"

    READER_ANSWERED = "reader.answered"
    READER_CHANGED = "reader.changed"

    EVIDENCE_KEPT = "evidence.kept"
    PICTURE_MISSING = "evidence.picture_missing"

    REPLY_STARTED = "reply.started"
    REPLY_REVIEW_ASKED = "reply.review_asked"
    REPLY_SENT_BACK = "reply.sent_back"
    REPLY_APPROVED = "reply.approved"
    REPLY_UNDONE = "reply.undone"
    REPLY_SENT = "reply.sent"
    REPLY_STANDS_TWICE = "reply.stands_twice"
    REPLY_DELAYED = "reply.delayed"
    REPLY_REFUSED = "reply.refused"
    REPLY_UNSURE = "reply.unsure"
    REPLY_DROPPED = "reply.dropped"

    TALK_MOVED = "talk.moved"
    TALK_NOTED = "talk.noted"

    CHANNEL_CONNECTED = "channel.connected"
    CHANNEL_REMOVED = "channel.removed"
    CHANNEL_TROUBLED = "channel.troubled"
    GAP_NOTICED = "gap.noticed"
    GAP_FILLED = "gap.filled"
    GAP_LEFT_OPEN = "gap.left_open"
    WATCH_CHANGED = "watch.changed"
    POLICY_CHANGED = "policy.changed"
    CORRECTED = "corrected"
    VIEW_CHANGED = "view.changed"
