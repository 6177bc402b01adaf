"""When a reply leaves, when it is tried again, and what the states allow."""

from datetime import datetime, timedelta

import pytest

from gensvar.connectors.contract import Once
from gensvar.process.respond import rules
from gensvar.process.respond.states import FROZEN, MOVES, OPEN, State, WrongMove, check


def test_waits_grow_up_to_an_hour(at: datetime) -> None:
    waits = [rules.again_at(attempt, None, at) - at for attempt in range(1, 8)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(seconds=10), timedelta(hours=1))


def test_what_the_network_asks_counts_more(at: datetime) -> None:
    assert rules.again_at(1, timedelta(minutes=3), at) == at + timedelta(minutes=3)
    assert rules.again_at(1, timedelta(0), at) > at


def test_only_a_key_makes_a_repeated_call_harmless() -> None:
    assert [once for once in Once if rules.may_send_again(once)] == [Once.BY_KEY]


def test_every_state_can_be_reached_and_only_two_are_ends() -> None:
    reached = set().union(*MOVES.values()) | {State.DRAFT}
    assert reached == set(State)
    assert {state for state in State if not MOVES[state]} == {State.SENT, State.DROPPED}


def test_nothing_that_was_sent_can_be_sent_again() -> None:
    assert MOVES[State.SENT] == frozenset()
    assert State.SENT.value in FROZEN
    assert State.SENT.value not in OPEN


def test_the_way_to_the_network_leads_through_approval() -> None:
    """Without the moves out of APPROVED and LATER, no state leads to SENDING."""
    before = {state for state in State if State.SENDING in MOVES[state]}
    assert before == {State.APPROVED, State.LATER}


@pytest.mark.parametrize("then", [State.SENT, State.APPROVED, State.DRAFT])
def test_a_wrong_move_is_a_sentence(then: State) -> None:
    with pytest.raises(WrongMove, match="Reload the case"):
        check(State.SENT.value, then)
