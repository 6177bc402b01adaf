"""A watch that is added, changed or taken away while posts are read: what is met is what a new matcher meets."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gensvar.reading import live
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.live import LiveMatcher
from gensvar.reading.matcher import Matcher, Watched
from tests.reading.test_against_naive import query, said

MANY: dict[int, Watched] = {
    number: (f"Nordpost{number} OR Sparfin{number}", LANGUAGES) for number in range(live.AT_ONCE + 100)
}


def met(matcher: LiveMatcher | Matcher, text: str) -> list[int]:
    """The watches that `text` meets."""
    return [hit.watch for hit in matcher.match(text)]


def test_an_added_watch_is_met_in_the_order_of_ids() -> None:
    matcher = LiveMatcher(MANY).changed({-1: ("Tekir", LANGUAGES), 5000: ("Tekir", LANGUAGES)})
    assert met(matcher, "Tekir och Nordpost7") == [-1, 7, 5000]


def test_a_changed_watch_meets_only_what_it_says_now() -> None:
    matcher = LiveMatcher(MANY).changed({7: ("Tekir", LANGUAGES)})
    assert (met(matcher, "Nordpost7"), met(matcher, "Tekirin")) == ([], [7])


def test_a_watch_whose_languages_changed_knows_their_endings_only() -> None:
    matcher = LiveMatcher(MANY).changed({7: ("Tekir", ("sv",))})
    assert (met(matcher, "Tekirin"), met(matcher, "Tekirs")) == ([], [7])


def test_a_watch_that_is_gone_meets_nothing_and_may_come_back() -> None:
    matcher = LiveMatcher(MANY).changed({}, [7])
    assert met(matcher, "Nordpost7 Nordpost8") == [8]
    assert met(matcher.changed({7: MANY[7]}), "Nordpost7 Nordpost8") == [7, 8]
    assert matcher.changed({7: MANY[7]}).unsettled == 0


def test_a_change_leaves_the_snapshot_before_it_alone() -> None:
    before = LiveMatcher(MANY)
    before.changed({7: ("Tekir", LANGUAGES)}, [8])
    assert met(before, "Nordpost7 Nordpost8 Tekir") == [7, 8]


def test_many_watches_are_not_built_anew_and_few_are() -> None:
    many = LiveMatcher(MANY)
    assert many.changed({7: ("Tekir", LANGUAGES)}).built is many.built
    few = LiveMatcher({1: ("Tekir", LANGUAGES)})
    assert few.changed({2: ("Telia", LANGUAGES)}).unsettled == 0


def test_what_was_built_meanwhile_bears_only_what_changed_since() -> None:
    one = LiveMatcher(MANY).changed({7: ("Tekir", LANGUAGES), 8: ("Telia", LANGUAGES)})
    built = live.build(one.watches)
    two = one.changed({8: ("Kesko", LANGUAGES)}, [9])
    settled = LiveMatcher(two.watches, built)
    assert (two.unsettled, settled.unsettled) == (5, 3)  # a changed watch counts twice: as it was and is
    assert met(settled, "Tekir Telia Kesko Nordpost9") == met(two, "Tekir Telia Kesko Nordpost9") == [7, 8]


def test_a_query_that_cannot_be_read_meets_nothing_and_says_why() -> None:
    matcher = LiveMatcher({**MANY, 7: ("(", LANGUAGES)}).changed({8: (")", LANGUAGES)})
    assert met(matcher, "Nordpost7 Nordpost8 Nordpost9") == [9]
    assert [bool(matcher.why_unread(watch)) for watch in (7, 8, 9)] == [True, True, False]
    assert matcher.changed({7: ("Tekir", LANGUAGES)}).why_unread(7) == ""


BUILT = live.build(MANY)


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_after_any_changes_it_meets_what_a_new_matcher_meets(seed: int) -> None:
    chance = Random(seed)
    changed = LiveMatcher(MANY, BUILT)
    for _ in range(5):
        now = {watch: (query(chance), chance.choice((LANGUAGES, ("fi",)))) for watch in _some(chance)}
        changed = changed.changed(now, _some(chance) - now.keys())
        if chance.random() < 0.2:
            changed = LiveMatcher(changed.watches, live.build(changed.watches))
    new = live.build(changed.watches)
    for _ in range(40):
        post = said(chance)
        text = f"{post.text} Nordpost{chance.randint(0, 60)}"
        ours, theirs = (
            each.match(
                text,
                addressed=post.addressed,
                links=post.links,
                author=post.author,
                language=post.language,
            )
            for each in (changed, new)
        )
        assert ours == theirs


def _some(chance: Random) -> set[int]:
    return set(chance.sample(range(60), chance.randint(0, 20)))
