"""The check list of one draft, as JSON: `gensvar check-reply`."""

import json
from dataclasses import dataclass
from typing import BinaryIO

from gensvar.filters.errors import Unreadable
from gensvar.reading.reply import checks
from gensvar.reading.reply.tables import LANGUAGES

LONGEST = 100_000
"""Bytes of a draft; a longer one is no reply."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of JSON, and whether every check is earned."""

    line: str
    passed: bool


def run(source: BinaryIO, *, language: str, signer: str) -> Answer:
    """Read one draft to its end; raises Unreadable when it, or `language`, cannot be read.

    signer: the name that must stand at its end, in full or its first word; "" = anybody's.
    """
    signer = signer.strip()
    if language and checks.draft("", language=language).language not in LANGUAGES:
        raise Unreadable(
            f"--language {language}: drafts are not read in that language; give one of {' '.join(LANGUAGES)}."
        )
    signers = tuple(dict.fromkeys([signer, signer.split()[0]])) if signer else ()
    draft = checks.draft(_text(source), language=language, signers=signers)
    listed = checks.read(draft)
    passed = all(each.ok for each in listed)
    answer = {"language": draft.tongue or None, "passed": passed, "checks": [_line(each) for each in listed]}
    return Answer(json.dumps(answer, ensure_ascii=False), passed)


def _text(source: BinaryIO) -> str:
    content = source.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise Unreadable(f"Standard input: the draft is longer than {LONGEST} bytes; give one reply.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable(f"Standard input, line {line}: it is no UTF-8; write the draft as UTF-8.") from None


def _line(check: checks.Check) -> dict[str, str | bool]:
    return {"check": check.check, "ok": check.ok, ("found" if check.ok else "advice"): str(check.said)}
