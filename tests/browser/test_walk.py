"""One complaint from an untagged post to a closed case: two people, two windows, a real browser."""

import re

from playwright.sync_api import expect

from tests.browser.window import Window

POST = "Tredje gången i rad"
FIRST = "Hej Maria! Förlåt. Vi skickar en chaufför till skåpet före 18.00. Ring mig på 08-123 45 67. /Alice"
INVITATION = "Skriv ditt nummer i formuläret på nordpost.example/hjalp, så ringer jag i kväll. /Alice"
HAPPY = "Hej igen Maria! Kom medicinen fram, och är du nöjd med hur det löste sig? /Alice"


def test_the_whole_walk(alice: Window, bob: Window) -> None:
    open_the_case(alice, bob)
    judge_by_key(alice)
    write_and_ask_second_eyes(alice, bob)
    approve_and_send(alice, bob)
    move_to_private(alice)
    settle(alice)
    return_to_the_thread(alice)
    conclude(alice)
    assert alice.complaints == []
    assert bob.complaints == []


def open_the_case(alice: Window, bob: Window) -> None:
    alice.open("now/")
    alice.until_live()
    expect(alice.row(POST)).to_be_visible()
    expect(alice.row(POST)).to_contain_text("not tagged")
    alice.row(POST).get_by_role("link").click()
    expect(alice.next()).to_contain_text(re.compile("Say what this is|Answer Maria"))
    expect(alice.page.locator("#thread")).to_contain_text("mammas medicin")
    case = alice.page.locator("#case").get_attribute("data-case")
    bob.open(f"case/{case}/")
    bob.until_live()
    expect(alice.page.get_by_label("Bob Nyman is looking").first).to_be_visible()
    expect(alice.page.locator("#evidence .tag")).to_contain_text("kept")
    alice.keep("03-inbox")


def judge_by_key(alice: Window) -> None:
    alice.press("1")
    alice.until_judged("complaint")
    expect(alice.next()).to_contain_text(re.compile("Answer Maria"))
    alice.keep("04-judged")


def write_and_ask_second_eyes(alice: Window, bob: Window) -> None:
    alice.press("r")
    alice.write(FIRST)
    expect(bob.page.get_by_label("Alice Berg is writing").first).to_be_visible()
    expect(bob.page.locator("#reply")).to_have_value(FIRST)
    alice.choose("#of", label="Bob Nyman")
    alice.page.locator("#ask").click()
    expect(alice.next()).to_contain_text("Second eyes: you asked Bob Nyman")
    expect(bob.next()).to_contain_text("Second eyes: Alice Berg asks you")
    bob.keep("05-second-eyes")


def approve_and_send(alice: Window, bob: Window) -> None:
    bob.press("a")
    bob.page.locator("#said", has_text="Undo").wait_for()
    bob.keep("06-undo")
    sent = alice.page.locator(".post.ours", has_text="Vi skickar en chaufför")
    expect(sent.locator(".tags")).to_contain_text("sent")
    expect(sent.get_by_role("link", name="Open there")).to_be_visible()
    expect(alice.page.locator("#thread")).to_contain_text("Jag behöver medicinen i kväll")
    expect(alice.page.locator("#thread .post.ours")).to_have_count(1)
    expect(alice.next()).to_contain_text(re.compile("Answer Maria"))
    alice.keep("07-answered")


def move_to_private(alice: Window) -> None:
    say(alice, "#start-invitation", INVITATION)
    expect(alice.next()).to_contain_text("In private with Maria")
    alice.choose("#way", value="phone")
    alice.page.locator("#note").fill("The locker by Livsboden. She needs it tonight.")
    alice.page.locator("#add-note").click()
    expect(alice.page.locator("#private .notes")).to_contain_text("She needs it tonight")
    alice.keep("08-in-private")


def settle(alice: Window) -> None:
    alice.page.locator("#solution").fill("The driver opened the locker and brought it to her mother.")
    alice.page.locator("#cost").fill("35")
    alice.page.get_by_role("button", name="Settle", exact=True).click()
    expect(alice.next()).to_contain_text("Ask Maria")
    alice.keep("09-settled")


def return_to_the_thread(alice: Window) -> None:
    say(alice, "#next", HAPPY)
    expect(alice.next()).to_contain_text("answered. Write down how it ended")
    expect(alice.page.locator("#thread")).to_contain_text("mamma fick sin medicin")
    alice.keep("10-returned")


def conclude(alice: Window) -> None:
    alice.choose("#outcome", value="turned")
    alice.page.get_by_role("button", name="Close the case").click()
    expect(alice.next()).to_contain_text("Closed: turned positive")
    journal = alice.page.locator("#journal")
    for words in ("Alice Berg judged it: complaint", "Bob Nyman approved the reply", "Alice Berg settled it"):
        expect(journal).to_contain_text(words)
    expect(alice.page.locator(".post.ours")).to_have_count(3)
    alice.keep("11-closed")


def say(window: Window, begin: str, text: str) -> None:
    """Begin a reply, write it, approve it, and wait until it stands in the thread."""
    window.page.locator(begin).click()
    window.write(text)
    window.page.locator("#approve").click()
    sent = window.page.locator(".post.ours", has_text=text[:40])
    expect(sent.locator(".tags")).to_contain_text("sent")
