"""The quieter talk of a demo that runs for hours."""

from gensvar.demo import chatter, script


def test_nothing_is_said_twice_until_all_is_said() -> None:
    said = [chatter.post(number) for number in range(chatter.most())]
    texts = {line.text for line in said if line}
    assert len(texts) == chatter.most() >= 4000
    assert chatter.post(chatter.most()) is None


def test_neighbours_in_time_share_no_sentence() -> None:
    for language in range(len(script.LANGUAGES)):
        for turn in range(40):
            one = chatter.post(turn * len(script.LANGUAGES) + language)
            other = chatter.post((turn + 1) * len(script.LANGUAGES) + language)
            assert one is not None
            assert other is not None
            assert not {*one.text.split(". ")} & {*other.text.split(". ")}


def test_every_place_is_filled_in() -> None:
    assert not any("{" in line.text for number in range(400) if (line := chatter.post(number)))
