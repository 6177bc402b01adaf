"""Reading PNG pictures just far enough to tell their size and colour."""

import struct
import zlib

Colour = tuple[float, float, float]


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def average(png: bytes) -> Colour:
    """The mean colour of the first rows' pixels that filters leave readable (8-bit RGB or RGBA)."""
    width, height = size(png)
    channels = {2: 3, 6: 4}[png[25]]
    rows = _rows(zlib.decompress(_data(png)), width, min(height, 200), channels)
    total = [0, 0, 0]
    for row in rows:
        for channel in range(3):
            total[channel] += sum(row[channel::channels])
    number = len(rows) * width
    return total[0] / number, total[1] / number, total[2] / number


def _data(png: bytes) -> bytes:
    place, found = 8, b""
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            found += png[place + 8 : place + 8 + length]
        place += 12 + length
    return found


def _rows(data: bytes, width: int, height: int, channels: int) -> list[bytearray]:
    """The first `height` rows, unfiltered (PNG specification, section 9)."""
    stride = width * channels
    above, found = bytearray(stride), []
    for number in range(height):
        start = number * (stride + 1)
        kind, row = data[start], bytearray(data[start + 1 : start + 1 + stride])
        for place in range(stride):
            left = row[place - channels] if place >= channels else 0
            up = above[place]
            corner = above[place - channels] if place >= channels else 0
            row[place] = (row[place] + _predicted(kind, left, up, corner)) & 255
        found.append(row)
        above = row
    return found


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda each: abs(guess - each))
    return (0, left, up, (left + up) // 2)[kind]
