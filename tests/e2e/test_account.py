"""My Account in a browser: profile, mail and Quick Links, with a script and without, and by keys."""

import re

from playwright.sync_api import expect

from tests.e2e.words import BEN, DANA, Portal

STOCK = "stock@brightbyte.example"


def bar(portal: Portal) -> list[str]:
    """The names in the bar, without that of the products."""
    links = portal.page.get_by_role("navigation", name="Quick Links").get_by_role("link")
    return [text.partition("\n")[0].strip() for text in links.all_inner_texts()][1:]


def test_ben_changes_his_account_information(portal: Portal) -> None:
    portal.sign_in(BEN)
    portal.open("/account/profile")
    portal.mark()
    portal.page.get_by_label("Job title").fill("Head of buying")
    portal.button("Save").click()
    portal.says("Your account information is saved.")
    assert portal.stayed() is portal.javascript
    expect(portal.page.get_by_label("Job title")).to_have_value("Head of buying")


def test_ben_asks_for_mail_at_another_address(portal: Portal) -> None:
    address = f"{'with' if portal.javascript else 'without'}-{STOCK}"
    portal.sign_in(BEN)
    portal.open("/account/profile/notifications")
    another = portal.page.get_by_role("form", name="Another address for Order confirmation")
    another.get_by_role("textbox").fill("nobody")
    another.get_by_role("button", name="Add").click()
    if portal.javascript:  # without a script the browser itself keeps it
        portal.sees("“nobody” is no e-mail address.")
    another.get_by_role("textbox").fill(address)
    another.get_by_role("button", name="Add").click()
    portal.sees("waits for confirmation")
    portal.button(f"Remove {address}").click()
    expect(portal.page.get_by_text(address)).to_have_count(0)


def test_a_type_is_switched_in_place(scripted: Portal) -> None:
    scripted.sign_in(DANA)
    scripted.open("/account/profile/notifications")
    scripted.mark()
    box = scripted.page.get_by_role("form", name="Order confirmation", exact=True).get_by_role("checkbox", name="Email")
    expect(box).to_be_checked()
    box.uncheck()
    scripted.says("Saved.")
    expect(box).to_be_focused()
    scripted.page.get_by_label("Order confirmation of").select_option("All orders of the company")
    box.check()
    expect(scripted.page.get_by_label("Order confirmation of")).to_have_value("company")
    assert scripted.stayed()


def test_the_bar_follows_what_dana_ticks_and_orders(portal: Portal) -> None:
    portal.sign_in(DANA)
    portal.open("/settings")
    portal.mark()
    portal.page.get_by_role("checkbox", name="Notification Preferences").check()
    if not portal.javascript:
        portal.button("Save").first.click()
    expect(portal.quick_link("Notification Preferences")).to_be_visible()
    portal.button("Move My Orders up").click()
    expect(portal.page.get_by_role("navigation", name="Quick Links").get_by_role("link").nth(2)).to_contain_text(
        "My Orders"
    )
    assert portal.stayed() is portal.javascript
    portal.page.get_by_role("checkbox", name="Notification Preferences").uncheck()
    portal.button("Move My Orders down").click()
    expect(portal.quick_link("Notification Preferences")).to_have_count(0)
    portal.open("/orders")
    assert bar(portal) == ["My Baskets", "Quick Order", "My Orders", "User Administration"]


def test_quick_links_by_keys_alone(scripted: Portal) -> None:
    scripted.sign_in(BEN)
    scripted.open("/settings")
    scripted.press("j")
    row = scripted.row("My Baskets")
    expect(row).to_be_focused()
    scripted.press("d")
    expect(scripted.page.get_by_role("navigation", name="Quick Links").get_by_role("link").nth(1)).to_contain_text(
        "Quick Order"
    )
    expect(scripted.row("My Baskets")).to_be_focused()
    scripted.press("u")
    expect(scripted.page.get_by_role("navigation", name="Quick Links").get_by_role("link").nth(1)).to_contain_text(
        "My Baskets"
    )
    expect(scripted.row("My Baskets")).to_be_focused()
    scripted.press("x")
    expect(scripted.quick_link("My Baskets")).to_have_count(0)
    scripted.press("x")
    expect(scripted.quick_link("My Baskets")).to_be_visible()


def test_rows_become_dense_at_once(scripted: Portal) -> None:
    scripted.sign_in(BEN)
    scripted.open("/settings")
    scripted.mark()
    scripted.page.get_by_role("radio", name=re.compile("^Dense")).check()
    expect(scripted.page.locator("html")).to_have_attribute("data-density", "dense")
    scripted.page.get_by_role("checkbox", name="Keys press what they stand beside").uncheck()
    expect(scripted.page.locator("html")).to_have_attribute("data-keys", "off")
    assert scripted.stayed()
    scripted.press("g", "o")
    scripted.page.get_by_role("checkbox", name="Keys press what they stand beside").check()
    expect(scripted.page.locator("html")).to_have_attribute("data-keys", "on")
    scripted.page.get_by_role("radio", name=re.compile("^Comfortable")).check()
    expect(scripted.page.locator("html")).to_have_attribute("data-density", "comfortable")
