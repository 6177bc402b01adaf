"""How machines judge in this workspace: whether alone, and the table by which a case is bad or not."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gensvar.desk import answers, rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.judged import conditions, severity_tag
from gensvar.desk.rows import Choice
from gensvar.kernel.clock import now
from gensvar.people.rules import Right
from gensvar.process.assess import policies, queries
from gensvar.process.assess.models import Policy
from gensvar.process.assess.severity import (
    ABUSES,
    KINDS,
    LARGEST_REACH,
    MOST_ROWS,
    TABLE,
    URGENCIES,
    BadRow,
    Row,
    from_json,
)
from gensvar.process.case.actions import NotNow
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Severity

NEW_ROW = Row(Severity.HIGH)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace_view(Right.SEE, change=Right.ADMINISTER)
def judging(request: WorkspaceRequest) -> HttpResponse:
    """The page, and what its buttons do."""
    status = 200
    if request.method == "POST":
        try:
            messages.success(request, _press(request))
            return HttpResponseRedirect(reverse("judging", args=[request.workspace.slug]))
        except NotNow as error:
            messages.error(request, str(error))
            status = 422
    return rail.show(request, "desk/judging.html", _page(request), here="settings", status=status)


def _page(request: WorkspaceRequest) -> dict[str, Any]:
    policy = queries.policy(request.workspace.pk)
    rows = queries.table(policy)
    return {
        "may_change": request.actor.may(Right.ADMINISTER),
        "alone": [Choice(value, str(name), value == policy.alone) for value, name in Policy.Alone.choices],
        "table": [_row(number, row, len(rows)) for number, row in enumerate(rows)],
        "new_row": _row(len(rows), NEW_ROW, 0) if len(rows) < MOST_ROWS else None,
        "may_undo": bool(policy.severity_before),
        "is_shipped": rows == TABLE,
        "how_right_url": reverse("how-right", args=[request.workspace.slug]),
    }


def _row(number: int, row: Row, rows: int) -> dict[str, Any]:
    return {
        "number": number,
        "place": number + 1,
        "severity": severity_tag(row.severity),
        "when": conditions(row),
        "severities": [
            Choice(str(value), str(name), value == row.severity) for value, name in Case.Severity.choices
        ],
        "groups": [
            ("kinds", _("It is"), _choices(KINDS, row.kinds, answers.kind)),
            ("urgencies", _("It is urgent or not"), _choices(URGENCIES, row.urgencies, answers.urgency)),
            ("abuses", _("It is abusive or not"), _choices(ABUSES, row.abuses, answers.abuse)),
        ],
        "reach": row.reach or "",
        "is_first": number == 0,
        "is_last": number == rows - 1,
    }


def _choices(offered: Sequence[str], chosen: frozenset[str], called: Callable[[str], str]) -> list[Choice]:
    return [Choice(value, called(value), value in chosen) for value in offered]


def _press(request: WorkspaceRequest) -> str:
    """Do what the button says; the sentence that follows. Raises NotNow."""
    workspace, by, at = request.workspace, request.actor, now()
    said = request.POST
    if "alone" in said:
        policies.let_judge_alone(workspace, said["alone"], by=by, at=at)
        return _("Kept. It holds for posts that are heard from now on.")
    if said.get("do") == "undo":
        policies.undo_table(workspace, by=by, at=at)
    elif said.get("do") == "shipped":
        policies.change_table(workspace, TABLE, by=by, at=at)
    else:
        rows = changed(queries.table(queries.policy(workspace.pk)), said)
        policies.change_table(workspace, rows, by=by, at=at)
    return _("Kept. Open cases are weighed by this table now.")


def changed(rows: Sequence[Row], said: QueryDict) -> tuple[Row, ...]:
    """The table after one of its rows was kept, added, moved or removed; raises NotNow."""
    place = said.get("row", "")
    number = int(place) if place.isdecimal() and len(place) < 4 else len(rows)
    do, table = said.get("do", ""), list(rows)
    if do == "keep" and number == len(table) and number < MOST_ROWS:
        table.append(read(said))
    elif do == "keep" and number < len(table):
        table[number] = read(said)
    elif do == "remove" and number < len(table):
        del table[number]
    elif do in ("up", "down") and 0 <= (to := number + (1 if do == "down" else -1)) < len(table):
        table[number], table[to] = table[to], table[number]
    else:
        raise NotNow(_("This row is gone. Somebody else changed the table; look at it again."))
    return tuple(table)


def read(said: QueryDict) -> Row:
    """One row as the form sends it; raises NotNow with what to mend."""
    reach, severity = said.get("reach", "").strip() or "0", said.get("severity", "")
    written = {
        "severity": int(severity) if severity in {str(int(each)) for each in Severity} else None,
        "kinds": said.getlist("kinds"),
        "urgencies": said.getlist("urgencies"),
        "abuses": said.getlist("abuses"),
        "reach": int(reach) if reach.isdecimal() and len(reach) <= len(str(LARGEST_REACH)) else -1,
    }
    try:
        return from_json([written])[0]
    except BadRow as error:
        if error.part == "reach":
            raise NotNow(_("Write the followers as a whole number, for example 1000.")) from error
        raise NotNow(_("Choose how bad it is, and conditions of the form. Nothing was changed.")) from error
