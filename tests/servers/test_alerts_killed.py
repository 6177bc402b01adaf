"""Killed while sending an alert to a real mail server: whatever the moment, it arrives at most once.

Before the call has begun it arrives after all; from then on nobody can know, and the desk says so instead
of sending it twice.
"""

import time
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from django.conf import settings

from gensvar.engine.crash import CrashPoint
from gensvar.kernel import environment, secrets
from gensvar.kernel.clock import now
from gensvar.people.models import Membership
from gensvar.process.alert import wanted
from gensvar.process.alert.crash_points import AFTER_CALL, ALL, BEFORE_CALL, BEFORE_COMMIT, CALL_BEGUN
from gensvar.process.alert.models import Dispatch, Route
from gensvar.process.alert.states import About, Way
from tests import hearing
from tests.crashes.conftest import later
from tests.crashes.processes import killed, run
from tests.servers import mailbox

pytestmark = pytest.mark.django_db(transaction=True)

ENDS = {
    BEFORE_CALL.name: ("sent", 1),
    CALL_BEGUN.name: ("unsure", 0),
    AFTER_CALL.name: ("unsure", 1),
    BEFORE_COMMIT.name: ("unsure", 1),
}
"""What the desk says after the restart, and how many mails lie in the mailbox."""


@pytest.fixture(scope="module")
def mail_server() -> Iterator[None]:
    try:
        with mailbox.running(), pytest.MonkeyPatch.context() as patch:
            patch.setenv(environment.MAIL_URL.name, mailbox.SMTP)
            patch.setenv(environment.MAIL_FROM.name, "Gensvar <brand@desk.test>")
            yield
    except mailbox.Absent as reason:
        pytest.skip(str(reason))


def dispatch_to(address: str, bob: Membership) -> Dispatch:
    """An alert for Bob that is due."""
    at = now()
    locked = secrets.lock(address, settings.SECRET_KEY)
    route = Route.objects.create(
        user=bob.user, way=Way.MAIL.value, locked=locked, shown=address, added_at=at, confirmed_at=at
    )
    asked = wanted.Wanted(route, About.EVERYTHING.value)
    wanted.ask(asked, by=bob.actor(), at=at)
    hearing.case(hearing.channel(bob.workspace, at), "Paketet kom aldrig fram.", at)
    return Dispatch.objects.get(route=route)


@pytest.mark.parametrize("point", ALL, ids=lambda point: point.name)
def test_it_arrives_once_or_the_desk_says_that_it_may_not_have(
    mail_server: None, bob: Membership, point: CrashPoint
) -> None:
    address = f"{point.name.replace('.', '-')}@desk.test"
    dispatch = dispatch_to(address, bob)
    killed("tell", str(dispatch.pk), crash_at=point.name)

    for _ in range(2):  # however often it is started again
        later(dispatch)
        run("restart", "alerts")
    state, arrive = ENDS[point.name]
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.due_at) == (state, None)
    assert len(_mails(address, arrive)) == arrive
    if state == "unsure":
        assert dispatch.why == "The desk stopped while this was being sent."


def test_deaths_in_a_row_send_one_mail(mail_server: None, bob: Membership) -> None:
    dispatch = dispatch_to("often@desk.test", bob)
    for _ in range(2):
        killed("tell", str(dispatch.pk), crash_at=BEFORE_CALL.name)
        later(dispatch)
    run("restart", "alerts")
    dispatch.refresh_from_db()
    assert dispatch.state == "sent"
    (message,) = _mails("often@desk.test", 1)
    assert message["Message-ID"] == dispatch.key


def test_sent_again_by_its_receiver_it_is_the_same_message(mail_server: None, bob: Membership) -> None:
    from gensvar.process.alert.actions import send_again

    dispatch = dispatch_to("again@desk.test", bob)
    killed("tell", str(dispatch.pk), crash_at=AFTER_CALL.name)
    later(dispatch)
    run("restart", "alerts")
    dispatch.refresh_from_db()
    assert send_again(dispatch, at=now())
    run("tell", str(dispatch.pk))
    first, second = _mails("again@desk.test", 2)
    assert first["Message-ID"] == second["Message-ID"] == dispatch.key
    assert first.get_content() == second.get_content()


def _mails(address: str, number: int) -> list[EmailMessage]:
    """What lies in the mailbox, after as long as the mail server needs."""
    end = time.monotonic() + (120 if number else 2)
    while len(mailbox.mails(address)) < number and time.monotonic() < end:
        time.sleep(0.2)
    time.sleep(0.5)  # a second one would come as well
    return mailbox.mails(address)
