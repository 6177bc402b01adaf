"""What the screens show in tests: channels of Nordpost, and people who write about it."""

from datetime import datetime, timedelta
from typing import Any

from gensvar.connectors.contract import Author, Identity, Post
from gensvar.people.actor import machine
from gensvar.people.models import Membership, Workspace
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.case.models import Case
from gensvar.process.listen import actions, mentions
from gensvar.process.listen.models import Channel, Mention, Watch


def channel(workspace: Workspace, by: Membership, at: datetime, connector: str = "bluesky") -> Channel:
    """A connected account of Nordpost; nothing of it touches a network."""
    identity = Identity(
        "did:plc:nordpost", "nordpost.example", "Nordpost", "https://bsky.app/profile/nordpost"
    )
    values = {"handle": "nordpost.example", "app_password": "a-b-c", "name": "Residents"}
    return actions.add_channel(workspace, connector, values, identity, by=by.actor(), at=at)


def post(number: int, text: str, name: str = "Maria Karlsson", **more: Any) -> Post:
    """A post as a connector would hand it over."""
    handle = name.lower().replace(" ", "") + ".example"
    author = Author(f"did:plc:{handle}", handle, name, followers=320, bio="Writes about parcels.")
    given = {
        "language": "sv",
        "posted_at": None,
        "url": f"https://example.org/post/{number}",
        "raw": text.encode(errors="replace"),
    }
    return Post(
        native_id=f"at://{handle}/{number}",
        revision=f"r{number}",
        author=author,
        text=text,
        **{**given, **more},
    )


def hear(where: Channel, what: Post, at: datetime, *, name: str = "Nordpost") -> Case:
    """The post is heard at `at`: it becomes a mention, and the flow makes it a case."""
    row: Mention = mentions.mention(what, where, at=at)
    start = row.text.casefold().find(name.casefold())
    row.spans = [[start, start + len(name)]] if start >= 0 else []
    row.save()
    mentions.revision(what, row, at=at).save()
    record(Happened.MENTION_FOUND, by=machine(where.workspace_id), at=at, data={"mention": row.pk})
    row.refresh_from_db()
    assert row.case
    return row.case


def watched(where: Channel, what: Post, at: datetime, *, kind: str = "competitor") -> Mention:
    """The post is about somebody else: it is heard, and opens no case."""
    watch, _ = Watch.objects.get_or_create(
        workspace=where.workspace,
        kind=kind,
        defaults={"name": f"Our {kind}", "query": kind, "created_at": at, "changed_at": at},
    )
    row = mentions.mention(what, where, at=at)
    row.watch = watch
    row.save()
    mentions.revision(what, row, at=at).save()
    record(Happened.MENTION_WATCHED, by=machine(where.workspace_id), at=at, data={"mention": row.pk})
    return row


COMPLAINTS = (
    (
        "Maria Karlsson",
        "sv",
        "Tredje gången Nordpost tappar bort mitt paket, och chatten säger bara ”vi beklagar”. "
        "Vad ska jag göra nu, ringa vd:n?",
    ),
    (
        "Jukka Mäkelä",
        "fi",
        "Kolmas kerta kun Nordpostin kuljettaja jättää paketin pihalle sateeseen. Eikö teillä lueta ohjeita?",
    ),
    (
        "Tessa de Wit",
        "nl",
        "Heeft iemand van Nordpost ooit te pakken gekregen? Al drie weken geen pakket en geen antwoord.",
    ),
    (
        "Petra Vogel",
        "de",
        "Nordpost-Filiale seit Montag zu, kein Schild, keine Auskunft. Nordpostkunde sein ist ein Hobby.",
    ),
    ("Anders Lund", "sv", "Vilken skillnad! Chauffören från Nordpost bar upp allt fyra trappor. Tack."),
    ("anon4711", "en", "Nordpost hope somebody closes your depot, you useless lot"),
    ("Liisa", "fi", "Blogi: näin Nordpost hoiti palautuksen. <script>alert(1)</script> \u202eesrever\u202c"),
)


def fill(where: Channel, at: datetime) -> list[Case]:
    """An inbox as it looks on a busy morning: the newest with most time left."""
    minutes = (72, 54, 22, 15, 8, 4, 1)
    return [
        hear(where, post(number, text, name, language=language), at - timedelta(minutes=ago))
        for number, ((name, language, text), ago) in enumerate(zip(COMPLAINTS, minutes, strict=True))
    ]
