"""The stretch of a post that stands in the inbox."""

from hypothesis import given
from hypothesis import strategies as st

from gensvar.process.assess.rules import CUT, IN_SIGHT, LONGEST, excerpt


def test_a_match_near_the_beginning_leaves_the_text_as_it_is() -> None:
    assert excerpt("Nordpost tappade det", [[0, 8]]) == ("Nordpost tappade det", [[0, 8]])


def test_a_late_match_is_brought_into_sight_and_the_words_before_it_are_whole() -> None:
    text = "ord " * 40 + "Nordpost igen"
    start = text.index("Nordpost")
    shown, spans = excerpt(text, [[start, start + 8]])
    assert shown.startswith(f"{CUT}ord ")
    assert [shown[begin:end] for begin, end in spans] == ["Nordpost"]
    assert spans[0][0] < IN_SIGHT


@given(st.text(max_size=900), st.data())
def test_spans_in_the_excerpt_are_the_same_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown, spans = excerpt(text, [[start, end]])
    assert len(shown) <= LONGEST
    assert all(shown[begin:stop] == text[start:end] for begin, stop in spans)
