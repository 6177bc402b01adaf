"""One word of a query, with its sign: what is looked for, or why it cannot be."""

import re

from gensvar.kernel.sentence import Sentence, gettext_noop
from gensvar.reading.folding import folded
from gensvar.reading.tree import BadQuery, How, Term

QUOTES = "“”„‟«»＂"
"""Other people's quotation marks; a query may use any of them."""
_HANDLE = re.compile(r"[\w.\-]+(?:@[\w.\-]+(?::\d+)?)?")
_DOMAIN = re.compile(r"[\w\-]+(?:\.[\w\-]+)+(?:/\S*)?")

NO_END = gettext_noop('these quotation marks are not closed; add a ".')
NO_JOIN = gettext_noop("'%(sign)s' joins nothing here; write OR between the words.")
STAR_WITHIN = gettext_noop("'*' stands only at the end of a word; write it there, or take it away.")
ONE_OR_ANY = gettext_noop("'=' finds one form only and '*' any ending; take one of them away.")
NO_TAG = gettext_noop("a hashtag has only letters, digits and _; write it as people post it.")
NO_HANDLE = gettext_noop("this is no handle; write it as the network shows it, such as @tekir_fi.")
NO_ADDRESS = gettext_noop("this is no address; write a domain, such as url:tekir.fi.")
NO_LANGUAGE = gettext_noop("a language has two or three letters; write it as lang:fi.")
NO_WORD = gettext_noop("there is nothing to look for here; write a word.")


def read_term(token: str, column: int) -> Term:
    """The meaning of `token`, which stands at `column` of the query."""
    if token.startswith('"'):
        return _phrase(token, column)
    name, colon, value = token.partition(":")
    if colon and name.lower() in _FIELDS:
        return _FIELDS[name.lower()](value, column)
    if token[:1] in _SIGNS:
        return _SIGNS[token[0]](token[1:], column)
    return _word(token, column)


def _phrase(token: str, column: int) -> Term:
    if len(token) < 2 or not token.endswith('"'):
        raise BadQuery(Sentence(NO_END), column)
    words = re.findall(r"[^\W_](?:\S*\w)?", folded(token[1:-1]))
    if len(words) == 1:
        return _named("word", words[0], column)
    return _named("phrase", " ".join(words), column)


def _word(token: str, column: int) -> Term:
    if token[-1] in ",;":
        raise BadQuery(Sentence(NO_JOIN, sign=token[-1]), column)
    if "*" not in token:
        return _named("word", token, column)
    if token.index("*") < len(token) - 1:
        raise BadQuery(Sentence(STAR_WITHIN), column)
    return _named("prefix", token[:-1], column)


def _exact(token: str, column: int) -> Term:
    if "*" in token:
        raise BadQuery(Sentence(ONE_OR_ANY), column)
    return _named("exact", token, column)


def _tag(token: str, column: int) -> Term:
    term = _named("tag", token, column)
    if not re.fullmatch(r"\w+", term.text):
        raise BadQuery(Sentence(NO_TAG), column)
    return term


def _handle(token: str, column: int, how: How = "handle") -> Term:
    term = _named(how, token, column)
    if not _HANDLE.fullmatch(term.text):
        raise BadQuery(Sentence(NO_HANDLE), column)
    return term


def _from(token: str, column: int) -> Term:
    return _handle(token.removeprefix("@"), column, "from")


def _url(token: str, column: int) -> Term:
    site = re.sub(r"(?i)^(?:https?:)?//", "", token).rstrip("/")
    term = _named("url", site.removeprefix("www.") if site.count(".") > 1 else site, column)
    if not _DOMAIN.fullmatch(term.text):
        raise BadQuery(Sentence(NO_ADDRESS), column)
    return term


def _lang(token: str, column: int) -> Term:
    if not re.fullmatch(r"[A-Za-z]{2,3}", token):
        raise BadQuery(Sentence(NO_LANGUAGE), column)
    return Term("lang", token.lower())


_SIGNS = {"#": _tag, "@": _handle, "=": _exact}
_FIELDS = {"url": _url, "from": _from, "lang": _lang}


def _named(how: How, text: str, column: int) -> Term:
    text = folded(text)
    if not (text.isalnum() or any(map(str.isalnum, text))):
        raise BadQuery(Sentence(NO_WORD), column)
    return Term(how, text)
