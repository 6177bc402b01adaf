"""The desk by keyboard alone, without script, with a broken line, and while things move."""

import re

from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import Another
from tests.browser.window import PATIENCE, PHONE, Window


def fresh_case(window: Window) -> Page:
    """Open a case that nobody has judged yet."""
    page = window.open("now/")
    row = page.locator(".case-row.fresh [data-open]").first
    row.click() if window.script else window.arrive(row)
    expect(page.locator("#kind-complaint")).to_be_visible()
    return page


def test_keys_move_open_judge_and_go(another: Another) -> None:
    window = another()
    page = window.open("heard/")
    window.until_live()
    window.press("j", "j")
    expect(page.locator("[data-open]:focus")).to_have_count(1)
    window.press("k", "Enter")
    expect(page.locator("#case")).to_be_visible()
    window.go("w", "watches/")
    window.go("i", "now/")
    window.press("/")
    expect(page.locator("#search")).to_be_focused()


def test_a_key_says_that_a_rude_complaint_is_both(another: Another) -> None:
    window = another()
    page = window.open("judge/")
    page.locator(".case-row [data-open]").last.click()
    abusive, complaint = page.locator("#kind-abusive"), page.locator("#kind-complaint")
    expect(abusive).to_be_visible()
    was = abusive.get_attribute("aria-pressed")
    window.press("1")
    expect(complaint).to_have_attribute("aria-pressed", "true")
    expect(abusive).to_have_attribute("aria-pressed", was or "")
    window.press("6")
    expect(abusive).to_have_attribute("aria-pressed", "false" if was == "true" else "true")
    expect(complaint).to_have_attribute("aria-pressed", "true")


def test_a_key_says_that_the_machine_is_right(another: Another) -> None:
    window = another()
    page = window.open("judge/")
    page.locator(".case-row [data-open]").first.click()
    expect(page.locator("#kind-as-read")).to_be_visible()
    window.press("y")
    expect(page.locator("#kind-as-read")).to_have_count(0)
    expect(page.locator(".kinds [aria-pressed=true]")).not_to_have_count(0)
    window.go("j", "judge/")


def test_keys_never_fire_while_someone_types(another: Another) -> None:
    window = another()
    page = fresh_case(window)
    expect(page.locator("#note")).to_be_visible()
    before = page.locator("#judgement [aria-pressed=true]").count()
    page.locator("#note").click()
    page.keyboard.type("1 2 3 gw j k r a z ?")
    expect(page.locator("#note")).to_have_value("1 2 3 gw j k r a z ?")
    expect(page.locator("#keys")).to_be_hidden()
    assert page.locator("#judgement [aria-pressed=true]").count() == before
    assert "/now/" in page.url


def test_rows_do_not_move_under_the_pointer(another: Another) -> None:
    window = another()
    page = window.open("heard/")
    window.until_live()
    first = page.locator(".case-row").first
    first.hover()
    name, box = first.get_attribute("id"), place_of(first)
    expect(page.locator("#more")).to_contain_text("new", timeout=2 * PATIENCE)
    assert first.get_attribute("id") == name
    assert place_of(first) == box
    # By key: a pointer on its way from the list to the button would let the list move, and the button go.
    page.locator("#more").focus()
    window.press("Enter")
    page.mouse.move(1200, 600)
    expect(page.locator("#more")).to_be_hidden()
    expect(page.locator(".case-row").first).not_to_have_attribute("id", name or "")


def test_new_rows_appear_by_themselves_when_nobody_touches_the_list(another: Another) -> None:
    window = another()
    page = window.open("heard/")
    window.until_live()
    page.mouse.move(1200, 600)
    name = page.locator(".case-row").first.get_attribute("id") or ""
    expect(page.locator(".case-row").first).not_to_have_attribute("id", name, timeout=2 * PATIENCE)


def place_of(row: Locator) -> FloatRect | None:
    """Where a row is; asked again when it is just being replaced by its newer self."""
    for _ in range(100):
        if box := row.bounding_box():
            return box
        row.page.wait_for_timeout(50)
    return None


