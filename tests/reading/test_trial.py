"""A query tried on posts: hits, near misses and what exclusions take away."""

import pytest

from gensvar.reading.explain import pieces
from gensvar.reading.query import BadQuery
from gensvar.reading.tree import Term
from gensvar.reading.trial import Near, Sample, Trial, Tried, try_on


def tried(query: str, *texts: str, languages: tuple[str, ...] = (), before: str = "") -> Tried:
    samples = [Sample(number, text) for number, text in enumerate(texts)]
    was = Trial(before) if before else None
    return try_on(samples, Trial(query, languages) if languages else Trial(query), was)


def near(query: str, text: str, languages: tuple[str, ...] = ()) -> Near:
    (found,) = tried(query, text, languages=languages).near_examples
    return found


def test_a_hit_says_where_and_how() -> None:
    (hit,) = tried("tekir", "Näin 🐈 Tekirin eilen").hit_examples
    assert (hit.spans, hit.how) == (((7, 14),), ("inflected",))


def test_a_hit_in_the_title_has_no_place_in_the_text() -> None:
    found = try_on([Sample(1, "Se oli hyvä.", title="Tekir testattu")], Trial("tekir"))
    assert (found.hits, found.hit_examples[0].spans) == (1, ())


def test_what_an_exclusion_takes_away_is_counted_for_each_of_them() -> None:
    found = tried("tekir NOT kissa NOT koira", "tekir kissa", "tekir kissa koira", "kissa", "tekir")
    assert (found.hits, found.excluded) == (1, 2)
    assert [one.count for one in found.taken] == [2, 1]
    assert found.taken[0].examples[0].spans == ((6, 11),)


def test_an_exclusion_within_parentheses_counts_too() -> None:
    found = tried("(tekir NOT kissa) OR sofa", "tekir kissa", "tekir kissa sofa")
    assert [str(pieces(one.what)[0]) for one in found.taken] == [
        "“kissa”, its inflected forms and compounds that begin with it"
    ]
    assert (found.hits, found.taken[0].count) == (1, 1)


def test_some_of_what_must_stand_together_is_nearly_a_hit() -> None:
    found = near("tekir kissa koira", "Tekir ja kissa")
    assert (found.why, found.spans) == ("part", ((0, 5), (9, 14)))
    assert [piece.text for piece in pieces(found.missing[0])] == ["koira"]


def test_a_language_alone_is_no_part_of_a_hit() -> None:
    found = try_on([Sample(1, "jotain muuta", language="fi")], Trial("tekir lang:fi"))
    assert found.nears == 0


def test_two_words_too_far_apart_are_nearly_a_hit() -> None:
    assert near("tekir NEAR/2 kissa", "Tekir on melko iso ja vanha kissa").why == "far"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Uuteen Tekiriin", ((0, 6), (7, 15))),
        ("Tekir on uusi", ((0, 5), (9, 13))),
        ("uusi ja hieno Tekir", ((0, 4), (14, 19))),
    ],
)
def test_the_words_of_a_phrase_in_another_way_are_nearly_a_hit(
    text: str, spans: tuple[tuple[int, int], ...]
) -> None:
    found = near('"uusi tekir"', text)
    assert (found.why, found.spans, found.missing) == ("order", spans, (Term("phrase", "uusi tekir"),))


def test_a_phrase_that_lacks_a_word_is_none() -> None:
    assert tried('"uusi tekir"', "vanha tekir", "uusitekir ja uusittu", "#uusi @tekir").nears == 0


def test_words_far_from_each_other_are_no_phrase() -> None:
    assert (
        tried('"uusi tekir"', "Tekir tuli tänään taas myöhässä eikä kukaan tiedä miksi uusi ei tule").nears
        == 0
    )


def test_all_words_of_a_longer_phrase_must_be_there() -> None:
    assert near('"uusi iso tekir"', "iso tekir, ihan uusi").why == "order"
    assert tried('"uusi iso tekir"', "iso tekir").nears == 0


def test_a_phrase_that_stands_there_is_not_what_is_missing() -> None:
    found = near('"uusi tekir" kissa', "uusi tekir")
    assert (found.why, [str(piece) for piece in pieces(found.missing[0])][:1]) == (
        "part",
        ["“kissa”, its inflected forms and compounds that begin with it"],
    )


def test_a_phrase_that_is_excluded_is_not_looked_for() -> None:
    assert tried('kissa NOT "uusi tekir"', "tekir uusi").nears == 0


def test_a_word_within_another_is_nearly_a_hit() -> None:
    found = near("=tekir", "Tekirin väki")
    assert (found.why, found.text, found.spans) == ("inside", "Tekirin", ((0, 5),))
    assert near("tekir", "supertekir!").text == "supertekir!"


def test_an_inflection_of_another_language_is_nearly_a_hit() -> None:
    assert near("tekir", "Tekirissä", languages=("sv",)).why == "languages"


def test_short_words_are_not_looked_for_inside_of_others() -> None:
    assert tried("sj", "sjö").nears == 0


def test_it_says_what_a_change_would_bring_and_cost() -> None:
    found = tried("tekir OR sofa NOT kissa", "sofa", "tekir kissa", "tekir", before="tekir")
    assert (found.gained, found.lost) == (1, 1)
    assert [lost.key for lost in found.lost_examples] == [1]


def test_examples_are_few_and_numbers_whole() -> None:
    found = try_on((Sample(n, "tekir") for n in range(50)), Trial("tekir"), shown=3)
    assert (found.searched, found.hits, len(found.hit_examples)) == (50, 50, 3)


def test_a_query_that_cannot_be_read_is_not_tried() -> None:
    with pytest.raises(BadQuery):
        Trial("(tekir")


def test_a_word_without_any_space_is_shown_in_part() -> None:
    assert len(near("=tekir", "x" * 500 + "tekir" + "y" * 500).text) <= 60
