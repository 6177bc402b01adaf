"""When two addresses are the same page, and where a link really leads."""

import pytest

from gensvar.connectors import links


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.example/a", "http://www.x.example/a/"),
        ("https://X.Example/a", "https://x.example:443/a#top"),
        ("https://x.example/a?b=1&c=2", "https://x.example/a?c=2&b=1&utm_source=y&fbclid=z"),
        ("https://x.example", "https://x.example/"),
    ],
)
def test_these_are_one_page(one: str, other: str) -> None:
    assert links.page(one) == links.page(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.example/a", "https://x.example/A"),
        ("https://x.example/a?id=1", "https://x.example/a?id=2"),
        ("https://x.example/a", "https://y.example/a"),
        ("https://x.example/t/7#post1", "https://x.example/t/7#post2"),
        ("https://x.example:8080/a", "https://x.example/a"),
    ],
)
def test_these_are_two(one: str, other: str) -> None:
    assert links.page(one) != links.page(other)


def test_a_long_address_has_a_short_name_of_its_own() -> None:
    names = {links.page(f"https://x.example/{'a' * 900}{n}") for n in range(3)}
    assert len(names) == 3
    assert all(len(name) <= links.LONGEST_NAME for name in names)


def test_googles_redirect_is_seen_through() -> None:
    assert links.real("https://www.google.com/url?q=https://x.example/%C3%A5&sa=t") == "https://x.example/å"
    assert links.real("https://www.google.co.uk/url?url=https%3A%2F%2Fx.example") == "https://x.example"
    assert links.real("https://google.example/url?url=https://x.example") == (
        "https://google.example/url?url=https://x.example"
    )
