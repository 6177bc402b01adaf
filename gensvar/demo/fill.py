"""Fills an empty desk: people, watches, the pretend internet, and a past that reads as if it had been lived."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from gensvar.connectors.contract import Identity
from gensvar.demo import earlier, past
from gensvar.demo.connector import CONNECTOR
from gensvar.demo.internet import Internet
from gensvar.demo.play import Past
from gensvar.demo.script import COMPANY, US
from gensvar.kernel import environment
from gensvar.people import actions as people
from gensvar.people.models import Membership, User, Workspace
from gensvar.people.queries import is_set_up
from gensvar.people.rules import Role, sign_in_name
from gensvar.process.case.steps import Step
from gensvar.process.document.models import Capture
from gensvar.process.listen import actions as listen
from gensvar.process.listen.models import Channel

PASSWORD = "parcels-in-the-snow"
"""The password of everybody on a demo desk. It protects nothing: nobody there exists."""
ZONE = "Europe/Stockholm"
CAST = (
    ("Bob", Role.AGENT, "Bob, Nordpost"),
    ("Maja", Role.AMBASSADOR, "Maja, Nordpost"),
    ("Leo", Role.LEAD, "Leo, Nordpost"),
    ("Vera", Role.VIEWER, ""),
)
WATCHES = (
    ("Nordpost", "Nordpost OR #nordpost OR @nordpost NOT =Nordposten", "brand"),
    ("Parcel lockers", "paketskåp OR pakettiautomaatti OR pakketkluis OR paketfach", "product"),
    ("Competitors", "Kvickbud OR Fraktia OR Snelpak OR Flinkbote OR Viesti-Viima", "competitor"),
)
A_PICTURE = timedelta(seconds=2)
"""Pictures of the past are taken one after the other, so that what is new need not wait for them."""


class SomebodysDesk(Exception):
    """The desk is in use and no demo; the message is a sentence for people."""


def fill(*, at: datetime) -> str:
    """Fill an empty desk, leave a filled one as it is; the words with which to sign in.

    Raises SomebodysDesk, and changes nothing, when the desk is no demo.
    """
    if is_set_up() or User.objects.exists():
        if not _is_demo():
            raise SomebodysDesk(
                _(
                    "This desk is in use, so it was not filled and nothing was changed. Give the demo a data "
                    "folder (and a database) of its own: GENSVAR_DATA=data/demo gensvar up --demo"
                )
            )
    else:
        _fill(at)
    return _("Sign in as alice, password %(password)s (bob, maja, leo and vera have the same one).") % {
        "password": PASSWORD
    }


def place() -> Path:
    """The file of the pretend internet."""
    return Path(settings.DATA) / "internet.db"


def _is_demo() -> bool:
    return Channel.objects.filter(connector=CONNECTOR.key, native_id=US).exists()


def _fill(at: datetime) -> None:
    """All or nothing: a start that is broken off leaves an empty desk, which is filled at the next one."""
    for ending in ("", "-wal", "-shm"):
        place().with_name(place().name + ending).unlink(missing_ok=True)
    pace = environment.DEMO_PACE.read()
    internet = Internet(place(), at, pace=float(pace))
    try:
        with transaction.atomic():
            cast = _people(at - timedelta(days=len(earlier.DAYS) + 1))
            channel = _ears(cast["Alice"], pace)
            lived = Past(internet, channel, cast)
            lived.play([*earlier.deeds(at), *past.this_morning(at)])
            lived.hear(at)
            _spread_pictures(at)
            # What is due is rung for by the sweep; the rings of two weeks would only be answered with nothing.
            connection.run_on_commit.clear()
    finally:
        internet.close()


def _people(at: datetime) -> dict[str, Membership]:
    alice = people.set_up(
        name="Alice", password=PASSWORD, company=COMPANY.name, zone=ZONE, language="en", at=at
    )
    _sign(alice.user, "Alice, Nordpost")
    others = {name: _colleague(alice, name, role, signature, at) for name, role, signature in CAST}
    return {"Alice": alice, **others}


def _colleague(alice: Membership, name: str, role: Role, signature: str, at: datetime) -> Membership:
    """Invited and come. One hash of the password is enough for all, and hashing is slow on purpose."""
    user = User.objects.create(
        username=sign_in_name(name),
        first_name=name,
        password=alice.user.password,
        time_zone=ZONE,
        language="en",
    )
    _sign(user, signature)
    invitation = people.invite(
        alice.workspace, email=user.email, role=role, team=None, by=alice.actor(), at=at
    )
    return people.accept_as(user, invitation, at=at)


def _sign(user: User, signature: str) -> None:
    address = f"{user.username}@nordpost.example"
    people.change_profile(
        user,
        name=user.name,
        email=address,
        language="en",
        time_zone=ZONE,
        signature=signature,
        direct_contact=address if signature else "",
    )


def _ears(alice: Membership, pace: str) -> Channel:
    workspace: Workspace = alice.workspace
    by, at = alice.actor(), workspace.created_at
    for name, query, kind in WATCHES:
        listen.add_watch(workspace, name=name, query=query, kind=kind, by=by, at=at)
    identity = Identity(native_id=US, handle=US, name=COMPANY.name, url=COMPANY.url)
    values = {"place": str(place()), "pace": pace}
    return listen.add_channel(workspace, CONNECTOR.key, values, identity, by=by, at=at)


def _spread_pictures(at: datetime) -> None:
    """Open cases first, and the newest of them before the older ones."""
    waiting = Capture.objects.filter(due_at__isnull=False).select_related("case").order_by("-pk")
    for turn, capture in enumerate(_open_first(waiting)):
        Capture.objects.filter(pk=capture.pk).update(due_at=at + turn * A_PICTURE, rung_at=None)


def _open_first(captures: Iterable[Capture]) -> list[Capture]:
    return sorted(captures, key=lambda capture: capture.case.step == Step.CLOSED.value)
