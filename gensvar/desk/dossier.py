"""A case as its page shows it: everything that is known, in one value."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gensvar.desk import composer, journal
from gensvar.desk.access import WorkspaceRequest
from gensvar.desk.author import author
from gensvar.desk.clocks import NO_TIME, ago, case_clock, clock, exact, hour
from gensvar.desk.judged import judgement
from gensvar.desk.next_step import next_step
from gensvar.desk.rows import Choice, Person, network, person
from gensvar.desk.thread import thread
from gensvar.kernel.text import showable
from gensvar.people.models import Membership
from gensvar.people.rules import Right
from gensvar.process.assess.queries import newest_by_mention
from gensvar.process.case import queries as cases
from gensvar.process.case.models import Case, Presence
from gensvar.process.case.steps import Outcome, Step
from gensvar.process.document.models import Capture
from gensvar.process.listen import queries as heard
from gensvar.process.listen.models import Mention
from gensvar.process.respond import queries as replies
from gensvar.process.solve.models import Note, Settlement

ENDS = {
    Step.GROUND: (Outcome.ABUSE, Outcome.NOTHING),
    Step.THANK: (Outcome.NOTHING,),
}
"""How a case at this step can end without an answer; all others offer what PROCESS R3 names."""

USUAL_ENDS = (Outcome.TURNED, Outcome.SETTLED, Outcome.UNHAPPY, Outcome.SILENT, Outcome.NOTHING)


def dossier(request: WorkspaceRequest, case: Case, at: datetime) -> dict[str, Any]:
    """The context of the case page."""
    slug = request.workspace.slug
    mentions = heard.thread(case)
    reply = replies.under_way(case)
    verdicts = newest_by_mention(mentions)
    subject = next((row for row in mentions if row.part == Mention.Part.FOUND), None)
    return {
        "case": {
            "id": case.pk,
            "url": reverse("case", args=[slug, case.pk]),
            "readings_url": reverse("readings", args=[slug, case.pk]) if case.readings.exists() else "",
            "here_url": reverse("here", args=[slug, case.pk]),
            "who": showable(case.author),
            "channel": network(case),
            "time": case_clock(case, at),
            "next": next_step(case, reply, slug, request.user, at),
            "presence": present(case.pk, cases.present([case.pk], at), request.user.pk),
            "owners": _owners(request, case),
            "thread": thread(case, mentions, replies.of(case), at, verdicts),
            "clocks": _clocks(case, at),
            "judged": judgement(case, verdicts.get(subject.pk) if subject else None, at),
            "problem": case.problem,
            "remedy": case.remedy,
            "evidence": _evidence(mentions, slug, at),
            "author": author(case, subject, slug),
            "notes": _notes(case, at),
            "ways": [Choice(value, str(name)) for value, name in Note.Way.choices],
            "settlement": _settlement(case, at),
            "forms": [Choice(value, str(name)) for value, name in Settlement.Form.choices],
            "ends": _ends(case),
            "closed": case.is_closed,
            "in_private": case.step == Step.TALK.value,
            "journal": [journal.line(fact, at) for fact in cases.journal(case)],
            "may": {right.value: request.actor.may(right) for right in Right},
        },
        **composer.composer(request, case, reply, at),
    }


def present(case_id: int, presences: Mapping[int, Sequence[Presence]], me: int) -> list[Person]:
    """Who else has the case open."""
    return [
        person(one.user, writing=one.is_writing) for one in presences.get(case_id, ()) if one.user_id != me
    ]


def _owners(request: WorkspaceRequest, case: Case) -> list[Choice]:
    members = Membership.objects.filter(workspace=request.workspace, left_at=None).select_related("user")
    everyone = [member.user for member in members.order_by("user__first_name", "pk")]
    nobody = Choice("", _("Nobody yet"), case.owner_id is None)
    return [nobody, *(Choice(str(user.pk), user.name, user.pk == case.owner_id) for user in everyone)]


def _clocks(case: Case, at: datetime) -> list[dict[str, Any]]:
    if case.answered_at:
        taken = int((case.answered_at - case.clock_started_at).total_seconds() // 60)
        first: dict[str, Any] = {
            "name": _("First answer"),
            "words": _("after %(n)s min") % {"n": max(taken, 0)},
        }
    elif case.is_closed:
        first = {"name": _("First answer"), "words": _("none was needed")}
    else:
        due_at = case.next_due_at or case.answer_due_at
        first = {"name": _("First answer"), "time": clock(case.clock_started_at, due_at, at)}
    promised = clock(case.changed_at, case.promised_at, at) if case.step == Step.PROMISE.value else NO_TIME
    return [first, {"name": _("Promised"), "time": promised}]


def _evidence(mentions: Sequence[Mention], slug: str, at: datetime) -> dict[str, Any]:
    captures = [
        (row, revision, revision.capture)
        for row in mentions
        for revision in row.revisions.all()
        if hasattr(revision, "capture")
    ]
    if not captures:
        return {"state": _("none yet"), "words": _("The record is kept as soon as the post is here.")}
    pictures = [
        {
            "url": reverse("picture", args=[slug, capture.pk]),
            "name": _("%(who)s, %(time)s")
            % {"who": showable(row.author_name or row.author_handle), "time": hour(capture.kept_at, at)},
        }
        for row, _revision, capture in captures
        if capture.picture
    ]
    first = min(capture.kept_at for _row, _revision, capture in captures)
    return {
        "state": _("kept %(time)s") % {"time": hour(first, at)},
        "tone": "proof",
        "pictures": pictures,
        "words": _evidence_words(captures, pictures),
        "items": [item for _row, _revision, capture in captures for item in _items(capture, slug)],
    }


def _evidence_words(captures: Sequence[Any], pictures: Sequence[Any]) -> str:
    records = ngettext("%(n)s record kept as received.", "%(n)s records kept as received.", len(captures)) % {
        "n": len(captures)
    }
    why = next((capture.why for _row, _revision, capture in captures if capture.why), "")
    if pictures:
        return f"{records} {_('The picture shows the record.')} {why}" if why else records
    waiting = any(capture.state == Capture.State.DUE for _row, _revision, capture in captures)
    return f"{records} {why or (_('The picture is on its way.') if waiting else _('There is no picture.'))}"


def _items(capture: Capture, slug: str) -> list[dict[str, str]]:
    record = {
        "name": _("Record %(number)s") % {"number": capture.pk},
        "url": reverse("record", args=[slug, capture.pk]),
        "sha256": capture.sha256,
    }
    picture = {
        "name": _("Picture %(number)s") % {"number": capture.pk},
        "url": reverse("picture", args=[slug, capture.pk]),
        "sha256": capture.picture_sha256,
    }
    return [record, picture] if capture.picture else [record]


def _notes(case: Case, at: datetime) -> list[dict[str, str]]:
    return [
        {
            "who": note.by_name,
            "way": str(note.get_way_display()),
            "ago": ago(note.at, at),
            "exact": exact(note.at),
            "words": note.text,
        }
        for note in case.notes.order_by("at", "pk")
    ]


def _settlement(case: Case, at: datetime) -> dict[str, str] | None:
    row = case.settlements.order_by("-at", "-pk").first()
    if row is None:
        return None
    cost = f" · {formats.number_format(row.cost)} {row.currency}" if row.cost is not None else ""
    about = f"{row.get_form_display()}{cost} · {row.by_name} · {ago(row.at, at)}"
    return {"words": row.words, "about": about}


def _ends(case: Case) -> list[Choice]:
    ends = ENDS.get(Step(case.step), USUAL_ENDS)
    return [Choice(end.value, str(Case.Outcome(end.value).label)) for end in ends]
