"""What complaints are about: a list of the workspace's own, learnt from corrections, and groups that fit none."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from gensvar.people.actor import Actor
from gensvar.people.models import Workspace
from gensvar.people.rules import Right, slug_of, written_name
from gensvar.process.assess import corrections, heads, lessons, queries
from gensvar.process.assess.lessons import TOPIC
from gensvar.process.assess.models import Correction, Policy
from gensvar.process.case.actions import NotNow
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
from gensvar.process.listen.models import Mention
from gensvar.reading.learning import groups

SHIPPED: dict[str, Promise] = {
    "delivery": pgettext_lazy("topic", "Delivery"),
    "billing": pgettext_lazy("topic", "Billing"),
    "outage": pgettext_lazy("topic", "Outage"),
    "quality": pgettext_lazy("topic", "Quality"),
    "waiting": pgettext_lazy("topic", "Waiting"),
    "staff": pgettext_lazy("topic", "Staff"),
    "refund": pgettext_lazy("topic", "Refund"),
    "app": pgettext_lazy("topic", "App and website"),
    "cancellation": pgettext_lazy("topic", "Cancellation"),
    "access": pgettext_lazy("topic", "Access"),
    "price": pgettext_lazy("topic", "Price"),
    "safety": pgettext_lazy("topic", "Safety"),
    "information": pgettext_lazy("topic", "Information"),
    "privacy": pgettext_lazy("topic", "Privacy"),
    "environment": pgettext_lazy("topic", "Environment"),
    "other": pgettext_lazy("topic", "Something else"),
}
"""Topics that a workspace begins with."""
MOST = 40
LONGEST_NAME = 40
SURE = 0.5
"""From this probability on a machine writes a topic on the cover; a person changes it with one choice."""
LOOKED_AT = 500
"""Complaints in which groups are sought: the newest without a topic, or about something else."""
MOST_DISMISSED = 200
MOST_PROPOSED = 6

type Topics = list[tuple[str, str]]
"""Codes and names, in the order in which they are shown."""


def of(workspace: Workspace, policy: Policy | None = None) -> Topics:
    """The topics of a workspace; those that are shipped are in its language."""
    policy = policy or queries.policy(workspace.pk)
    if policy.topics is not None:
        return [(code, name) for code, name in policy.topics]
    with translation.override(workspace.language):
        return [(code, str(name)) for code, name in SHIPPED.items()]


@transaction.atomic
def add(workspace: Workspace, name: str, *, by: Actor, at: datetime) -> None:
    """One more topic, at the end but before what is something else."""
    topics, written = _changeable(workspace, by), _written(name)
    if len(topics) >= MOST:
        raise NotNow(_("There are %(n)s topics already. Remove one first.") % {"n": MOST})
    if written.casefold() in {each.casefold() for _code, each in topics}:
        raise NotNow(_("There is a topic of that name already."))
    _keep(workspace, [*topics, (_code(written, topics), written)], by, at)


@transaction.atomic
def rename(workspace: Workspace, code: str, name: str, *, by: Actor, at: datetime) -> None:
    """Call a topic something else; cases and what was learnt stay with it."""
    topics, written = _changeable(workspace, by), _written(name)
    _known(topics, code)
    _keep(workspace, [(each, written if each == code else old) for each, old in topics], by, at)


@transaction.atomic
def remove(workspace: Workspace, code: str, *, by: Actor, at: datetime) -> None:
    """Offer a topic no more; cases that have it keep it."""
    topics = _changeable(workspace, by)
    _known(topics, code)
    if len(topics) == 1:
        raise NotNow(_("This is the last topic. Add another first."))
    _keep(workspace, [each for each in topics if each[0] != code], by, at)


@transaction.atomic
def put_back(workspace: Workspace, *, by: Actor, at: datetime) -> None:
    """The list as it came."""
    _changeable(workspace, by)
    _keep(workspace, None, by, at)


@transaction.atomic
def dismiss(workspace: Workspace, name: str, *, by: Actor, at: datetime) -> None:
    """Propose this group no more."""
    _changeable(workspace, by)
    policy = Policy.objects.get_or_create(workspace=workspace)[0]
    policy.dismissed = [*policy.dismissed, name[:200]][-MOST_DISMISSED:]
    policy.save(update_fields=["dismissed"])


@transaction.atomic
def say(case: Case, code: str, *, by: Actor, at: datetime) -> None:
    """Say what the case is about; the machine learns from it."""
    by.need(Right.JUDGE, case.workspace_id)
    _known(of(case.workspace), code)
    row = corrections.subject(case)
    case.topic = code
    case.save(update_fields=["topic"])
    if row is not None:
        corrections.tell(corrections.keep(row, TOPIC, code, by=by, at=at), case, by=by, at=at)


@transaction.atomic
def guess(case: Case, *, at: datetime) -> bool:
    """Write on the cover what a head of the workspace's own says that the complaint is about, where it is sure.

    Whether it did.
    """
    head = heads.in_use(case.workspace_id).get(TOPIC) if case.kind == Kind.COMPLAINT.value else None
    row = corrections.subject(case) if head else None
    if head is None or row is None or case.topic:
        return False
    given = heads.of_post(head, row.words, row.language)
    code = max(given, key=lambda each: given[each])
    if given[code] < SURE or code not in dict(of(case.workspace)):
        return False
    case.topic = code
    case.save(update_fields=["topic"])
    return True


def is_said(case: Case) -> bool:
    """Whether a person said what it is about."""
    return Correction.objects.filter(mention__case=case, question=TOPIC).exists()


def proposed(workspace: Workspace) -> list[tuple[str, list[Mention]]]:
    """Groups of complaints that fit no topic: their words as a name, and their posts, the most typical first."""
    rows = Mention.objects.filter(
        workspace=workspace, part=Mention.Part.FOUND, kind=Kind.COMPLAINT.value, case__topic__in=["", "other"]
    )
    posts = list(rows.order_by("-heard_at", "-pk")[:LOOKED_AT])
    dismissed = set(queries.policy(workspace.pk).dismissed)
    named = [
        each for language in sorted({row.language for row in posts}) for each in _groups(posts, language)
    ]
    largest = sorted(named, key=lambda each: (-len(each[1]), each[0]))
    return [(name, found) for name, found in largest if name not in dismissed][:MOST_PROPOSED]


def _groups(posts: Sequence[Mention], language: str) -> list[tuple[str, list[Mention]]]:
    """Posts of one language speak of the same in the same words."""
    rows = [row for row in posts if row.language == language]
    watched = frozenset[str]().union(*(lessons.names(row) for row in rows))
    cut = [
        [form for form in lessons.telling_forms(row.words, language) if form not in watched] for row in rows
    ]
    return [(", ".join(group.words), [rows[at] for at in group.posts]) for group in groups.of(cut)]


def _changeable(workspace: Workspace, by: Actor) -> Topics:
    by.need(Right.ADMINISTER, workspace.pk)
    Policy.objects.get_or_create(workspace=workspace)
    return of(workspace, Policy.objects.select_for_update().get(workspace=workspace))


def _keep(workspace: Workspace, topics: Topics | None, by: Actor, at: datetime) -> None:
    Policy.objects.filter(workspace=workspace).update(topics=topics)
    record(Happened.POLICY_CHANGED, by=by, at=at, data={"what": "topics"})


def _written(name: str) -> str:
    written = written_name(name)
    if not written or len(written) > LONGEST_NAME:
        raise NotNow(_("Write a name of at most %(n)s letters. Nothing was changed.") % {"n": LONGEST_NAME})
    return written


def _known(topics: Topics, code: str) -> None:
    if code not in dict(topics):
        raise NotNow(_("This topic is gone. Look at the list again."))


def _code(name: str, topics: Topics) -> str:
    """A code that no topic has ever had here is not needed: one that none of the list has now is enough."""
    taken = {code for code, _name in topics} | set(SHIPPED)
    wanted = slug_of(name)
    numbered = (f"{wanted}-{number}" for number in range(2, MOST + len(SHIPPED) + 3))
    return wanted if wanted not in taken else next(each for each in numbered if each not in taken)
