"""From a post on the network to its row in the open inbox, in a real Chromium on a whole running desk."""

import contextlib
import random
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from bench.line import limit, say, share, words
from gensvar.demo.internet import Internet
from gensvar.demo.script import Line, people
from gensvar.process.document import browser
from tests.browser.window import ARGUMENTS
from tests.servers import atnet
from tests.start.desk import Desk, desk, wait_for
from tests.start.visitor import PASSWORD, Visitor

POSTS, WARM = 32, 3
LIMIT = 2.0
PATIENCE = 30.0
WATCHING = """() => {
  window.seen = {};
  const look = () => {
    for (const [word] of document.querySelector("#rows")?.textContent.matchAll(/token\\d+/g) ?? [])
      window.seen[word] ??= Date.now();
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  look();
}"""

_SAID = re.compile(rb"Benchpost has lost my parcel again, token\d+, and the phone line is dead\.")

Say = Callable[[str], object]
"""Posts a text on the network."""


def main() -> None:
    """All lines of this subject."""
    found = browser.find()
    if found is None:
        words(browser.missing())
        return
    for name, network in (("bluesky", _bluesky), ("demo", _demo)):
        try:
            with (
                tempfile.TemporaryDirectory(prefix="gensvar-bench-") as folder,
                network(Path(folder)) as (one, post),
            ):
                took = _measure(found, one, post)
        except atnet.Absent as reason:
            words(f"live on {name} is left out: {reason}.")
            continue
        say(f"live.post_to_row.p50.{name}", share(took, 0.5), "s", len(took))
        say(f"live.post_to_row.p95.{name}", share(took, 0.95), "s", len(took))
        limit(f"live.post_to_row.p95.{name}", LIMIT, "s")


def _measure(chromium: str, one: Desk, post: Say) -> list[float]:
    """Seconds for each post, after a few that do not count."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        page = opened.new_page()
        _sign_in(page, one)
        page.evaluate(WATCHING)
        took = [_post_and_see(page, post, f"token{number}", one) for number in range(WARM + POSTS)]
        opened.close()
    return took[WARM:]


def _sign_in(page: Page, one: Desk) -> None:
    page.goto(f"{one.url}/")
    page.fill("input[name=login]", "Alice")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector("#pulse[data-state=open]", state="attached")


def _post_and_see(page: Page, post: Say, word: str, one: Desk) -> float:
    time.sleep(random.uniform(0.1, 0.7))  # no step with the beats of the desk
    posted_at = time.time()
    post(f"Benchpost has lost my parcel again, {word}, and the phone line is dead.")
    try:
        seen = page.wait_for_function("word => window.seen[word]", arg=word, timeout=PATIENCE * 1000)
    except Exception:
        words(one.log[-2000:])
        raise
    return float(seen.json_value()) / 1000 - posted_at


@contextlib.contextmanager
def _bluesky(folder: Path) -> Iterator[tuple[Desk, Say]]:
    """The real Bluesky network: a PDS whose stream the desk reads."""
    with atnet.running() as network, _desk(folder) as (one, alice):
        ours, theirs = network.make_account("benchpost"), network.make_account("maria")
        alice.post(
            alice.here("channels/connect/bluesky/"),
            handle=ours.handle,
            app_password=ours.app_password,
            host=network.pds,
            stream=network.pds.replace("http", "ws"),
            appview=network.appview,
            directory=network.plc,
        )
        _wait_until_it_listens(one)
        posted: dict[str, float] = {}

        def post(text: str) -> None:
            posted[text] = time.time()
            network.post(theirs, text, langs=["en"])

        with connect(f"{network.pds.replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos") as stream:
            arrived: dict[bytes, float] = {}
            threading.Thread(target=_note, args=(stream, arrived), daemon=True).start()
            yield one, post
        floor = [arrived[text.encode()] - at for text, at in posted.items() if text.encode() in arrived]
        say("live.post_to_stream.p50.bluesky", share(floor, 0.5), "s", len(floor))
        say("live.post_to_stream.p95.bluesky", share(floor, 0.95), "s", len(floor))


def _note(stream: ClientConnection, arrived: dict[bytes, float]) -> None:
    """When each post came out of the network: earlier than this no desk can hear it."""
    with contextlib.suppress(ConnectionClosed):
        for message in stream:
            if isinstance(message, bytes) and (found := _SAID.search(message)):
                arrived.setdefault(found[0], time.time())


@contextlib.contextmanager
def _demo(folder: Path) -> Iterator[tuple[Desk, Say]]:
    """The pretend internet, which is looked at twice a second."""
    with _desk(folder) as (one, alice):
        place = folder / "pretend" / "internet.db"
        alice.post(alice.here("channels/connect/demo/"), place=str(place), pace="100000")
        _wait_until_it_listens(one)
        internet, writer = Internet(place, datetime.now(UTC)), people("en")["priya"]

        def post(text: str) -> None:
            internet.remember(Line(f"en-{text.split(',')[1].strip()}", writer, "en", text), datetime.now(UTC))

        try:
            yield one, post
        finally:
            internet.close()


@contextlib.contextmanager
def _desk(folder: Path) -> Iterator[tuple[Desk, Visitor]]:
    with desk(folder / "data", GENSVAR_EGRESS_ALLOW=atnet.ON_LOOPBACK) as one:
        one.start()
        one.wait_until_open()
        alice = Visitor(one)
        alice.set_up("Alice", "Benchpost", "Benchpost")
        yield one, alice


def _wait_until_it_listens(one: Desk) -> None:
    heard = "select count(*) from listen_source where heard_at is not null"
    wait_for(lambda: one.ask(heard)[0][0] > 0, f"The listener hears nothing.\n{one.log}")


if __name__ == "__main__":
    main()
