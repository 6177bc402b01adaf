"""The doorbell for readings: take the lease, ask the reader once, hand what it says to an action."""

from collections.abc import Sequence
from datetime import datetime

from asgiref.sync import async_to_sync
from django.tasks import task

from gensvar.engine import leases
from gensvar.engine.doorbell import Bell
from gensvar.kernel import secrets
from gensvar.kernel.clock import now
from gensvar.kernel.sentence import Sentence, gettext_noop
from gensvar.process.reader import actions, chat, folder, queries, rules
from gensvar.process.reader.models import Reader, Reading
from gensvar.process.reader.states import Way
from gensvar.process.reader.told import Came, Told
from gensvar.reading.judge.verdict import Text


@task(queue_name="readers")
def read(pk: int) -> None:
    """Give one wording to the reader of its workspace."""
    reading = leases.take(Reading, pk, at=now(), lasting=rules.LEASE)
    if reading is None:
        return
    reader = Reader.objects.get(workspace=reading.mention.workspace_id)
    if actions.may_ask(reading, reader, at=now()):
        text = Text(reading.mention.words, reading.mention.language)
        actions.was_told(reading, ask(reader, text, reading.heads, now()), at=now())


BELL = Bell(Reading, read)


def ask(reader: Reader, text: Text, heads: Sequence[str], at: datetime) -> Told:
    """The one call, by whichever way this workspace has chosen. It changes nothing here."""
    if reader.way == Way.FOLDER:
        return folder.ask(reader.folder, reader.labels, text, heads, reader.seconds)
    try:
        server = queries.server(reader)
    except secrets.LostKey:
        return Told(Came.BROKEN, why=Sentence(LOST))
    except rules.BadAddress:
        return Told(Came.BROKEN, why=Sentence(rules.NO_ADDRESS))
    return async_to_sync(chat.ask)(server, text, heads, at)


LOST = gettext_noop(
    "The key of the reader cannot be opened with this desk's key. Write it again in the settings."
)
