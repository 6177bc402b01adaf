"""The card: a plain page drawn from the record, for when the page itself cannot be pictured."""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gensvar.kernel.text import one_line, showable
from gensvar.process.listen.models import Mention, Revision

LONGEST = 8_000
"""Code points of a post that fit on the card; the record has all of them."""
MOST_LINES = 150

_STYLE = """
*{box-sizing:border-box}
html{background:#f4f3f0;color:#1f2023;font:16px/1.5 system-ui,"Noto Sans",sans-serif}
body{margin:0;padding:32px}
main{max-width:720px;margin:0 auto;background:#fff;border:1px solid #c9c7c1;border-radius:6px;padding:28px 32px}
header{border-bottom:1px solid #dddbd5;padding-bottom:14px;margin-bottom:18px}
h1{font-size:14px;font-weight:600;letter-spacing:.04em;margin:0 0 4px;color:#55565c}
header p{margin:0;color:#55565c;font-size:14px}
h2{font-size:18px;margin:0}
.handle{color:#55565c;font-size:15px}
blockquote{margin:14px 0 22px;white-space:pre-wrap;overflow-wrap:anywhere;font-size:18px}
bdi,blockquote,dd{unicode-bidi:isolate}
dl{display:grid;grid-template-columns:150px 1fr;gap:6px 16px;margin:0;border-top:1px solid #dddbd5;
padding-top:16px;font-size:14px}
dt{color:#55565c}
dd{margin:0;overflow-wrap:anywhere}
code{font:12px/1.5 ui-monospace,"DejaVu Sans Mono",monospace}
"""


def draw(revision: Revision, *, why: str = "") -> str:
    """The card of one wording as an HTML page: nothing in it is run, fetched or followed.

    why: the reason for which there is no picture of the page.
    """
    mention = revision.mention
    said = _bounded(showable(revision.text))
    rows = "".join(f"<dt>{escape(label)}</dt><dd dir=auto>{value}</dd>" for label, value in _rows(revision))
    return f"""<!doctype html>
<html lang="{escape(get_language() or "en")}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(_("Record as received"))}</title>
<style>{_STYLE}</style>
<main>
<header><h1>{escape(_("Record as received"))}</h1><p>{escape(_explanation(why))}</p></header>
<h2><bdi>{escape(one_line(mention.author, 200))}</bdi></h2>
{_handle(mention)}
<blockquote dir="auto"{_language(mention)}>{_title(mention)}{escape(said)}</blockquote>
<dl>{rows}</dl>
</main>
</html>"""


def _explanation(why: str) -> str:
    drawn = _("Drawn by Gensvar from the record that it received. This is not a picture of the page.")
    return f"{drawn} {showable(why)}".strip()


def _handle(mention: Mention) -> str:
    if not mention.author_handle or mention.author_handle == mention.author:
        return ""
    return (
        f'<p class="handle" style="margin:0"><bdi>@{escape(one_line(mention.author_handle, 200))}</bdi></p>'
    )


def _title(mention: Mention) -> str:
    return f"<strong>{escape(one_line(mention.title, 500))}</strong>\n" if mention.title else ""


def _language(mention: Mention) -> str:
    return f' lang="{escape(mention.language)}"' if mention.language else ""


def _rows(revision: Revision) -> Iterator[tuple[str, str]]:
    """Label and value (HTML) of each line below the post."""
    mention = revision.mention
    zone = mention.workspace.zone
    yield _("Network"), escape(one_line(f"{mention.network} · {mention.channel.name}"))
    yield _("Written, they say"), _instant(mention.posted_at, zone)
    yield _("Received"), _instant(revision.received_at, zone)
    for label, instant in (
        (_("Deleted"), mention.deleted_at),
        (_("Hidden"), mention.hidden_at),
    ):
        if instant:
            yield label, _instant(instant, zone)
    yield _("Address"), _code(mention.url or "–")
    yield _("Name on the network"), _code(mention.native_id)
    if mention.parent_id:
        yield _("In answer to"), _code(mention.parent_id)
    if revision.revision:
        yield _("Wording"), _code(revision.revision)
    size = _("%(bytes)s bytes") % {"bytes": f"{len(bytes(revision.raw)):,}"}
    yield _("Record"), escape(f"{revision.raw_type}, {size}")
    yield _("SHA-256 of the record"), _code(revision.sha256)


def _code(text: str) -> str:
    return f"<code><bdi>{escape(one_line(text, 600))}</bdi></code>"


def _instant(at: datetime, zone: str) -> str:
    """The instant in UTC and on the clocks of the company."""
    try:
        there = at.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OverflowError):  # a post can claim the year 1
        there = at
    return escape(f"{at:%Y-%m-%d %H:%M:%S} UTC ({there:%Y-%m-%d %H:%M} {zone})")


def _bounded(text: str) -> str:
    lines = text[:LONGEST].split("\n")
    cut = "\n".join(lines[:MOST_LINES])
    if len(cut) == len(text):
        return text
    words = _("The card ends here. The record has all %(letters)s letters.") % {"letters": f"{len(text):,}"}
    return f"{cut}…\n\n[{words}]"
