"""Fetching afterwards what was said on the real Bluesky network: from its records, its search, its lists."""

from datetime import UTC, datetime, timedelta

import msgspec

from gensvar.connectors.bluesky import earlier, notifications, search
from gensvar.connectors.contract import Account, Backfill, Created, Find, Missed, Page, Post
from tests.servers.atnet import Network, wait_for
from tests.servers.on_bluesky import EVERYONE, NOTIFICATIONS, account_of, run, shown

MINUTE = timedelta(minutes=1)


def filled(find: Find, account: Account, missed: Missed) -> list[Page]:
    """All pages, one after the other, as the desk asks for them."""
    backfill = find.backfill
    assert isinstance(backfill, Backfill)
    pages = [run(backfill.load(account, missed, ""))]
    while (place := pages[-1].place) is not None:
        assert len(pages) < 200
        pages.append(run(backfill.load(account, missed, place)))
    return pages


def posts(pages: list[Page]) -> list[Post]:
    return [event.post for page in pages for event in page.events if isinstance(event, Created)]


def names(pages: list[Page]) -> list[str]:
    return [post.native_id for post in posts(pages)]


def just_now() -> datetime:
    return datetime.now(UTC)


def by_search(network: Network, **other: str) -> Account:
    """An account that hears everyone by Jetstream, which keeps no records."""
    jetstream = f"{network.pds}/xrpc/network.bsky.jetstream.subscribeEvents"
    return account_of(network, network.make_account("nordpost"), stream=jetstream, **other)


def test_every_post_of_a_host_is_found_with_or_without_a_watched_word(atnet: Network) -> None:
    since, account = just_now(), account_of(atnet, atnet.make_account("nordpost"))
    maria, jukka = atnet.make_account("maria"), atnet.make_account("jukka")
    made = [
        atnet.post(maria, "Nordpost tappade paketet"),
        atnet.post(jukka, "Tredje gången nu"),
        atnet.post(maria, "Hallå?"),
    ]
    pages = filled(EVERYONE, account, Missed(since, just_now()))
    assert {each["uri"] for each in made} <= set(names(pages))
    assert len(names(pages)) == len(set(names(pages)))
    assert pages[-1].is_whole
    assert pages[-1].covers == "Filled from the records of every account on the server."
    (first,) = (post for post in posts(pages) if post.native_id == made[0]["uri"])
    assert (first.revision, first.text) == (made[0]["cid"], "Nordpost tappade paketet")
    assert b"Nordpost tappade paketet" in first.raw


def test_a_person_who_wrote_a_lot_is_read_to_the_beginning_of_the_gap(atnet: Network) -> None:
    since, account = just_now(), account_of(atnet, atnet.make_account("nordpost"))
    maria = atnet.make_account("maria")
    made = [atnet.post(maria, f"nummer {each}")["uri"] for each in range(110)]
    pages = filled(EVERYONE, account, Missed(since, just_now()))
    assert sorted(each for each in names(pages) if maria.did in each) == sorted(made)


def test_what_lies_outside_the_gap_is_not_brought(atnet: Network) -> None:
    account, maria = account_of(atnet, atnet.make_account("nordpost")), atnet.make_account("maria")
    atnet.post(maria, "Nordpost tappade paketet")
    later = just_now() + 10 * MINUTE
    (page,) = filled(EVERYONE, account, Missed(later, later + MINUTE))
    assert page.events == ()
    assert page.place is None


def test_a_host_that_lists_no_accounts_is_searched(atnet: Network) -> None:
    account = account_of(atnet, atnet.make_account("nordpost"), stream=atnet.appview)
    page = run(earlier.load(account, Missed(just_now() - MINUTE, just_now(), ("Nordpost",)), ""))
    assert page.covers == search.COVERS


def test_search_finds_the_watched_words_and_what_people_in_talk_said(atnet: Network) -> None:
    since, account = just_now(), by_search(atnet)
    maria, jukka = atnet.make_account("maria"), atnet.make_account("jukka")
    named = atnet.post(maria, "Tredje gången som Nordpost tappar paketet")
    answer = shown(atnet, jukka, "Det är löst, tack")
    other = shown(atnet, maria, "Fint väder")
    missed = Missed(since, just_now(), ("Nordpost", "Postia"), (jukka.did,))
    pages = filled(EVERYONE, account, missed)
    assert {named["uri"], answer["uri"]} <= set(names(pages))
    assert other["uri"] not in names(pages)
    assert {(page.covers, page.is_whole) for page in pages} == {(search.COVERS, False)}
    (post,) = (each for each in posts(pages) if each.native_id == named["uri"])
    assert (post.revision, post.author.handle) == (named["cid"], maria.handle)


def test_search_goes_on_page_by_page_and_stops_where_the_gap_begins(atnet: Network) -> None:
    since, account = just_now(), by_search(atnet)
    maria = atnet.make_account("maria")
    made = [atnet.post(maria, f"Blåkulla {each}") for each in range(105)]
    assert wait_for(lambda: atnet.is_shown(made[-1]["uri"]))
    pages = filled(EVERYONE, account, Missed(since, just_now(), ("Blåkulla",)))
    assert sorted(names(pages)) == sorted(each["uri"] for each in made)
    assert len(pages) == 2
    later = just_now() + 10 * MINUTE
    (page,) = filled(EVERYONE, account, Missed(later, later + MINUTE, ("Blåkulla",)))
    assert page.events == ()


def test_a_person_who_is_gone_does_not_end_the_search(atnet: Network) -> None:
    since, account, maria = just_now(), by_search(atnet), atnet.make_account("maria")
    made = shown(atnet, maria, "Det är löst, tack")
    nobody = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"
    pages = filled(EVERYONE, account, Missed(since, just_now(), (), tuple(sorted([nobody, maria.did]))))
    assert names(pages) == [made["uri"]]


def test_a_watch_that_was_changed_meanwhile_does_not_confuse_the_search(atnet: Network) -> None:
    """The place of a page names the word, not its number in a list that may have changed."""
    account = by_search(atnet)
    place = msgspec.json.encode(search.Step("words", "Mmmm")).decode()
    missed = Missed(just_now() - MINUTE, just_now(), ("Aaa", "Zzz"))
    page = run(search.load(account, missed, place))
    assert page.place is not None
    assert msgspec.json.decode(page.place, type=search.Step).item == "Zzz"


def test_notifications_are_read_back_to_the_beginning_of_the_gap(atnet: Network) -> None:
    maria, nordpost = atnet.make_account("maria"), atnet.make_account("nordpost")
    account = account_of(atnet, nordpost)
    ours = shown(atnet, nordpost, "Vi har öppet")
    since = just_now()
    made = [atnet.reply(maria, ours, f"svar {each}") for each in range(105)]
    assert wait_for(lambda: atnet.is_shown(made[-1]["uri"]))
    pages = filled(NOTIFICATIONS, account, Missed(since, just_now()))
    assert wait_for(lambda: len(names(filled(NOTIFICATIONS, account, Missed(since, just_now())))) == 105)
    assert len(pages) >= 2
    assert pages[-1].is_whole
    assert pages[-1].covers == notifications.COVERS
    assert all(event.chosen for page in pages for event in page.events if isinstance(event, Created))
    later = just_now() + 10 * MINUTE
    (page,) = filled(NOTIFICATIONS, account, Missed(later, later + MINUTE))
    assert page.events == ()
