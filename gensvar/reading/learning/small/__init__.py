"""Small words (and, the, is, my): every sentence has them, so they name neither a lesson nor a group of posts."""

from functools import cache
from importlib import resources

from gensvar.reading.judge.words import cut

LIKE = {"no": ("sv",), "da": ("sv",)}
"""Languages without a list of their own are read with that of a neighbour."""
WRITTEN = ("sv", "fi", "nl", "de", "en")


@cache
def of(language: str) -> frozenset[str]:
    """The small words of a language, as posts are cut; of all where it has no list."""
    named = (language,) if language in WRITTEN else LIKE.get(language, WRITTEN)
    return frozenset(word.form for each in named for word in cut(_list(each)))


def _list(language: str) -> str:
    lines = resources.files(__name__).joinpath(f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def is_telling(form: str, language: str) -> bool:
    """Whether a word can say what a post is about: it has letters, more than one, and is no small word."""
    return len(form) > 1 and form[0].isalpha() and form not in of(language)
