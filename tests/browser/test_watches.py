"""A watch made in a browser: what it finds is said while one types, a slip is mended, a change undone."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Another


def test_what_it_finds_is_said_while_one_types(another: Another) -> None:
    window = another()
    page = window.open("watches/new/")
    page.get_by_label("Names", exact=True).fill("Kvickbud")
    expect(page.locator("#preview")).to_contain_text("“Kvickbud”, its inflected forms")
    page.get_by_label("Handles").fill("kvick bud!")
    expect(page.locator("#preview")).to_contain_text("this is no handle")
    expect(page.get_by_label("Handles")).to_be_focused()
    page.get_by_label("Handles").fill("")
    expect(page.locator("#preview")).not_to_contain_text("this is no handle")
    window.arrive(page.get_by_role("button", name="Write the query by hand"))
    page.get_by_label("Query").fill("Kvickbud, (Fraktia")
    expect(page.locator(".slip mark")).to_have_text("Kvickbud,")
    page.get_by_role("button", name="Mend it so").click()
    expect(page.get_by_label("Query")).to_have_value("Kvickbud OR (Fraktia)")
    assert window.complaints == []


def test_a_watch_is_tried_kept_changed_and_undone_without_script(another: Another) -> None:
    window = another(script=False)
    page = window.open("watches/new/")
    page.get_by_label("Names", exact=True).fill("Viesti-Viima")
    page.get_by_label("Kind").select_option("competitor")
    window.arrive(page.get_by_role("button", name="Try it first"))
    expect(page.locator("#tried")).to_contain_text("that are kept here")
    expect(page.get_by_label("Names", exact=True)).to_have_value("Viesti-Viima")
    window.arrive(page.get_by_role("button", name="Keep the watch"))
    expect(page).to_have_url(re.compile("/watches/$"))
    row = page.locator(".watches > li", has_text="Viesti-Viima")
    window.arrive(row.get_by_role("button", name="Pause"))
    expect(row).to_contain_text("paused")
    window.arrive(page.get_by_role("button", name="Undo"))
    expect(row).not_to_contain_text("paused")


def test_undo_is_one_key(another: Another) -> None:
    window = another()
    page = window.open("watches/new/")
    page.get_by_label("Names", exact=True).fill("Snelpak")
    window.arrive(page.get_by_role("button", name="Keep the watch"))
    row = page.locator(".watches > li", has_text="Snelpak")
    window.arrive(row.get_by_role("button", name="Pause"))
    expect(page.locator("#said")).to_contain_text("Snelpak is paused.")
    with page.expect_navigation():
        window.press("z")
    expect(page.locator("#said")).to_contain_text("Taken back.")
    expect(row).not_to_contain_text("paused")
