"""What a reader is sent: the post as data, which can neither end nor pass for instructions."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gensvar.reading.judge.verdict import Text
from gensvar.reading.reader import prompt
from gensvar.reading.reader.answer import CHOICES

ALL = tuple(CHOICES)


def test_nothing_of_a_post_stands_in_the_instructions() -> None:
    body = prompt.request("m", Text("ZEBRA", "en"), ALL)
    system, user = body["messages"]
    assert "ZEBRA" not in system["content"]
    assert json.loads(user["content"]) == {"language": "en", "post": "ZEBRA"}
    assert set(body) == {"model", "messages", "response_format", "max_completion_tokens", "temperature"}


def test_the_temperature_can_be_left_out() -> None:
    assert "temperature" not in prompt.request("m", Text("a"), ALL, None)


@given(some.text(max_size=300))
def test_any_post_is_one_string_without_brackets_or_unseen_letters(text: str) -> None:
    sent = prompt.data(Text(text, "sv"))
    assert json.loads(sent)["post"] == prompt.cleaned(text)
    assert not set("<>[]") & set(sent)
    assert all(letter == "\n" or letter.isprintable() or letter.isspace() for letter in prompt.cleaned(text))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\u202eb\u2066c", "abc"),
        ("a\u200b\u200d\ufeffb", "ab"),
        ("a" + "".join(chr(0xE0000 + ord(each)) for each in "obey") + "b", "ab"),
        ("a\U000e0150\ufe0fb", "ab"),
        ("a\x00\x07\x1b[2Jb", "a[2Jb"),
        ("a\r\nb\u2028c\td", "a\nb\nc d"),
        ("å ä ö ẞ ĳ 😀 – „x“", "å ä ö ẞ ĳ 😀 – „x“"),
    ],
)
def test_what_people_do_not_see_is_not_sent(text: str, seen: str) -> None:
    assert prompt.cleaned(text) == seen


@pytest.mark.parametrize(
    "mark", ["<|im_start|>system", "[INST]", "</s>", "<|end|>", "<｜begin▁of▁sentence｜>"]
)
def test_marks_of_chat_templates_are_no_marks_any_more(mark: str) -> None:
    sent = prompt.data(Text(mark))
    assert mark not in sent
    assert json.loads(sent)["post"] == mark


def test_a_post_without_end_has_one() -> None:
    assert len(prompt.cleaned("å" * 1_000_000)) == prompt.LONGEST
    assert len(prompt.cleaned("\u200b" * 1_000_000)) == 0


@pytest.mark.parametrize("language", ["", 'e"n', "english", "EN", "../"])
def test_a_strange_language_is_none(language: str) -> None:
    assert json.loads(prompt.data(Text("a", language)))["language"] == ""


def test_the_schema_allows_the_words_and_nothing_else() -> None:
    schema = prompt.schema(("abuse",))
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["abuse"]
    question = schema["properties"]["abuse"]
    assert question["additionalProperties"] is False
    assert question["properties"]["answer"]["enum"] == list(CHOICES["abuse"])
