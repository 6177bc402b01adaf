"""Hashed n-grams of a word."""

from zlib import crc32

import pytest

from gensvar.reading.judge import grams


def bucket(text: str) -> int:
    return crc32(text.encode()) % grams.BUCKETS


@pytest.mark.parametrize("form", ["ab", "paket", "ärjäåå", "don't", "#tåg", "😡😡"])
def test_a_word_is_itself_and_its_runs_of_letters(form: str) -> None:
    edged = f"<{form}>"
    sizes = range(2, min(5, len(edged) - 1) + 1)
    runs = [edged[at : at + size] for size in sizes for at in range(len(edged) - size + 1)]
    assert grams.of_word(form).tolist() == [bucket("w" + form), *map(bucket, runs)]


def test_a_single_letter_has_no_runs() -> None:
    assert grams.of_word("å").tolist() == [bucket("wå")]


def test_a_sign_weighs_like_a_short_word() -> None:
    assert len(set(grams.of_word("\\asks").tolist())) == grams.SIGNS


def test_the_order_of_a_pair_counts() -> None:
    assert grams.of_words(["inte", "bra"]).tolist()[-1] != grams.of_words(["bra", "inte"]).tolist()[-1]
