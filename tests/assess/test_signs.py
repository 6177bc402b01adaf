"""Signs about an author: facts with their source and date, and nothing concluded from them."""

from datetime import datetime, timedelta

from gensvar.connectors.contract import Author
from gensvar.people.models import Membership, Workspace
from gensvar.process.assess.actions import judge
from gensvar.process.assess.signs import Sign, What, signs
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
from gensvar.process.listen.models import Channel
from gensvar.process.listen.queries import subject
from tests import hearing
from tests.process_cast import MINUTE

LONG = "Nordpost har slarvat bort ännu ett paket i dag"
DAY = timedelta(days=1)


def author(name: str = "Eva Lind", at: datetime | None = None, followers: int | None = None) -> Author:
    slug = name.split(maxsplit=1)[0].lower() if name else "nameless"
    return Author(f"did:plc:{slug}", f"{slug}.example", name, followers=followers, created_at=at)


def of(case: Case) -> dict[What, Sign]:
    return {sign.what: sign for sign in signs(case, subject(case))}


def test_the_age_of_the_account_is_counted_to_the_post(channel: Channel, at: datetime) -> None:
    case = hearing.case(channel, LONG, at - MINUTE, author=author(at=at - 3 * DAY - MINUTE, followers=2))
    found = of(case)
    assert found[What.MADE] == Sign(What.MADE, 3, at - 3 * DAY - MINUTE, "bluesky")
    assert (found[What.FOLLOWERS].number, found[What.FOLLOWERS].network) == (2, "bluesky")


def test_what_the_network_does_not_say_is_no_sign(channel: Channel, at: datetime) -> None:
    found = of(hearing.case(channel, LONG, at, author=author()))
    assert set(found) == {What.FIRST}


def test_a_profile_without_a_name_is_a_fact(channel: Channel, at: datetime) -> None:
    assert What.NAMELESS in of(hearing.case(channel, LONG, at, author=author("")))


def test_the_same_words_of_others_are_counted_with_the_first(channel: Channel, at: datetime) -> None:
    for number, name in enumerate(("Ulf", "Maja", "Maja")):
        words = LONG.upper() if number else LONG
        said = hearing.post(f"p{number}", words, at + number * MINUTE, author=author(name))
        hearing.hear(channel, said, at=at + number * MINUTE)  # the second of Maja's folds under her first
    case = hearing.case(channel, f"{LONG}!", at + 5 * MINUTE, "mine", author=author())
    assert of(case)[What.SAME_WORDS] == Sign(What.SAME_WORDS, 2, at)


def test_a_few_words_are_the_same_by_chance(channel: Channel, at: datetime) -> None:
    hearing.case(channel, "Tack Nordpost", at, "p1", author=author("Ulf"))
    case = hearing.case(channel, "Tack Nordpost", at, "p2", author=author())
    assert What.SAME_WORDS not in of(case)


def test_talk_with_the_company_before_is_told_with_the_last(
    channel: Channel, bob: Membership, at: datetime
) -> None:
    first = hearing.case(channel, "Var är det?", at, "p1")
    judge(first, Kind.OTHER, by=bob.actor(), at=at + MINUTE)
    second = hearing.case(channel, "Nordpost igen, samma sak.", at + DAY, "p2")
    found = of(second)
    assert found[What.BEFORE] == Sign(What.BEFORE, 1, at, case=Case.objects.get(pk=first.pk))
    assert What.FIRST not in found
    assert What.FIRST in of(first)


def test_another_workspace_has_not_heard_it(channel: Channel, sparfin: Workspace, at: datetime) -> None:
    hearing.case(channel, LONG, at, "p1", author=author("Ulf"))
    elsewhere = hearing.channel(sparfin, at, native_id="did:plc:sparfin")
    case = hearing.case(elsewhere, LONG, at, "p2", author=author("Ulf"))
    assert set(of(case)) == {What.FIRST}
