"""How much fits into a text message, and which way in: the alphabet of GSM 03.38, or UCS-2 for the rest.

Source: 3GPP TS 23.038 (alphabet and its extension), 3GPP TS 23.040 (160 or 70 characters alone, 153 or 67
in each part of a long message).
"""

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€")
"""These take two places each."""

MOST_PARTS = 2

_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "‚": "'", "–": "-", "—": "-",
        "…": "...", "·": "-", "•": "-", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ",
    }
)  # fmt: skip
"""Typography for which the alphabet of GSM has a plain sign: one curly quote would halve the message."""


def plain(text: str) -> str:
    """`text` with plain signs where GSM knows one."""
    return text.translate(_PLAIN)


def is_gsm(text: str) -> bool:
    """Whether the 7-bit alphabet can say all of it."""
    return all(letter in GSM or letter in EXTENDED for letter in text)


def length(text: str) -> int:
    """How many places it takes: septets in GSM, UTF-16 code units otherwise."""
    if is_gsm(text):
        return len(text) + sum(letter in EXTENDED for letter in text)
    return len(text.encode("utf-16-le")) // 2


def room(text: str, parts: int = MOST_PARTS) -> int:
    """How many places so many messages have for this text."""
    alone, each = (160, 153) if is_gsm(text) else (70, 67)
    return alone if parts == 1 else each * parts


def fits(text: str, parts: int = MOST_PARTS) -> bool:
    """Whether it fits into so many messages."""
    return length(text) <= room(text, 1) or length(text) <= room(text, parts)


def fitted(before: str, said: str, after: str, parts: int = MOST_PARTS) -> str:
    """`before`, as much of `said` as there is room for, and `after`, which is never cut (it is the link)."""
    whole = f"{before}{said}{after}"
    if fits(whole, parts):
        return whole
    low, high = 0, len(said)
    while low < high:  # the longest beginning that fits; each step halves what is left
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(_cut(before, said, after, middle), parts) else (low, middle - 1)
    return _cut(before, said, after, low)


def _cut(before: str, said: str, after: str, most: int) -> str:
    return f"{before}{said[:most].rstrip()}...{after}"


def number(given: str) -> str:
    """A telephone number as gateways want it (`+46701234567`, E.164); "" when it is none."""
    digits = given.translate(str.maketrans("", "", " -()./\N{NO-BREAK SPACE}"))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    plain_digits = digits[1:]
    is_number = digits.startswith("+") and plain_digits.isascii() and plain_digits.isdecimal()
    return digits if is_number and 7 <= len(plain_digits) <= 15 and plain_digits[0] != "0" else ""
