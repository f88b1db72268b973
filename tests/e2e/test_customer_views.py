"""Ben sets what his customer pays and turns the screen: by mouse or by keyboard, with JavaScript or without."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule

pytestmark = rule("BASKET-14")


def basket_of(portal: Portal, goods: list[Good], name: str) -> int:
    return portal.sign_in(BEN).basket(name[:80], {good.sku: 2 for good in goods[:2]})


def markup(portal: Portal) -> Locator:
    return portal.page.get_by_label("Markup on the cost")


def price(portal: Portal, good: Good) -> Locator:
    return portal.page.get_by_label(f"Your price for one {good.vpn}")


@rule("WEB-2")
def test_ben_marks_up_and_sets_one_price_of_his_own(
    portal: Portal, goods: list[Good], request: pytest.FixtureRequest
) -> None:
    basket = basket_of(portal, goods, request.node.name)
    portal.open(f"/baskets/{basket}/selling")
    portal.mark()
    markup(portal).fill("12.5")
    markup(portal).press("Enter")
    expect(portal.row(goods[0].vpn)).to_contain_text("markup")
    price(portal, goods[1]).fill("4000")
    price(portal, goods[1]).press("Enter")
    expect(portal.row(goods[1].vpn)).to_contain_text("$8,000.00")
    expect(portal.row(goods[1].vpn)).to_contain_text("own price")
    portal.button(f"Clear the price of {goods[1].vpn}").click()
    expect(portal.row(goods[1].vpn)).to_contain_text("markup")
    expect(price(portal, goods[1])).to_have_value("")
    assert portal.stayed() is portal.javascript


@rule("WEB-2")
def test_a_price_that_is_none_stays_with_its_reason(
    portal: Portal, goods: list[Good], request: pytest.FixtureRequest
) -> None:
    portal.open(f"/baskets/{basket_of(portal, goods, request.node.name)}/selling")
    price(portal, goods[0]).fill("dear")
    price(portal, goods[0]).press("Enter")
    portal.sees("“dear” is not an amount of money")
    expect(price(portal, goods[0])).to_have_value("dear")


@rule("WEB-2")
def test_ben_prices_and_shows_a_basket_without_a_mouse(
    scripted: Portal, goods: list[Good], request: pytest.FixtureRequest
) -> None:
    scripted.open(f"/baskets/{basket_of(scripted, goods, request.node.name)}/selling")
    scripted.press("m")
    expect(markup(scripted)).to_be_focused()
    scripted.type("20")
    scripted.press("Enter")
    expect(scripted.row(goods[0].vpn)).to_contain_text("markup")
    scripted.press("Escape", "j", "e")
    expect(price(scripted, goods[0])).to_be_focused()
    scripted.type("5000")
    scripted.press("Enter")
    expect(scripted.row(goods[0].vpn)).to_contain_text("$10,000.00")
    scripted.press("Escape", "v")
    expect(scripted.page).to_have_url(re.compile("/customer$"))
    expect(scripted.row(goods[0].vpn)).to_contain_text("$10,000.00")
    scripted.press("Tab")
    expect(scripted.page.get_by_role("link", name="Back to the basket")).to_be_focused()


def test_the_view_prints_as_a_sheet_of_its_own(
    scripted: Portal, goods: list[Good], request: pytest.FixtureRequest
) -> None:
    scripted.open(f"/baskets/{basket_of(scripted, goods, request.node.name)}/customer")
    page = scripted.page
    expect(page.get_by_text("Back to the basket")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Back to the basket")).to_be_hidden()
    expect(page.get_by_role("main")).to_contain_text("Brightbyte Ltd")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("link", name="Selling prices")).to_be_hidden()
    assert page.locator("script:not([src])").count() == 0
