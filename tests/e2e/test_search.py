"""Ben types a few letters, and the search offers what he may mean."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule


@pytest.fixture
def options(scripted: Portal, goods: list[Good]) -> Locator:
    """What is offered after the first letters of a vendor's name."""
    scripted.sign_in(BEN)
    scripted.open("/")
    scripted.press("/")
    scripted.type(goods[0].name.split()[0][:5])
    offered = scripted.page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(offered.nth(2)).to_be_visible()
    return offered


@rule("PROD-1", "WEB-3")
def test_arrows_walk_the_suggestions_and_enter_opens_one(scripted: Portal, options: Locator) -> None:
    field = scripted.page.get_by_role("combobox", name="Search products")
    expect(field).to_have_attribute("aria-expanded", "true")
    scripted.press("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    where = str(options.first.get_attribute("href"))
    scripted.press("Enter")
    expect(scripted.page).to_have_url(re.compile(re.escape(where) + "$"))


@rule("PROD-1")
def test_escape_closes_the_suggestions_and_keeps_the_words(
    scripted: Portal, options: Locator, goods: list[Good]
) -> None:
    field = scripted.page.get_by_label("Search products")
    scripted.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_value(goods[0].name.split()[0][:5])


@rule("PROD-1")
def test_enter_without_a_choice_searches(scripted: Portal, options: Locator) -> None:
    scripted.press("Enter")
    scripted.heading("Products")
    expect(scripted.page).to_have_url(re.compile(r"/products\?q="))


@rule("PROD-1")
def test_a_suggestion_can_be_pressed(scripted: Portal, options: Locator) -> None:
    where = str(options.nth(1).get_attribute("href"))
    options.nth(1).click()
    expect(scripted.page).to_have_url(re.compile(re.escape(where) + "$"))


@rule("PROD-1", "WEB-2")
def test_filters_and_order_stand_in_the_address(portal: Portal) -> None:
    portal.sign_in(BEN)
    portal.open("/products?q=monitor")
    portal.mark()
    found = portal.page.get_by_role("region", name="Results").get_by_role("status").first
    before = found.inner_text()
    portal.link(re.compile("^Ships now"), exact=False).click()
    expect(portal.page).to_have_url(re.compile("in_stock=1"))
    expect(found).not_to_have_text(before)
    portal.page.go_back()
    expect(found).to_have_text(before)


@rule("PROD-1", "STOCK-1")
def test_the_promise_follows_the_quantity(scripted: Portal, goods: list[Good]) -> None:
    scripted.sign_in(BEN)
    scripted.open(f"/products/{goods[0].sku}")
    scripted.page.get_by_label("Quantity", exact=True).fill("90000")
    scripted.sees(re.compile("ship now, .* backordered"))
    scripted.page.get_by_label("Quantity", exact=True).fill("1")
    scripted.sees("1 ships now")
