"""The check list of a draft: twelve words, each earned by what the text says (PROCESS A4, A5, A7)."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gensvar.kernel.sentence import Sentence, gettext_noop
from gensvar.reading.reply.personal import personal
from gensvar.reading.reply.signature import CAPITAL, signed
from gensvar.reading.reply.tables import finder, written_in

USUAL_LIMIT = 1000
"""Code points of an answer in public, where no network says how long it may be."""
FEWEST_WORDS = 5
BEFORE, AFTER = 3, 2
"""How far around an offer a word may stand that turns it into a refusal."""

_CONTACT = re.compile(
    r"(?<![\w.+-])(?!no-?reply)[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)(?:\+|0)\d[\d ()/-]{5,}\d|https?://\S+"
    r"|(?<![\w@.-])[\w-]+\.(?:com|net|org|eu|se|fi|nl|de|no|dk)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b|\b\d{1,2}[./]\s?(?:0?[1-9]|1[0-2])\b\.?|\b\d{4}-\d\d-\d\d\b"
    r"|\b(?:kl|klockan|kello|klo|at|om)\s+\d{1,2}\b|\b\d{1,2}\s?(?:uhr|uur|am|pm|a\.m\.|p\.m\.)(?!\w)",
    re.IGNORECASE,
)
_SHOUTED = re.compile(rf"[!?]{{2,}}|\b{CAPITAL}{{4,}}\s+{CAPITAL}{{3,}}\b")


@dataclass(frozen=True, slots=True)
class Check:
    """One word of the list. `said`: the words that earn it (`ok`), or else what to do."""

    check: str
    ok: bool
    said: Sentence


@dataclass(frozen=True, slots=True)
class Draft:
    """What is read: the text, the language it should be in ("" = not said), and what its writer signs with.

    length, limit: in the measure of the network that takes it.
    """

    text: str
    language: str
    signers: Sequence[str]
    length: int
    limit: int

    @property
    def tongue(self) -> str:
        """The language whose words are looked for."""
        return self.language or written_in(self.text)


def draft(
    text: str,
    *,
    language: str = "",
    signers: Sequence[str] = (),
    length: int | None = None,
    limit: int = USUAL_LIMIT,
) -> Draft:
    """A draft as the checks want it: composed letters, straight apostrophes, `sv` for `sv-FI`."""
    plain = unicodedata.normalize("NFC", text).replace("’", "'").strip()
    tongue = re.split(r"[-_]", language.strip().lower())[0]
    return Draft(plain, tongue, signers, len(plain) if length is None else length, limit)


def read(of: Draft) -> list[Check]:
    """The twelve checks, in their order; an empty draft earns none."""
    return [_check(name, look, of) for name, look in CHECKS.items()]


Look = Callable[[Draft], tuple[str, str]]
"""What was found, and a sentence (with `found` in it, where it wants) when the check is not earned."""


def _check(name: str, look: Look, of: Draft) -> Check:
    found, advice = look(of) if of.text else ("", "")
    if found and not advice:
        return Check(name, True, Sentence(found))
    values = {"found": found, "length": of.length, "limit": of.limit}
    return Check(name, False, Sentence(advice or ADVICE[name], **values))


ADVICE = {
    "apology": gettext_noop("Say sorry where it fits, without an if or a but."),
    "solution": gettext_noop("Say what you do about it: a new one, the money back, a look into it."),
    "timeframe": gettext_noop("Say when: a time, a day or a date is worth more than soon."),
    "cause": gettext_noop("Say in fair detail what went wrong: because, due to."),
    "prevention": gettext_noop("Say what keeps it from happening again."),
    "signature": gettext_noop("Sign with your own name at the end: a person answers, not a wall."),
    "contact": gettext_noop("Give a direct number, address or link, so that they need not look for you."),
    "tone": gettext_noop("Write something first, light and friendly."),
    "no_denial": gettext_noop("Write something first. Do not argue in public about who is right."),
    "no_personal_data": gettext_noop("Write something first. Leave numbers and addresses of theirs out."),
    "language_matches": gettext_noop(
        "Write in the language of the post; these words do not tell which it is."
    ),
    "length": gettext_noop(
        "Write %(limit)s characters at most, and more than a few words; it has %(length)s."
    ),
}
SHARP = gettext_noop("Take out “%(found)s”: many more read along.")
DENIAL = gettext_noop(
    "Take out “%(found)s”: a denial in public starts a quarrel. Check the facts in private."
)
PERSONAL = gettext_noop("Take out “%(found)s”: what belongs to one person goes by private message.")
OTHER_LANGUAGE = gettext_noop("This reads as %(found)s. Write in the language of the post.")


def _words(subject: str) -> Look:
    def look(of: Draft) -> tuple[str, str]:
        match = finder(subject, of.tongue).search(of.text)
        return (match[0] if match else ""), ""

    return look


def _apology(of: Draft) -> tuple[str, str]:
    """Said, not taken back by its own sentence ("sorry if you feel so"), and not refused."""
    blaming = [match.span() for match in finder("unsaid", of.tongue).finditer(of.text)]
    for match in finder("apology", of.tongue).finditer(of.text):
        is_blame = any(
            start <= match.start() < end or match.start() <= start < match.end() for start, end in blaming
        )
        if not is_blame and not _refused(of, match, after=0):
            return match[0], ""
    return "", ""


def _solution(of: Draft) -> tuple[str, str]:
    matches = finder("solution", of.tongue).finditer(of.text)
    return next((match[0] for match in matches if not _refused(of, match, after=AFTER)), ""), ""


def _refused(of: Draft, match: re.Match[str], *, after: int) -> bool:
    """Whether a negation stands near, within the same stretch of the sentence."""
    before = re.split(r"[.,;:!?\n]", of.text[: match.start()])[-1].split()[-BEFORE:]
    behind = re.split(r"[.,;:!?\n]", of.text[match.end() :])[0].split()[:after]
    return bool(finder("negations", of.tongue).search(" ".join([*before, "|", *behind])))


def _timeframe(of: Draft) -> tuple[str, str]:
    text = re.sub(r"(?i)\bguten morgen|\bgoedemorgen|\bgod morgon", "", of.text)
    match = _CLOCK.search(text) or finder("timeframe", of.tongue).search(text)
    return (match[0] if match else ""), ""


def _contact(of: Draft) -> tuple[str, str]:
    match = _CONTACT.search(of.text) or finder("private", of.tongue).search(of.text)
    return (match[0] if match else ""), ""


def _signature(of: Draft) -> tuple[str, str]:
    return signed(of.text, of.signers, of.tongue), ""


def _absent(subject: str, nothing: str, advice: str) -> Look:
    def look(of: Draft) -> tuple[str, str]:
        match = finder(subject, of.tongue).search(of.text)
        return (match[0], advice) if match else (nothing, "")

    return look


_SHARP_WORDS = _absent("sharp", gettext_noop("No sharp words."), SHARP)


def _tone(of: Draft) -> tuple[str, str]:
    shouted = _SHOUTED.search(of.text)
    return (shouted[0], SHARP) if shouted else _SHARP_WORDS(of)


def _personal(of: Draft) -> tuple[str, str]:
    found = personal(of.text, finder("reference", of.tongue))
    return (found, PERSONAL) if found else (gettext_noop("Nothing of theirs."), "")


def _language(of: Draft) -> tuple[str, str]:
    spoken = written_in(of.text)
    return (spoken, OTHER_LANGUAGE) if of.language and spoken and spoken != of.language else (spoken, "")


def _length(of: Draft) -> tuple[str, str]:
    fits = of.length <= of.limit and len(of.text.split()) >= FEWEST_WORDS
    return (str(of.length) if fits else ""), ""


CHECKS: dict[str, Look] = {
    "apology": _apology,
    "solution": _solution,
    "timeframe": _timeframe,
    "cause": _words("cause"),
    "prevention": _words("prevention"),
    "signature": _signature,
    "contact": _contact,
    "tone": _tone,
    "no_denial": _absent("denial", gettext_noop("Nothing is denied."), DENIAL),
    "no_personal_data": _personal,
    "language_matches": _language,
    "length": _length,
}
