"""Ben buys, from the search to the confirmation."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Good
from tests.e2e.words import ARI, BEN, Portal
from tests.rules_named import rule


def add_from_its_page(portal: Portal, good: Good, quantity: int) -> None:
    portal.search(good.vpn)
    portal.link(good.vpn).first.click()
    portal.heading(good.name)
    portal.page.get_by_label("Quantity", exact=True).fill(str(quantity))
    portal.button("Add to basket").click()
    portal.says(f"{quantity} × {good.vpn} added to")


def check_out(portal: Portal, po_number: str) -> None:
    """To the review of the basket that is open."""
    portal.sums.get_by_role("link", name="Check out").click()
    portal.page.get_by_label("PO number", exact=False).first.fill(po_number)
    portal.button("Review order").click()
    portal.heading("Review your order")


def place(portal: Portal) -> str:
    """From the review to the order; gives its number."""
    portal.button("Place Order").click()
    portal.heading(re.compile("Order Details"))
    portal.says("is placed")
    return portal.page.url.partition("/orders/")[2].partition("?")[0]


@rule("PROD-1", "BASKET-7")
def test_ben_finds_goods_and_adds_them_to_his_basket(portal: Portal, goods: list[Good]) -> None:
    portal.sign_in(BEN).basket(f"Found {portal.javascript}", {})
    portal.open("/")
    add_from_its_page(portal, goods[0], 2)
    portal.current_basket.click()
    expect(portal.page.get_by_label(f"Quantity of {goods[0].vpn}")).to_have_value("2")


@rule("BASKET-7")
def test_goods_are_added_from_their_row(portal: Portal, goods: list[Good]) -> None:
    portal.sign_in(BEN).basket(f"Rows {portal.javascript}", {})
    portal.open("/")
    portal.search(goods[1].vpn)
    row = portal.row(f"SKU {goods[1].sku}")
    row.get_by_label(f"Quantity of {goods[1].vpn}").fill("3")
    row.get_by_role("button", name="Add").click()
    portal.says(f"3 × {goods[1].vpn} added to")
    expect(portal.current_basket).to_contain_text("1 line")


@rule("ORDER-1", "ORDER-8", "WEB-2")
def test_ben_orders_and_ari_reads_the_confirmation(portal: Portal, goods: list[Good]) -> None:
    po_number = f"FIT-{portal.javascript}"
    basket = portal.sign_in(BEN).basket(f"Fit-out {portal.javascript}", {goods[0].sku: 2, goods[1].sku: 1})
    portal.open(f"/baskets/{basket}")
    check_out(portal, po_number)
    portal.sees(goods[0].name)
    number = place(portal)
    expect(portal.row(goods[0].vpn)).to_contain_text(goods[0].name)
    portal.quick_link("My Orders").click()
    expect(portal.row(number)).to_contain_text(po_number)
    portal.log_out()
    portal.log_in(ARI)
    portal.open("/desk/mail")
    portal.link(re.compile(number)).first.click()
    portal.sees(po_number)
    portal.sees(re.compile(re.escape(goods[1].vpn)))


@rule("ORDER-1")
def test_a_wrong_form_keeps_what_was_typed(portal: Portal, goods: list[Good]) -> None:
    basket = portal.sign_in(BEN).basket(f"Wrong {portal.javascript}", {goods[0].sku: 1})
    portal.open(f"/baskets/{basket}/order")
    portal.page.get_by_label("PO number", exact=False).first.fill("KEPT-1")
    portal.page.get_by_label("Requested date").fill("2020-01-31")
    portal.button("Review order").click()
    expect(portal.page.get_by_label("Requested date")).to_have_attribute("aria-invalid", "true")
    expect(portal.page.get_by_label("PO number", exact=False).first).to_have_value("KEPT-1")


@rule("LOGIN-1", "LINK-1")
def test_ben_logs_in_and_has_his_quick_links(portal: Portal) -> None:
    portal.log_in(BEN)
    portal.heading("Overview")
    for name, path in (("My Baskets", "/baskets"), ("My Orders", "/orders")):
        portal.quick_link(name).click()
        expect(portal.page).to_have_url(re.compile(f"{path}$"))
        portal.heading(name)
    portal.log_out()
