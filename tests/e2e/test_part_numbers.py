"""Ben gives products numbers of his company, and types them: by keyboard alone, and without scripts (BASKET-15)."""

from playwright.sync_api import expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule


@rule("BASKET-15")
def test_ben_sets_finds_and_types_a_number_by_keyboard(scripted: Portal, goods: list[Good]) -> None:
    portal, good = scripted, goods[3]
    portal.sign_in(BEN)
    portal.open(f"/products/{good.sku}")
    portal.mark()
    field = portal.page.get_by_role("textbox", name="Your part number")
    portal.tab_to(field)
    portal.type("BB-4711")
    portal.press("Enter")
    portal.sees("Saved.")
    expect(field).to_be_focused()
    assert portal.stayed()
    portal.press("Escape", "/")
    portal.type("bb4711")
    portal.press("Enter")
    portal.sees(good.name)
    portal.open("/")
    portal.press("q")
    first = portal.page.get_by_label("Code in row 1", exact=True)
    expect(first).to_be_focused()
    portal.type("bb-4711")
    portal.press("Tab")
    portal.sees(good.name)


@rule("BASKET-15")
def test_ben_keeps_the_list_by_keyboard(scripted: Portal, goods: list[Good]) -> None:
    portal, good = scripted, goods[4]
    portal.sign_in(BEN)
    portal.open("/part-numbers")
    portal.press("n")
    expect(portal.page.get_by_label("SKU, VPN or UPC")).to_be_focused()
    portal.type(good.vpn)
    portal.press("Tab")
    portal.type("LIST-7")
    portal.press("Enter")
    portal.says(f"The number for {good.sku} is kept.")
    portal.button("Take “LIST-7” off").focus()
    portal.press("Delete")
    portal.says(f"“LIST-7” is taken off {good.sku}.")
    portal.press("u")
    portal.says(f"The number for {good.sku} is kept.")


@rule("BASKET-15")
def test_ben_sets_and_types_a_number_without_scripts(plain: Portal, goods: list[Good]) -> None:
    portal, good = plain, goods[5]
    portal.sign_in(BEN)
    portal.open(f"/products/{good.sku}")
    portal.page.get_by_role("textbox", name="Your part number").fill("PLAIN-9")
    portal.button("Save number").click()
    expect(portal.page.get_by_role("textbox", name="Your part number")).to_have_value("PLAIN-9")
    portal.search("plain-9")
    portal.sees(good.name)
    portal.open("/part-numbers")
    portal.page.get_by_label("Paste a list").fill(f"NOPE-1 X-1\n{good.sku} PLAIN-10")
    portal.button("Load numbers").click()
    portal.sees("1 kept. 1 could not be kept.")
    portal.sees("No product has the SKU, VPN or UPC “NOPE-1”.")
