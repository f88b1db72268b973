"""Ben keeps his hands on the keyboard: the shortcuts, with JavaScript."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Good
from tests.e2e.errands import PASSWORD
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule

pytestmark = rule("WEB-2")


def chosen(portal: Portal) -> Locator:
    """The row that the keys act on."""
    return portal.page.get_by_role("main").get_by_role("row", selected=True)


@pytest.fixture
def basket(scripted: Portal, goods: list[Good], request: pytest.FixtureRequest) -> int:
    made = scripted.sign_in(BEN).basket(request.node.name[:80], {good.sku: 2 for good in goods[:3]})
    scripted.open(f"/baskets/{made}")
    return made


def test_ben_logs_in_searches_and_adds_without_a_mouse(scripted: Portal, goods: list[Good]) -> None:
    scripted.open("/login")
    expect(scripted.page.get_by_label("E-mail address")).to_be_focused()
    scripted.type(BEN)
    scripted.press("Tab")
    scripted.type(PASSWORD)
    scripted.press("Enter")
    scripted.heading("Overview")
    scripted.press("/")
    scripted.type(goods[0].vpn)
    scripted.press("Enter")
    scripted.heading("Products")
    scripted.press("j")
    expect(chosen(scripted)).to_contain_text(goods[0].sku)
    scripted.press("Enter")
    scripted.heading(goods[0].name)
    scripted.press("a")
    scripted.says(f"1 × {goods[0].vpn} added to")
    scripted.press("b")
    expect(scripted.page.get_by_role("link", name="Open “")).to_be_focused()
    scripted.press("Enter")
    expect(scripted.row(f"SKU {goods[0].sku}")).to_be_visible()


def test_a_adds_the_chosen_row(scripted: Portal, basket: int, goods: list[Good]) -> None:
    scripted.press("/")
    scripted.type(goods[3].vpn)
    scripted.press("Enter")
    expect(scripted.row(f"SKU {goods[3].sku}")).to_be_visible()
    scripted.press("j", "a")
    expect(chosen(scripted).get_by_label(f"Quantity of {goods[3].vpn}")).to_be_focused()
    scripted.type("2")
    scripted.press("Enter")
    scripted.says(f"2 × {goods[3].vpn} added to")
    expect(scripted.current_basket).to_contain_text("4 lines")
    scripted.press("Escape")
    expect(chosen(scripted)).to_contain_text(goods[3].sku)


@rule("BASKET-7")
def test_b_switches_the_current_basket(scripted: Portal, goods: list[Good]) -> None:
    errands = scripted.sign_in(BEN)
    errands.basket("Chosen by keys", {})
    errands.basket("Current before", {})
    scripted.open("/products?q=dock")
    scripted.mark()
    scripted.press("b")
    sheet = scripted.page.get_by_role("dialog", name="Current basket")
    expect(sheet.get_by_role("link", name="Open “Current before”")).to_be_focused()
    scripted.press("ArrowDown")
    expect(sheet.get_by_role("button", name="Chosen by keys")).to_be_focused()
    scripted.press("Enter")
    expect(scripted.current_basket).to_contain_text("Chosen by keys")
    scripted.says("“Chosen by keys” is the current basket.")
    scripted.press("b")
    expect(sheet.get_by_role("link", name="Open “Chosen by keys”")).to_be_focused()
    scripted.press("Escape")
    expect(sheet).to_be_hidden()
    assert scripted.stayed()


def test_j_and_k_walk_the_rows(scripted: Portal, basket: int, goods: list[Good]) -> None:
    scripted.press("j", "j", "k")
    first = scripted.page.get_by_role("main").get_by_role("row").nth(1)
    expect(first).to_have_attribute("aria-selected", "true")
    expect(first).to_be_focused()
    scripted.press("ArrowDown", "ArrowDown", "ArrowDown")
    expect(chosen(scripted)).to_have_count(1)
    scripted.press("Enter")
    expect(scripted.page).to_have_url(re.compile("/products/"))


def test_e_edits_the_quantity_and_u_undoes(scripted: Portal, basket: int) -> None:
    scripted.mark()
    scripted.press("j", "e")
    scripted.type("7")
    scripted.press("Enter")
    scripted.says("7, was 2.")
    expect(chosen(scripted).get_by_label(re.compile("^Quantity of"))).to_be_focused()
    scripted.press("Escape")
    expect(chosen(scripted)).to_be_focused()
    scripted.press("u")
    expect(chosen(scripted).get_by_label(re.compile("^Quantity of"))).to_have_value("2")
    assert scripted.stayed()


def test_delete_removes_and_the_next_row_is_chosen(scripted: Portal, basket: int) -> None:
    scripted.mark()
    scripted.press("j", "Delete")
    scripted.says("removed.")
    expect(scripted.sums).to_contain_text("2 lines")
    expect(chosen(scripted)).to_be_focused()
    scripted.press("u")
    expect(scripted.sums).to_contain_text("3 lines")
    scripted.press("j", "Delete")
    expect(scripted.sums).to_contain_text("2 lines")
    assert scripted.stayed()


def test_a_in_the_basket_adds_line_after_line(scripted: Portal, basket: int, goods: list[Good]) -> None:
    scripted.press("a")
    scripted.type(goods[3].sku)
    scripted.press("Enter")
    scripted.says(f"{goods[3].vpn} added")
    code = scripted.page.get_by_label("SKU, VPN, UPC or own number", exact=True)
    expect(code).to_be_focused()
    expect(code).to_have_value("")
    scripted.type(goods[4].sku)
    scripted.press("Enter")
    expect(scripted.sums).to_contain_text("5 lines")


@rule("ORDER-1")
def test_ben_orders_without_a_mouse(scripted: Portal, basket: int) -> None:
    scripted.press("c")
    expect(scripted.page.get_by_label("PO number", exact=False).first).to_be_focused()
    scripted.type("BY-KEYS")
    scripted.press("Enter")
    scripted.heading("Review your order")
    scripted.press("p", "o")
    scripted.heading(re.compile("Order Details"))
    scripted.press("g", "o")
    scripted.heading("My Orders")
    scripted.press("j")
    expect(chosen(scripted)).to_contain_text("BY-KEYS")
    scripted.press("Enter")
    scripted.heading(re.compile("Order Details"))


@rule("LINK-1")
def test_g_leads_to_the_quick_links(scripted: Portal, basket: int) -> None:
    for keys, heading in (("gb", "My Baskets"), ("go", "My Orders"), ("gh", "Overview")):
        scripted.press(*keys)
        scripted.heading(heading)


def test_the_list_of_keys_tells_what_the_page_carries(scripted: Portal, basket: int) -> None:
    scripted.press("?")
    keys = scripted.page.get_by_role("dialog", name="Keys on this page")
    for name in ("Search", "My Baskets", "Add a line", "Edit the quantity, in the row", "Check out"):
        expect(keys.get_by_text(name, exact=True)).to_be_visible()
    expect(keys.get_by_text("Place Order")).to_have_count(0)
    scripted.press("Escape")
    expect(keys).to_be_hidden()


def test_keys_are_letters_while_one_types(scripted: Portal, basket: int) -> None:
    scripted.press("/")
    scripted.type("gb?j")
    expect(scripted.page.get_by_label("Search products")).to_have_value("gb?j")
    expect(scripted.page.get_by_role("dialog")).to_have_count(0)
    scripted.press("Escape", "Escape")
    expect(scripted.page.get_by_label("Search products")).not_to_be_focused()