def test_what_comes_out_of_sight_is_told_and_found_newest_first(another: Another) -> None:
    window = another(size={"width": 1440, "height": 420})
    page = window.open("now/")
    page.locator(".case-row").nth(8).wait_for()
    first = page.locator(".case-row").first
    first.hover()
    name, box = first.get_attribute("id"), place_of(first)
    expect(page.locator("#below")).to_contain_text("new ↓", timeout=2 * PATIENCE)
    assert (first.get_attribute("id"), place_of(first)) == (name, box)
    assert window.violations() == []
    page.locator("#order").focus()
    with page.expect_navigation():
        window.press("Enter")
    expect(page).to_have_url(re.compile(r"/now/\?order=new$"))
    page.mouse.move(1200, 300)
    newest = page.locator(".case-row").first.get_attribute("id") or ""
    expect(page.locator(".case-row").first).not_to_have_attribute("id", newest, timeout=2 * PATIENCE)
    expect(page.locator("#below")).to_be_empty()
    window.arrive(page.locator("#order"))
    expect(page).to_have_url(re.compile("/now/$"))
    assert window.complaints == []


def test_a_draft_survives_a_broken_line(another: Another) -> None:
    window = another()
    page = fresh_case(window)
    window.judge("complaint")
    page.locator("#start-holding").click()
    expect(page.locator("#reply")).to_be_focused()
    page.context.set_offline(True)
    page.keyboard.type("Written without a line")
    expect(page.locator("#saved")).to_contain_text("Kept in this browser")
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.reload()
    expect(page.locator("#reply")).to_have_value("Written without a line")
    page.locator("#drop").click()


def test_two_writers_do_not_overwrite_each_other(another: Another, bob: Window) -> None:
    one, other = another(), another(state=bob.signed_in())
    page = fresh_case(one)
    one.judge("complaint")
    page.locator("#start-holding").click()
    expect(page.locator("#reply")).to_be_focused()
    case = page.locator("#case").get_attribute("data-case")
    other.open(f"case/{case}/")
    other.page.route("**/w/nordpost/live*", lambda route: route.abort())
    other.page.reload()
    one.write("The first text")
    other.page.locator("#reply").fill("The other text")
    expect(other.page.locator("#saved")).to_contain_text("changed this draft")
    expect(other.page.locator("#reply")).to_have_value("The other text")
    page.reload()
    expect(page.locator("#reply")).to_have_value("The first text")


def test_reading_judging_and_answering_work_without_script(another: Another) -> None:
    window = another(script=False)
    page = fresh_case(window)
    expect(page).to_have_url(re.compile(r"/case/\d+/"))
    window.arrive(page.locator("#kind-question"))
    window.until_judged("question")
    window.arrive(page.locator("#start-holding"))
    page.locator("#reply").fill("Written without a script")
    window.arrive(page.get_by_role("button", name="Save"))
    expect(page.locator("#reply")).to_have_value("Written without a script")
    window.arrive(page.locator("#drop"))
    expect(page.locator("#start-holding")).to_be_visible()


def test_on_a_phone_a_case_is_a_page_of_its_own(another: Another) -> None:
    window = another(size=PHONE)
    page = window.open("heard/")
    window.arrive(page.locator("[data-open]").first)
    expect(page).to_have_url(re.compile(r"/case/\d+/"))
    page.get_by_role("link", name="Menu").click()
    expect(page.get_by_role("link", name="Channels")).to_be_visible()


def test_focus_is_never_lost_after_an_update(another: Another) -> None:
    window = another()
    page = fresh_case(window)
    expect(page.locator("#kind-other")).to_be_visible()
    page.locator("#kind-complaint").focus()
    window.press("Enter")
    window.until_judged("complaint")
    expect(page.locator("#kind-complaint")).to_be_focused()


def test_the_browser_has_nothing_to_complain_about(another: Another) -> None:
    window = another()
    for path in ("now/", "heard/", "channels/", "figures/", "settings/", "people/", "watches/"):
        window.open(path)
    assert window.complaints == []
