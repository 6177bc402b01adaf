"""Signing in on the real Bluesky network, and staying signed in."""

import msgspec
import pytest

from gensvar.connectors.bluesky import CONNECTOR, session, xrpc
from gensvar.connectors.contract import (
    Refused,
    TryLater,
)
from tests.servers.atnet import Network, Person
from tests.servers.on_bluesky import account_of, loaded, run, settings_of


def test_it_signs_in_and_learns_who_we_are(atnet: Network) -> None:
    nordpost = atnet.make_account("nordpost")
    who = run(CONNECTOR.connect(settings_of(atnet, nordpost, handle=f" @{nordpost.handle.upper()}\u202c")))
    assert (who.native_id, who.handle) == (nordpost.did, nordpost.handle)


def test_a_wrong_app_password_is_refused_with_what_to_do(atnet: Network) -> None:
    nordpost = atnet.make_account("nordpost")
    with pytest.raises(Refused, match="Make a new one under Settings › App passwords"):
        run(CONNECTOR.connect(settings_of(atnet, nordpost, app_password="abcd-efgh-ijkl-mnop")))


def test_a_server_that_is_not_there_means_try_later(atnet: Network) -> None:
    nordpost = atnet.make_account("nordpost")
    with pytest.raises(TryLater, match="cannot be reached"):
        run(CONNECTOR.connect(settings_of(atnet, nordpost, host="http://127.0.0.1:9")))


def test_a_session_that_ran_out_is_renewed_without_signing_in(atnet: Network) -> None:
    nordpost = atnet.make_account("nordpost")
    account = account_of(atnet, nordpost)
    (key,) = [key for key, each in session._kept.items() if each.did == nordpost.did]
    old = session._kept[key]
    worn_out = msgspec.structs.replace(old, access_jwt=old.access_jwt[:-4] + "AAAA")
    session._kept[key] = worn_out
    post, left = atnet.post(nordpost, "Vi har öppet"), sign_ins_left(nordpost)
    assert loaded(account, post["uri"]).posts
    assert session._kept[key].access_jwt != worn_out.access_jwt
    assert sign_ins_left(nordpost) == left


def test_many_calls_sign_in_once(atnet: Network) -> None:
    nordpost = atnet.make_account("nordpost")
    account = account_of(atnet, nordpost)
    post = atnet.post(nordpost, "Vi har öppet")
    left = sign_ins_left(nordpost)
    for _ in range(5):
        loaded(account, post["uri"])
    assert sign_ins_left(nordpost) == left


def sign_ins_left(person: Person) -> int:
    """What the network's own header said of it last."""
    (key,) = [key for key in xrpc.LIMITS._windows if person.handle in key and "createSession" in key]
    return xrpc.LIMITS._windows[key].remaining
