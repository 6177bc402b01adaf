"""`gensvar up --demo` as a newcomer meets it: a busy morning, new posts, and people who answer when answered."""

from pathlib import Path

from gensvar.demo.fill import PASSWORD
from tests.start.desk import PATIENCE, Desk, desk, untouched_desk, wait_for
from tests.start.visitor import Visitor

LIVELY = {"GENSVAR_DEMO_PACE": "0.5", "GENSVAR_UNDO_SECONDS": "0", "GENSVAR_CHROMIUM": "/no/browser"}
TEXT = "Hej Maria, så ska det inte vara. Vi öppnar luckan i dag. Bob, Nordpost"
OF_MARIA = "select case_id from listen_mention where native_id = 'sv-maria'"


def number(one: Desk, query: str) -> int:
    return int(one.ask(query)[0][0])


def test_the_demo_lives(tmp_path: Path) -> None:
    with untouched_desk(tmp_path, **LIVELY) as one:
        one.start("up", "--demo")
        one.wait_until_open()
        assert f"Sign in as alice, password {PASSWORD}" in one.log

        alice = Visitor(one, "nordpost")
        alice.post("/account/login/", login="alice", password=PASSWORD)
        assert "Farid Rahimi" in alice.get("/w/nordpost/now/")

        known = number(one, "select count(*) from case_case")
        wait_for(lambda: number(one, "select count(*) from case_case") > known, "Nothing new is heard.")

        maria = number(one, OF_MARIA)
        alice.do(maria, "judge", kind="complaint")
        reply = alice.draft(maria, TEXT)
        alice.press(reply, maria, then="approve", text=TEXT)
        of_reply = f"select count(*) from respond_reply where id = {reply} and state = 'sent'"
        wait_for(lambda: number(one, of_reply) == 1, f"It was not sent.\n{one.log[-2000:]}")
        answers = f"select count(*) from listen_mention where case_id = {maria} and part = 'answer'"
        wait_for(lambda: number(one, answers) == 1, f"Maria did not answer.\n{one.log[-2000:]}")
        assert alice.step(maria) == "answer"
        assert one.stop() == 0

        facts = number(one, "select count(*) from case_fact where name = 'case.opened'")
        one.start("up", "--demo")
        one.wait_until_open()
        assert number(one, "select count(*) from people_user") == 5
        assert number(one, "select count(*) from case_fact where name = 'case.opened'") >= facts
        assert "Traceback" not in one.log


def test_it_refuses_a_desk_that_is_somebodys(tmp_path: Path) -> None:
    with desk(tmp_path) as one:
        one.start()
        one.wait_until_open()
        Visitor(one).set_up("Dora", "Sparfin", "Sparfin")
        assert one.stop() == 0
        one.start("up", "--demo")
        assert one.process is not None
        assert one.process.wait(PATIENCE) == 2
        assert one.log.splitlines()[-1].startswith("This desk is in use, so it was not filled")
        assert [row[0] for row in one.ask("select username from people_user")] == ["dora"]
        assert not (tmp_path / "internet.db").exists()
