"""Loading threads of the real Bluesky network."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from gensvar.connectors.contract import (
    ThreadView,
)
from tests.servers.atnet import Absent, Network, running, wait_for
from tests.servers.on_bluesky import account_of, loaded


@pytest.fixture(scope="module")
def elsewhere(atnet: Network) -> Iterator[Network]:
    """A second network, which knows nothing of the first."""
    try:
        with running() as network:
            yield network
    except Absent as reason:
        pytest.skip(str(reason))


def test_a_thread_comes_with_its_ancestors_answers_and_authors(atnet: Network) -> None:
    maria, jukka, nordpost = (atnet.make_account(each) for each in ("maria", "jukka", "nordpost"))
    account = account_of(atnet, nordpost)
    first = atnet.post(maria, "Paketet är borta")
    second = atnet.reply(jukka, first, "Mitt också")
    third = atnet.reply(maria, second, "Tredje gången")
    assert wait_for(lambda: len(atnet.replies_to(second["uri"])) == 1)
    view = loaded(account, second["uri"])
    assert [each.native_id for each in view.posts] == [first["uri"], second["uri"], third["uri"]]
    assert [each.author.handle for each in view.posts] == [maria.handle, jukka.handle, maria.handle]
    assert view.posts[1].author.followers == 0
    age = datetime.now(UTC) - (view.posts[1].author.created_at or datetime.min.replace(tzinfo=UTC))
    assert age < timedelta(minutes=10)
    assert view.missing == ()


def test_a_deleted_ancestor_is_said_to_be_missing(atnet: Network) -> None:
    maria, account = atnet.make_account("maria"), account_of(atnet, atnet.make_account("nordpost"))
    first = atnet.post(maria, "Paketet är borta")
    second = atnet.reply(maria, first, "Fortfarande")
    atnet.delete(maria, first["uri"])
    assert wait_for(lambda: atnet.is_shown(second["uri"]) and not atnet.is_shown(first["uri"]))
    view = loaded(account, second["uri"])
    assert [each.native_id for each in view.posts] == [second["uri"]]
    assert view.missing == (first["uri"],)


def test_a_deleted_post_is_said_to_be_missing(atnet: Network) -> None:
    maria, account = atnet.make_account("maria"), account_of(atnet, atnet.make_account("nordpost"))
    made = atnet.post(maria, "Ångrar mig")
    assert wait_for(lambda: atnet.is_shown(made["uri"]))
    atnet.delete(maria, made["uri"])
    assert wait_for(lambda: not atnet.is_shown(made["uri"]))
    assert loaded(account, made["uri"]) == ThreadView((), (made["uri"],))


def test_a_post_that_the_appview_does_not_show_yet_comes_from_where_it_was_written(
    atnet: Network, elsewhere: Network
) -> None:
    """The AppView of another network knows of nothing here: for us it is an AppView that is behind."""
    maria, jukka = atnet.make_account("maria"), atnet.make_account("jukka")
    account = account_of(atnet, atnet.make_account("nordpost"), appview=elsewhere.appview)
    first = atnet.post(maria, "Paketet är borta")
    second = atnet.reply(jukka, first, "Mitt också")
    view = loaded(account, second["uri"])
    assert [each.text for each in view.posts] == ["Paketet är borta", "Mitt också"]
    assert [each.author.handle for each in view.posts] == [maria.handle, jukka.handle]
    assert view.posts[1].author.created_at
    assert view.posts[1].revision == second["cid"]


def test_a_post_on_another_server_comes_from_there(atnet: Network, elsewhere: Network) -> None:
    """Our server has never heard of the author; the directory says where they are."""
    maria = elsewhere.make_account("maria")
    account = account_of(atnet, atnet.make_account("nordpost"), directory=elsewhere.plc)
    first = elsewhere.post(maria, "Paketet är borta")
    view = loaded(account, first["uri"])
    assert [(each.text, each.revision) for each in view.posts] == [("Paketet är borta", first["cid"])]
    assert view.posts[0].author.handle == ""  # the handle leads nowhere from here, so it is not believed
