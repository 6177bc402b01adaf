"""What an alert says: plain text, in the receiver's language, with nothing in it that acts on its own.

Words of strangers are one line each, without control characters and marks that turn the writing direction,
and cut. Nobody but their author speaks in them: they stand between quotation marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gensvar.connectors import registry
from gensvar.kernel.text import one_line
from gensvar.process.alert import links, rules, sms
from gensvar.process.alert.models import Alert, Dispatch
from gensvar.process.alert.states import Way, What
from gensvar.process.case.models import Case

SAID_ALONE, SAID_AMONG = 400, 140
"""Code points of a post in an alert of its own, and among others in a digest."""
SHOWN_EACH = 10
"""Posts of one rule that a digest tells of; the others are counted."""


@dataclass(frozen=True, slots=True)
class Text:
    """A message: `subject` (a single line; mails only) and what it says."""

    subject: str
    body: str


def of(dispatch: Dispatch, alerts: Sequence[Alert], way: Way, at: datetime) -> Text:
    """What the dispatch says, once its alerts are known."""
    text = _alone(alerts[0], way, at) if len(alerts) == 1 else _together(dispatch, alerts, way, at)
    return Text(one_line(text.subject, 150), safe_in_chat(text.body) if way is Way.CHAT else text.body)


def test(code: str, way: Way) -> Text:
    """The message by which a person shows that a route is theirs."""
    said = _("Gensvar: your code is %(code)s. Write it on the page Alerts; it holds for an hour.")
    body = said % {"code": code}
    if way is Way.SMS:
        return Text("", sms.plain(body))
    note = _("If you did not ask for it, do nothing: nothing else is sent here.")
    return Text(_("Your code for alerts: %(code)s") % {"code": code}, f"{body}\n\n{note}\n")


def _alone(alert: Alert, way: Way, at: datetime) -> Text:
    said, head = _said(alert, SAID_ALONE), _head(alert)
    where = _link(alert)
    if way is Way.SMS:
        begin = f"{_workspace(alert)}: {', '.join([head, *_marks(alert, at)])}"
        quoted = f': "{sms.plain(said)}' if said else ""
        return Text("", sms.fitted(sms.plain(begin), quoted, f"{chr(34) if said else ''} {where}"))
    lines = [f"{head}, {_moment(alert)}"]
    if said:
        lines.append(f"“{said}”")
    if marks := _marks(alert, at):
        lines.append(" · ".join(marks))
    lines += ["", where, "", _foot(alert)]
    subject = f"{head}: {one_line(said, 80)}" if said else head
    return Text(f"[{_workspace(alert)}] {subject}", "\n".join(lines) + "\n")


def _together(dispatch: Dispatch, alerts: Sequence[Alert], way: Way, at: datetime) -> Text:
    number = len(alerts)
    words = ngettext("%(number)s alert", "%(number)s alerts", number) % {"number": number}
    subject = f"[{_workspace(alerts[0])}] {words}"
    if way is Way.SMS:
        newest = alerts[-1]
        begin = f"{_workspace(newest)}: {words}. {_head(newest)}"
        return Text("", sms.fitted(sms.plain(begin), f': "{sms.plain(_said(newest, SAID_AMONG))}',
                                   f'" {links.known().alerts()}'))  # fmt: skip
    lines = [f"{_workspace(alerts[0])}: {words} · {_rule(alerts[0])}", ""]
    for alert in alerts[:SHOWN_EACH]:
        lines += _entry(alert, at)
    if number > SHOWN_EACH:
        more = ngettext("and %(number)s more", "and %(number)s more", number - SHOWN_EACH)
        lines += [more % {"number": number - SHOWN_EACH}, links.known().heard(alerts[0].workspace.slug), ""]
    return Text(subject, "\n".join([*lines, _foot(alerts[0])]) + "\n")


def _entry(alert: Alert, at: datetime) -> list[str]:
    said = _said(alert, SAID_AMONG)
    first = " · ".join([_head(alert), _moment(alert), *_marks(alert, at)])
    return [first, *([f"“{said}”"] if said else []), _link(alert), ""]


def _workspace(alert: Alert) -> str:
    return one_line(alert.workspace.name, 40)


def _head(alert: Alert) -> str:
    """What happened and who wrote it where."""
    who = {"who": _author(alert), "where": _network(alert)}
    if alert.what == What.CLOCK:
        return _("Time runs out: %(who)s, %(where)s") % who
    if alert.what == What.GIVEN:
        return _("Given to you: %(who)s, %(where)s") % who
    return _("%(who)s, %(where)s") % who


def _author(alert: Alert) -> str:
    of = alert.mention or alert.case
    name, handle = (of.author, of.author_handle) if of else ("", "")
    name, handle = one_line(name, 60), one_line(handle, 60)
    return f"{name} (@{handle.lstrip('@')})" if handle and handle != name else name


def _network(alert: Alert) -> str:
    of = alert.mention or alert.case
    known = registry.load().get(of.network) if of else None
    return known.name if known else ""


def _said(alert: Alert, longest: int) -> str:
    if alert.mention:
        return (
            one_line(alert.mention.text or alert.mention.title, longest).replace("”", '"').replace("“", '"')
        )
    return one_line(alert.case.excerpt, longest) if alert.case else ""


def _marks(alert: Alert, at: datetime) -> list[str]:
    """Kind, tagged or not, reach, and how much of the hour is left."""
    case, mention = alert.case, alert.mention
    found = []
    if case and case.kind:
        found.append(str(Case.Kind(case.kind).label).lower())
    if case and case.abuse and case.kind != Case.Kind.ABUSE:
        found.append(_("threat") if case.abuse == "threat" else _("abusive"))
    if case and case.tagged:
        found.append(_("tagged"))
    elif case:
        found.append(_("not tagged"))
    if mention and mention.author_followers:
        reach = mention.author_followers
        many = ngettext("%(number)s follower", "%(number)s followers", reach)
        found.append(many % {"number": formats.number_format(reach)})
    if mention and mention.deleted_at:
        found.append(_("deleted since"))
    if case and case.next_due_at and case.closed_at is None:
        found.append(_left(case.next_due_at, at))
    return found


def _left(due: datetime, at: datetime) -> str:
    minutes = int((due - at).total_seconds() // 60)
    if minutes >= 0:
        return _("%(minutes)s min left") % {"minutes": minutes}
    return _("%(minutes)s min late") % {"minutes": -minutes}


def _moment(alert: Alert) -> str:
    of = alert.mention.posted_at if alert.mention else alert.since
    return formats.date_format(timezone.localtime(of, rules.zone_of(alert.user.time_zone)), "j M H:i")


def _link(alert: Alert) -> str:
    slug = alert.workspace.slug
    return links.known().case(slug, alert.case_id) if alert.case_id else links.known().heard(slug)


def _rule(alert: Alert) -> str:
    rule = alert.rule
    if rule is None:
        return pgettext("alert", "a rule that was removed")
    if rule.view:
        return one_line(rule.view.name, 60)
    if rule.kind:
        return f"{rule.get_about_display()} {str(rule.get_kind_display()).lower()}"
    return str(rule.get_about_display())


def _foot(alert: Alert) -> str:
    return _("You asked for this: %(rule)s. Change or stop it: %(url)s") % {
        "rule": _rule(alert),
        "url": links.known().alerts(),
    }


_BREAK = "\N{WORD JOINER}"


def safe_in_chat(text: str) -> str:
    """`text` in which no stranger can call a whole channel, dress up a link, or write markup.

    Chats read `@everyone`, `<!channel>`, `<url|words>`, `[words](url)`, `*` and backticks in it.
    """
    text = text.replace("<", "‹").replace(">", "›").replace("@", f"@{_BREAK}").replace("](", f"]{_BREAK}(")
    return text.replace("`", "'")
