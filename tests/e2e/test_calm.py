"""The page keeps still while Ben works: notices lie over it, headings stay in sight, Back leads where he was."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from tests.e2e.conftest import NARROW, WIDE, Good
from tests.e2e.words import BEN, DANA, Portal
from tests.rules_named import rule

pytestmark = rule("WEB-2")

IN_SIGHT = """element => {
  const {top, bottom} = element.getBoundingClientRect();
  return top >= document.querySelector("header").getBoundingClientRect().bottom - 1 && bottom <= innerHeight;
}"""


def top(portal: Portal, place: Locator) -> Any:
    return place.evaluate("element => Math.round(element.getBoundingClientRect().top)")


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def screen(scripted: Portal, request: pytest.FixtureRequest) -> Portal:
    scripted.page.set_viewport_size(request.param)
    return scripted


def test_a_notice_moves_nothing_and_is_in_sight(
    screen: Portal, goods: list[Good], request: pytest.FixtureRequest
) -> None:
    basket = screen.sign_in(BEN).basket(request.node.name[:80], {good.sku: 1 for good in goods[:12]})
    screen.open(f"/baskets/{basket}")
    quantity = screen.page.get_by_label(f"Quantity of {goods[9].vpn}")
    quantity.fill("2")
    before = top(screen, quantity)
    quantity.press("Enter")
    screen.says(f"{goods[9].vpn}: 2, was 1.")
    notice = screen.page.get_by_role("status").filter(has_text="was 1.").first
    assert notice.locator("p").evaluate(IN_SIGHT)
    assert top(screen, quantity) == before


def test_paging_shows_the_beginning_and_focuses_it(screen: Portal) -> None:
    screen.sign_in(BEN)
    screen.open("/products?q=cable")
    screen.link("Next").click()
    expect(screen.page).to_have_url(re.compile("page=2"))
    found = screen.page.get_by_role("region", name="Results")
    expect(found).to_be_focused()
    expect(found.get_by_role("status").first).to_be_in_viewport()
    assert found.get_by_role("status").first.evaluate(IN_SIGHT)


def test_back_leads_to_the_row_he_left(screen: Portal) -> None:
    screen.sign_in(BEN)
    screen.open("/products?q=cable")
    row = screen.page.get_by_role("main").get_by_role("row").nth(14)
    link = row.get_by_role("link").first
    code = link.inner_text()
    link.click()
    expect(screen.page).not_to_have_url(re.compile("q=cable"))
    screen.page.go_back()
    back = screen.row(code).first
    expect(back).to_be_focused()
    assert back.evaluate(IN_SIGHT)


@pytest.mark.parametrize("width", [320, 390])
def test_the_header_of_a_narrow_screen_is_two_slim_rows(scripted: Portal, width: int) -> None:
    screen: ViewportSize = {"width": width, "height": 844}
    scripted.page.set_viewport_size(screen)
    scripted.sign_in(BEN)
    scripted.open("/orders")
    banner = scripted.page.get_by_role("banner").first
    assert banner.evaluate("element => element.offsetHeight") <= 100
    scripted.measure("scrollTo(0, 600)")
    expect(scripted.page.get_by_label("Search products")).to_be_in_viewport()


def test_an_empty_field_is_told_of_in_the_words_of_the_page(scripted: Portal) -> None:
    scripted.sign_in(DANA)
    scripted.open("/account/addresses/new")
    scripted.button(re.compile("Save|Add")).first.click()
    wrong = scripted.page.get_by_role("main").locator("[aria-invalid=true]").first
    expect(wrong).to_be_focused()
    assert wrong.evaluate("field => field.required && field.form.noValidate")
