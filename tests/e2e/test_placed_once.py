"""Ben presses "Place Order" more than once, and it is one order (ORDER-2)."""

import re

import pytest
from playwright.sync_api import Error, expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule

pytestmark = rule("ORDER-2")


@pytest.fixture
def po_number(portal: Portal, goods: list[Good], request: pytest.FixtureRequest) -> str:
    """The review of a basket of Ben's is on the screen; gives its PO number."""
    po_number = re.sub(r"\W+", "-", request.node.name)[5:38]
    basket = portal.sign_in(BEN).basket(po_number, {goods[0].sku: 1})
    portal.open(f"/baskets/{basket}")
    portal.sums.get_by_role("link", name="Check out").click()
    portal.page.get_by_label("PO number", exact=False).first.fill(po_number)
    portal.button("Review order").click()
    portal.heading("Review your order")
    return po_number


def one_order(portal: Portal, po_number: str) -> None:
    portal.open(f"/orders?q={po_number}")
    expect(portal.row(po_number)).to_have_count(1)


def go_back_and_send_again(portal: Portal) -> None:
    """Without JavaScript the review came by POST and may not be kept: the browser asks for a reload, which posts it."""
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        portal.page.go_back()
    portal.page.wait_for_url("chrome-error://**", wait_until="commit")
    for _ in range(10):
        try:
            portal.page.reload()
        except Error:  # the browser is still putting its own page up
            continue
        break


def test_a_double_click(portal: Portal, po_number: str) -> None:
    portal.button("Place Order").dblclick()
    portal.heading(re.compile("Order Details"))
    one_order(portal, po_number)


def test_back_and_again(portal: Portal, po_number: str) -> None:
    portal.button("Place Order").click()
    portal.heading(re.compile("Order Details"))
    number = portal.page.url.partition("/orders/")[2].partition("?")[0]
    if portal.javascript:
        back_to_the_basket(portal)
    else:
        go_back_and_send_again(portal)
        portal.sees(number)
    one_order(portal, po_number)


def back_to_the_basket(portal: Portal) -> None:
    """The order has taken the place of its check-out: before it stands the basket, and it is not announced again."""
    portal.page.go_back()
    expect(portal.page).to_have_url(re.compile(r"/baskets/\d+$"))
    portal.page.go_forward()
    portal.heading(re.compile("Order Details"))
    expect(portal.page.get_by_text("is placed")).to_have_count(0)


def test_a_second_tab(portal: Portal, po_number: str) -> None:
    first, second = portal.page, portal.page.context.new_page()
    second.goto(re.sub(r"\?.*", "", first.url))
    second.get_by_label("PO number", exact=False).first.fill(f"{po_number[:30]}-2")
    second.get_by_role("button", name="Review order").click()
    portal.button("Place Order").click()
    portal.heading(re.compile("Order Details"))
    second.get_by_role("button", name="Place Order").click()
    expect(second.get_by_text("Nothing was ordered twice")).to_be_visible()
    one_order(portal, po_number)
