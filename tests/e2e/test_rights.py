"""What Vera, Sam and a visitor do not see, and what they are told instead."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, SAM, VERA, Portal
from tests.rules_named import rule

PRICE = re.compile(r"\$\s?\d|data-cents|MSRP|Your price")


@rule("PRICE-1")
@pytest.mark.parametrize(
    "path", ["/", "/products?q=monitor", "/products/{sku}", "/products/{sku}/availability?quantity=9"]
)
def test_vera_sees_no_price_anywhere(portal: Portal, goods: list[Good], path: str) -> None:
    portal.sign_in(VERA)
    assert portal.open(path.format(sku=goods[0].sku)) == 200
    assert not PRICE.search(portal.page.content())
    assert "ship" in portal.page.content() or path == "/"


@rule("BASKET-1")
def test_vera_is_told_why_she_cannot_add_and_who_can_change_it(portal: Portal, goods: list[Good]) -> None:
    portal.sign_in(VERA)
    for path in ("/products?q=monitor", f"/products/{goods[0].sku}"):
        portal.open(path)
        add = portal.page.get_by_role("main").get_by_role("button", name=re.compile("^Add"))
        expect(add.first).to_be_disabled()
        for button in add.all():
            expect(button).to_have_accessible_description(re.compile("Dana.*administrator"))


@rule("BASKET-1", "LINK-1")
def test_vera_has_no_link_to_what_she_may_not_open(portal: Portal) -> None:
    portal.sign_in(VERA)
    for path in ("/baskets", "/orders"):
        assert portal.open(path) == 403
        portal.sees(re.compile("Dana.*administrator"))
        expect(portal.page.get_by_role("link", name=re.compile("My Baskets|My Orders"))).to_have_count(0)


@rule("PROD-4")
def test_a_visitor_sees_retail_prices_alone(portal: Portal, goods: list[Good]) -> None:
    portal.open(f"/products/{goods[0].sku}")
    portal.sees("MSRP")
    expect(portal.page.get_by_text("Why this price?")).to_have_count(0)
    expect(portal.button("Add to basket")).to_have_accessible_description(re.compile("Log in"))
    portal.link("Log in").click()
    portal.give_password(BEN)
    portal.heading(goods[0].name)
    portal.sees("Why this price?")


@rule("ORDER-5")
def test_sam_does_not_find_what_is_bens(portal: Portal, goods: list[Good]) -> None:
    ben = portal.sign_in(BEN)
    basket = ben.basket(f"Not Sam's {portal.javascript}", {goods[0].sku: 1})
    number = ben.order(ben.basket(f"Ordered {portal.javascript}", {goods[0].sku: 1}), f"SAM-{portal.javascript}")
    portal.sign_in(SAM)
    for path in (f"/orders/{number}", f"/baskets/{basket}", f"/baskets/{basket}/order"):
        assert portal.open(path) == 404
        portal.sees("not yours to see")
        assert goods[0].vpn not in portal.page.content()


@rule("CERT-1")
def test_ben_is_told_which_certification_is_missing(portal: Portal, uncertified: str) -> None:
    portal.sign_in(BEN)
    portal.open(f"/products/{uncertified}")
    expect(portal.button("Add to basket")).to_be_disabled()
    expect(portal.button("Add to basket")).to_have_accessible_description(re.compile("certification", re.IGNORECASE))
