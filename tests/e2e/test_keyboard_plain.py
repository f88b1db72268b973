"""Ben keeps his hands on the keyboard of a browser without JavaScript: Tab, Enter, and what he types."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Good
from tests.e2e.errands import PASSWORD
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule

pytestmark = rule("WEB-2")


def test_ben_logs_in_searches_and_adds_by_tab_and_enter(plain: Portal, goods: list[Good]) -> None:
    plain.open("/login")
    expect(plain.page.get_by_label("E-mail address")).to_be_focused()
    plain.type(BEN)
    plain.press("Tab")
    plain.type(PASSWORD)
    plain.press("Enter")
    plain.heading("Overview")
    plain.tab_to(plain.page.get_by_label("Search products"))
    plain.type(goods[0].vpn)
    plain.press("Enter")
    plain.heading("Products")
    plain.tab_to(plain.link(goods[0].vpn).first)
    plain.press("Enter")
    plain.heading(goods[0].name)
    plain.tab_to(plain.button("Add to basket"))
    plain.press("Enter")
    plain.says(f"1 × {goods[0].vpn} added to")


@rule("BASKET-8")
def test_ben_edits_a_basket_by_tab_and_enter(plain: Portal, goods: list[Good]) -> None:
    basket = plain.sign_in(BEN).basket("By Tab", {goods[0].sku: 2, goods[1].sku: 1})
    plain.open(f"/baskets/{basket}")
    plain.tab_to(plain.page.get_by_label(f"Quantity of {goods[0].vpn}"))
    plain.type("6")
    plain.press("Enter")
    plain.says("6, was 2.")
    plain.tab_to(plain.button(f"Remove {goods[1].vpn}"))
    plain.press("Enter")
    plain.says(f"1 × {goods[1].vpn} removed.")
    plain.tab_to(plain.button("Undo"))
    plain.press("Enter")
    plain.says(f"{goods[1].vpn} is back.")
    expect(plain.sums).to_contain_text("2 lines, 7 units")


@rule("ORDER-1")
def test_ben_orders_by_tab_and_enter(plain: Portal, goods: list[Good]) -> None:
    basket = plain.sign_in(BEN).basket("Ordered by Tab", {goods[0].sku: 1})
    plain.open(f"/baskets/{basket}")
    plain.tab_to(plain.link("Check out"))
    plain.press("Enter")
    plain.heading(re.compile("Check out"))
    plain.type("BY-TAB")
    plain.tab_to(plain.page.get_by_label("Ship", exact=True))
    plain.press("ArrowDown")
    plain.tab_to(plain.button("Review order"))
    plain.press("Enter")
    plain.heading("Review your order")
    plain.tab_to(plain.button("Place Order"))
    plain.press("Enter")
    plain.heading(re.compile("Order Details"))
    plain.sees("ship complete")


@rule("WEB-3")
def test_the_first_tab_skips_to_the_content(portal: Portal) -> None:
    portal.open("/products")
    portal.press("Tab")
    skip = portal.page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    portal.press("Enter")
    expect(portal.page).to_have_url(re.compile("#content$"))
    portal.press("Tab")
    assert portal.measure("document.activeElement.closest('main') !== null")
