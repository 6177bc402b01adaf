"""What the desk reads of readers and readings."""

from django.conf import settings
from django.db.models import QuerySet

from gensvar.kernel import secrets
from gensvar.people.models import Workspace
from gensvar.process.case.models import Case
from gensvar.process.reader import rules
from gensvar.process.reader.models import Reader, Reading
from gensvar.process.reader.told import Chat


def of(workspace: Workspace) -> Reader | None:
    """The reader of a workspace, also one that is switched off; None when none was ever chosen."""
    return Reader.objects.filter(workspace=workspace).first()


def switched_on() -> QuerySet[Reader]:
    """Every reader that is given posts."""
    return Reader.objects.select_related("workspace").exclude(way=Reader.Way.OFF).order_by("workspace__name")


def readings(case: Case) -> QuerySet[Reading]:
    """What a reader was asked and answered in this case, oldest first."""
    return case.readings.select_related("mention").order_by("pk")


def server(reader: Reader) -> Chat:
    """All that is needed to ask the server of this reader; raises LostKey, BadAddress."""
    return Chat(
        address=rules.endpoint(reader.address),
        model=reader.model,
        key=secrets.unlock(reader.locked, settings.SECRET_KEY) if reader.locked else "",
        temperature=reader.temperature,
        seconds=reader.seconds,
    )
