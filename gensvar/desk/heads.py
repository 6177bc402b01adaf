"""What can be asked about a post, and every answer, in words."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gensvar.desk import answers
from gensvar.reading.reader.answer import Answer

HEADS: Mapping[str, str | Promise] = {
    "kind": _("What it is"),
    "sentiment": _("Tone"),
    "abuse": _("Abuse and its ground"),
    "urgency": _("Urgency"),
}
_WORDS: Mapping[str, Callable[[str], str]] = {
    "kind": answers.kind,
    "sentiment": answers.sentiment,
    "abuse": answers.abuse,
    "urgency": answers.urgency,
}


def word(said: Answer) -> str:
    """One answer, with how sure the reader says it is."""
    return f"{_WORDS[said.head](said.choice)} {answers.percent(said.sure)}"


def words(said: Iterable[Answer]) -> str:
    """All of them on a line."""
    return ", ".join(word(each) for each in said)
