"""Ben copies, merges and archives baskets, and starts one from a template: in place, by keyboard, or by plain forms."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule


@pytest.fixture
def basket(portal: Portal, goods: list[Good], request: pytest.FixtureRequest) -> int:
    """An open basket of Ben's with two of the first product and one of the second."""
    made = portal.sign_in(BEN).basket(request.node.name[:70], {goods[0].sku: 2, goods[1].sku: 1})
    portal.open(f"/baskets/{made}")
    return made


def more(portal: Portal, action: str) -> None:
    """Choose something out of the menu of actions."""
    portal.page.get_by_role("main").locator("summary").filter(has_text="More").click()
    portal.button(action).click()


@rule("BASKET-13", "WEB-2")
def test_ben_archives_a_basket_and_brings_it_back(portal: Portal, basket: int) -> None:
    more(portal, "Archive")
    portal.says("is archived.")
    portal.button("Undo").click()
    portal.says("is back.")
    expect(portal.page).to_have_url(re.compile(f"/baskets/{basket}"))


@rule("BASKET-13", "WEB-2")
def test_ben_starts_a_basket_from_a_template(portal: Portal, basket: int, goods: list[Good]) -> None:
    more(portal, "Make a template")
    portal.says("is a template.")
    portal.page.get_by_role("main").locator("summary").filter(has_text="Start a basket").click()
    portal.page.get_by_label("Name of the new basket").fill(f"Started {basket}")
    portal.button("Start a basket").click()
    portal.heading(f"Started {basket}")
    portal.says("is the current basket")
    expect(portal.row(f"SKU {goods[0].sku}").get_by_label(f"Quantity of {goods[0].vpn}")).to_have_value("2")


@rule("BASKET-12", "WEB-2")
def test_ben_merges_and_undoes_it(portal: Portal, basket: int, goods: list[Good]) -> None:
    other = portal.sign_in(BEN).basket(f"Other of {basket}", {goods[0].sku: 3})
    portal.open(f"/baskets/{basket}/merges")
    portal.page.get_by_label("Lines from").select_option(str(other))
    portal.button("Merge").click()
    portal.says("0 lines added, 1 added up.")
    portal.button("Undo").click()
    portal.says("1 line taken out again.")
    expect(portal.row(f"SKU {goods[0].sku}").get_by_label(f"Quantity of {goods[0].vpn}")).to_have_value("2")


@rule("BASKET-12", "WEB-2")
def test_a_copy_is_made_by_keyboard_alone(portal: Portal, basket: int) -> None:
    summary = portal.page.get_by_role("main").locator("summary").filter(has_text="Copy")
    if portal.javascript:
        portal.press("o")
    else:
        portal.tab_to(summary)
        portal.press("Enter")
    name = portal.page.get_by_label("Name of the new basket")
    expect(name).to_be_visible()
    portal.tab_to(name)
    portal.press("ControlOrMeta+a")
    portal.type(f"Copied {basket}")
    portal.press("Enter")
    portal.heading(f"Copied {basket}")
