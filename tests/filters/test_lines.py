"""Lines come out whole and as they arrive, however the stream is cut, and none grows without bound."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from gensvar.filters.lines import LONGEST, batches


class Pieces:
    """A stream that gives what it has piece by piece."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = [piece for piece in pieces if piece]

    def read1(self, size: int, /) -> bytes:
        """The next piece."""
        return self._pieces.pop(0) if self._pieces else b""


@given(st.lists(st.text("ab\n", max_size=6).map(str.encode)))
def test_nothing_is_lost_and_only_the_last_line_may_lack_its_end(pieces: list[bytes]) -> None:
    found = list(batches(Pieces(*pieces)))
    assert b"".join(found) == b"".join(pieces)
    assert all(each.endswith(b"\n") for each in found[:-1])


def test_what_arrived_is_handed_on_without_waiting_for_more() -> None:
    assert list(batches(Pieces(b"a\nb", b"c\nd\n", b"e"))) == [b"a\n", b"bc\nd\n", b"e"]


def test_a_line_that_is_too_long_is_cut_and_the_next_is_whole() -> None:
    source = BytesIO(b"a\n" + b"x" * (LONGEST + 1_000_000) + b"\nb\nc")
    lines = b"".join(batches(source)).split(b"\n")
    assert [line[:1] for line in lines] == [b"a", b"x", b"b", b"c"]
    assert len(lines[1]) <= LONGEST
    assert lines[2:] == [b"b", b"c"]


def test_a_line_that_never_ends_is_cut_too() -> None:
    (line,) = batches(BytesIO(b"x" * (3 * LONGEST)))
    assert len(line) == LONGEST
