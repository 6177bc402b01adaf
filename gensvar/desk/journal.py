"""Facts of the journal as sentences."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gensvar.desk import answers, heads
from gensvar.desk.clocks import exact, hour
from gensvar.people.models import Membership
from gensvar.people.news import News
from gensvar.process.assess.corrections import SENTIMENT, URGENCY
from gensvar.process.assess.lessons import ABOUT
from gensvar.process.case.facts import Happened as H
from gensvar.process.case.models import Case, Fact
from gensvar.process.reader.models import Reader
from gensvar.process.respond.models import Reply
from gensvar.reading.reader.answer import from_json

SENTENCES: dict[str, Any] = {
    H.MENTION_FOUND: gettext_lazy("Found by %(by)s"),
    H.MENTION_WATCHED: gettext_lazy("Heard about somebody else"),
    H.MENTION_EDITED: gettext_lazy("The author edited the post"),
    H.MENTION_DELETED: gettext_lazy("The post was deleted"),
    H.MENTION_SET_ASIDE: gettext_lazy("Set aside as not about us"),
    H.MENTION_HIDDEN: gettext_lazy("The network hides the post"),
    H.MENTION_FOLDED: gettext_lazy("Said again or passed on, %(number)s so far"),
    H.AUTHOR_KNOWN: gettext_lazy("Author and thread loaded"),
    H.AUTHOR_GONE: gettext_lazy("The author’s account is gone"),
    H.AUTHOR_ANSWERED: gettext_lazy("The author wrote again"),
    H.THREAD_GREW: gettext_lazy("The thread grew"),
    H.CASE_OPENED: gettext_lazy("Heard, and made a case"),
    H.VERDICT_GIVEN: gettext_lazy("Read by machine: %(kind)s %(sure)s"),
    H.CASE_JUDGED: gettext_lazy("%(by)s judged it: %(kind)s"),
    H.CORRECTED: gettext_lazy("%(by)s said what it is about"),
    H.CASE_TAKEN: gettext_lazy("%(by)s gave it to %(owner_name)s"),
    H.CASE_UNDERSTOOD: gettext_lazy("%(by)s wrote down the problem"),
    H.CASE_SETTLED: gettext_lazy("%(by)s settled it"),
    H.CASE_CONCLUDED: gettext_lazy("%(by)s closed it: %(outcome)s"),
    H.CASE_CLOSED: gettext_lazy("%(by)s closed it: %(outcome)s"),
    H.CASE_REOPENED: gettext_lazy("%(by)s opened it again"),
    H.EVIDENCE_KEPT: gettext_lazy("Picture kept as evidence"),
    H.PICTURE_MISSING: gettext_lazy("No picture: %(why)s"),
    H.REPLY_STARTED: gettext_lazy("%(by)s began: %(purpose)s"),
    H.REPLY_REVIEW_ASKED: gettext_lazy("%(by)s asked for second eyes"),
    H.REPLY_SENT_BACK: gettext_lazy("%(by)s gave the draft back"),
    H.REPLY_APPROVED: gettext_lazy("%(by)s approved the reply"),
    H.REPLY_UNDONE: gettext_lazy("%(by)s took the reply back"),
    H.REPLY_SENT: gettext_lazy("The reply stands in the thread"),
    H.REPLY_STANDS_TWICE: gettext_lazy("An earlier sending arrived after all and stands there too: %(url)s"),
    H.REPLY_DELAYED: gettext_lazy("Will be tried again: %(why)s"),
    H.REPLY_REFUSED: gettext_lazy("Refused: %(why)s"),
    H.REPLY_UNSURE: gettext_lazy("Nobody knows whether it was sent: %(why)s"),
    H.REPLY_DROPPED: gettext_lazy("%(by)s dropped the draft"),
    H.READER_ANSWERED: gettext_lazy("The better reader says: %(answers)s"),
    H.READER_CHANGED: gettext_lazy("%(by)s chose the better reader: %(reader)s"),
    H.TALK_MOVED: gettext_lazy("%(by)s moved the talk to private"),
    H.TALK_NOTED: gettext_lazy("%(by)s added a note"),
    H.WATCH_CHANGED: gettext_lazy("%(by)s changed the watch %(name)s"),
    H.POLICY_CHANGED: gettext_lazy("%(by)s changed how machines judge: %(what)s"),
    H.CHANNEL_CONNECTED: gettext_lazy("%(by)s connected %(name)s"),
    H.CHANNEL_REMOVED: gettext_lazy("%(by)s removed the channel %(name)s"),
    News.INVITATION_MADE: gettext_lazy("%(by)s invited %(email)s as %(role)s"),
    News.INVITATION_WITHDRAWN: gettext_lazy("%(by)s withdrew the invitation of %(email)s as %(role)s"),
    News.MEMBER_JOINED: gettext_lazy("%(by)s joined as %(role)s, invited by %(invited_by)s"),
    News.MEMBER_ROLE_CHANGED: gettext_lazy("%(by)s changed the role of %(name)s from %(was)s to %(role)s"),
    News.MEMBER_TEAMS_CHANGED: gettext_lazy("%(by)s changed the teams of %(name)s: %(teams)s"),
    News.MEMBER_REMOVED: gettext_lazy("%(by)s removed %(name)s"),
    News.MEMBER_LEFT: gettext_lazy("%(by)s left"),
    News.TEAM_MADE: gettext_lazy("%(by)s made the team %(name)s"),
    News.TEAM_CHANGED: gettext_lazy("%(by)s changed the team %(name)s: %(members)s"),
    News.TEAM_DELETED: gettext_lazy("%(by)s deleted the team %(name)s"),
    News.WORKSPACE_CHANGED: gettext_lazy("%(by)s changed the settings: %(changes)s"),
}

OF_WORKSPACE = [
    *News,
    H.WATCH_CHANGED,
    H.POLICY_CHANGED,
    H.READER_CHANGED,
    H.CHANNEL_CONNECTED,
    H.CHANNEL_REMOVED,
]
"""What people change for a whole workspace."""

SETTINGS = {
    "name": gettext_lazy("company"),
    "zone": gettext_lazy("time zone"),
    "language": gettext_lazy("language"),
    "answer_minutes": gettext_lazy("minutes to the first answer"),
}

POLICIES = {
    "alone": gettext_lazy("whether alone"),
    "sure_at": gettext_lazy("from when they are sure"),
    "severity": gettext_lazy("the table of severity"),
    "learning": gettext_lazy("what is learnt"),
    "topics": gettext_lazy("the topics of complaints"),
    "takers": gettext_lazy("who takes which complaints"),
}

MOODS: dict[str, tuple[Any, Callable[[str], str]]] = {
    SENTIMENT: (gettext_lazy("%(by)s said of its tone: %(answer)s"), answers.sentiment),
    URGENCY: (gettext_lazy("%(by)s said of its urgency: %(answer)s"), answers.urgency),
}

WORDS: dict[str, Callable[[Any], str]] = {
    "kind": answers.kind,
    "sure": answers.percent,
    "what": lambda value: str(POLICIES.get(value, value)),
    "outcome": lambda value: str(Case.Outcome(value).label).lower(),
    "purpose": lambda value: str(Reply.Purpose(value).label).lower(),
    "role": lambda value: str(Membership.Role(value).label).lower(),
    "was": lambda value: str(Membership.Role(value).label).lower(),
    "email": lambda value: value or _("somebody by link"),
    "answers": lambda value: heads.words(from_json(value)),
    "reader": lambda value: str(Reader.Way(value).label).lower(),
    "teams": lambda value: ", ".join(value) or _("none"),
    "members": lambda value: ", ".join(value) or _("nobody yet"),
    "changes": lambda value: "; ".join(
        f"{SETTINGS[name]} {old} → {new}" for name, (old, new) in value.items()
    ),
}


def sentence(fact: Fact) -> str:
    """What a line of the journal says; a fact that this desk does not know says its own name."""
    try:
        pattern = SENTENCES[fact.name]
        words = {name: WORDS.get(name, str)(value) for name, value in fact.data.items() if value is not None}
    except (KeyError, ValueError):
        return fact.name
    if fact.name == H.VERDICT_GIVEN and fact.data.get("unsure"):
        return _("Read by machine: %(kind)s %(sure)s, unsure") % words
    if fact.name == H.CORRECTED and fact.data.get("question") == ABOUT:
        ours = fact.data.get("answer") == "yes"
        return (
            _("%(by)s said that it is about us") if ours else _("%(by)s said that it is not about us")
        ) % {"by": fact.by_name}
    if fact.name == H.CORRECTED and fact.data.get("question") in MOODS:
        called, answered = MOODS[fact.data["question"]]
        return str(called) % {"by": fact.by_name, "answer": answered(fact.data.get("answer", ""))}
    if fact.name == H.CASE_JUDGED:
        return _judged(fact)
    if fact.name == H.CASE_OPENED and fact.by_id:
        return _("%(by)s made it a case") % {"by": fact.by_name}
    if fact.name == H.CASE_TAKEN and not fact.data.get("owner"):
        return _("%(by)s left it to whoever comes") % {"by": fact.by_name}
    if fact.name == H.CASE_TAKEN and fact.data.get("topic"):
        return _("Given to %(owner_name)s, who takes the topic %(topic)s") % words
    if fact.name == H.CASE_TAKEN and fact.data.get("owner") == fact.by_id:
        return _("%(by)s took it") % {"by": fact.by_name}
    return str(pattern) % _Lenient(by=fact.by_name, **words)


def _judged(fact: Fact) -> str:
    words = {"by": fact.by_name, "kind": answers.kind(fact.data.get("kind", ""))}
    if "sure" in fact.data:
        return _("Judged by machine: %(kind)s %(sure)s") % {
            **words,
            "sure": answers.percent(fact.data["sure"]),
        }
    abusive = {
        None: _("%(by)s judged it: %(kind)s"),
        True: _("%(by)s judged it: %(kind)s, and abusive"),
        False: _("%(by)s judged it: %(kind)s, and not abusive"),
    }
    return abusive[fact.data.get("abusive")] % words


def line(fact: Fact, at: datetime) -> dict[str, Any]:
    """A line as a list shows it at `at`."""
    return {"at": fact.at, "exact": exact(fact.at), "short": hour(fact.at, at), "words": sentence(fact)}


class _Lenient(dict[str, str]):
    """Facts written by an older desk may lack a word."""

    def __missing__(self, key: str) -> str:
        return "–"
