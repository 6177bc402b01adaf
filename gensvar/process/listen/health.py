"""Is each source alive: what is wrong with a source is said on the channels that hear it, and taken back."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from gensvar.kernel.sentence import Sentence, gettext_noop
from gensvar.process.listen import rules
from gensvar.process.listen.actions import say_trouble
from gensvar.process.listen.ears import Stream
from gensvar.process.listen.models import Channel, Source

SILENT = gettext_noop("Nothing has come from there for longer than usual. The desk keeps listening.")


def look(streams: Mapping[str, Stream], *, at: datetime) -> None:
    """Note which sources are silent, and on each channel the first trouble of its sources."""
    sources = {row.name: row for row in Source.objects.filter(name__in=list(streams))}
    wrong: dict[int, str] = {}
    for name, stream in streams.items():
        source = sources.get(name)
        if source is None:
            continue
        _note_silence(source, stream, at)
        trouble = source.why or (Sentence(SILENT) if source.silent_since else "")
        for channel in stream.channels:
            wrong[channel.pk] = wrong.get(channel.pk) or trouble
    _tell(wrong, at)


def _note_silence(source: Source, stream: Stream, at: datetime) -> None:
    since = rules.silent_since(source.heard_at, source.opened_at, source.usual_gap, stream.find.quiet, at)
    if since != source.silent_since:
        source.silent_since = since
        # On the condition that nothing was heard meanwhile: what speaks is not silent.
        Source.objects.filter(pk=source.pk, heard_at=source.heard_at).update(silent_since=since)


def _tell(wrong: Mapping[int, str], at: datetime) -> None:
    """Only channels that are in trouble, or were, are looked at: the others are many."""
    ill = Q(pk__in=[pk for pk, why in wrong.items() if why])
    for channel in Channel.objects.filter(ill | ~Q(trouble=""), removed_at=None):
        if channel.pk in wrong:
            say_trouble(channel, wrong[channel.pk], at=at)
