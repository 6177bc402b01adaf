"""What must not stand in public: numbers and addresses that belong to one person."""

import re
from collections.abc import Callable, Iterator
from datetime import date

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_CARD = re.compile(r"(?<![\d+])\d(?:[ -]?\d){12,18}(?!\d)")
_SWEDISH = re.compile(r"(?<!\d)(?:19|20)?(\d{6})[-+]?(\d{4})(?!\d)")
_FINNISH = re.compile(r"(?<!\w)(\d{6})[-+A-FU-Y](\d{3})([0-9A-Y])(?!\w)", re.IGNORECASE)
_DUTCH = re.compile(r"(?<![\d+])\d{9}(?!\d)")
_STREET = re.compile(
    r"\b[^\W\d_]+(?:gatan|vägen|katu|tie|straat|laan|weg|straße|strasse|street|road|avenue)\s+\d+[a-z]?"
    r"[\s,]+(?:\d{3} ?\d{2}|\d{4} ?[A-Z]{2})\b",
    re.IGNORECASE,
)
_HOME_MAIL = re.compile(
    r"[\w.+-]+@(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|gmx|web|ziggo|telia|luukku)\.[a-z.]{2,6}\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*(?:is|är|on|ist)?\s*[:#]?\s*(?=[\w-]*\d{3})[\w-]{4,}")
FINNISH_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
"""The check character of a Finnish identity code: the nine digits modulo 31 (dvv.fi, personal identity code)."""


def personal(text: str, named: re.Pattern[str]) -> str:
    """The first thing in `text` that belongs to one person, "" when there is none.

    named: finds the words that say which number follows (order number, customer number).
    """
    return next(_found(text, named), "")


def _found(text: str, named: re.Pattern[str]) -> Iterator[str]:
    checked: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
        (_IBAN, _is_iban),
        (_SWEDISH, _is_swedish),
        (_FINNISH, _is_finnish),
        (_CARD, lambda match: _luhn(_digits(match[0]))),
        (_DUTCH, _is_dutch),
    )
    for pattern, holds in checked:
        yield from (match[0] for match in pattern.finditer(text) if holds(match))
    for pattern in (_STREET, _HOME_MAIL):
        yield from (match[0] for match in pattern.finditer(text))
    for match in named.finditer(text):
        if number := _NUMBER.match(text, match.end()):
            yield match[0] + number[0]


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812: every second digit from the right doubled, the sum of all digits divisible by ten."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(each // 10 + each % 10 for each in doubled) % 10 == 0


def _is_iban(match: re.Match[str]) -> bool:
    """ISO 13616: country and check digits moved to the end, letters as 10 to 35, the rest modulo 97 is one."""
    plain = match[0].replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def _is_swedish(match: re.Match[str]) -> bool:
    """A personal identity number (Skatteverket): a day of a year, its digits checked by Luhn."""
    return _is_day(match[1][2:4], match[1][4:6]) and _luhn(match[1] + match[2])


def _is_finnish(match: re.Match[str]) -> bool:
    is_right = FINNISH_CHECK[int(match[1] + match[2]) % 31] == match[3].upper()
    return is_right and _is_day(match[1][2:4], match[1][:2])


def _is_dutch(match: re.Match[str]) -> bool:
    """A citizen service number: the eleven test (Rijksdienst voor Identiteitsgegevens)."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, match[0], strict=True)) % 11 == 0


def _is_day(month: str, day: str) -> bool:
    try:
        return bool(date(2000, int(month), int(day)))
    except ValueError:
        return False
