"""Ben works in a basket that Dana changes at the same time (BASKET-10)."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Good
from tests.e2e.errands import Errands
from tests.e2e.words import BEN, DANA, Portal
from tests.rules_named import rule

SOON = 15_000  # milliseconds; a page asks every four seconds


def shared(portal: Portal, goods: list[Good], name: str) -> tuple[int, Errands]:
    """Dana's basket with two of the first product and one of the second, open before Ben, who may change it."""
    dana = Errands(portal.url, DANA)
    made = dana.basket(name[:80], {goods[0].sku: 2, goods[1].sku: 1})
    dana.share(made, "Ben Tahana")
    portal.sign_in(BEN)
    portal.open(f"/baskets/{made}")
    portal.mark()
    return made, dana


def quantity(portal: Portal, good: Good) -> Locator:
    return portal.row(f"SKU {good.sku}").get_by_label(f"Quantity of {good.vpn}")


@rule("BASKET-10")
def test_a_colleagues_changes_appear_by_themselves(
    scripted: Portal, goods: list[Good], request: pytest.FixtureRequest
) -> None:
    made, dana = shared(scripted, goods, request.node.name)
    dana.change(made, goods[0].sku, 5)
    expect(quantity(scripted, goods[0])).to_have_value("5", timeout=SOON)
    scripted.says(f"Dana Reyes changed {goods[0].vpn} to 5.")
    expect(scripted.sums).to_contain_text("2 lines, 6 units")
    dana.send(f"/baskets/{made}/lines", sku=goods[2].sku, quantity="3")
    expect(quantity(scripted, goods[2])).to_have_value("3", timeout=SOON)
    expect(scripted.row(f"SKU {goods[2].sku}")).to_have_count(1)
    assert scripted.stayed()


@rule("BASKET-10")
def test_what_somebody_types_is_never_swapped(
    scripted: Portal, goods: list[Good], request: pytest.FixtureRequest
) -> None:
    made, dana = shared(scripted, goods, request.node.name)
    field = quantity(scripted, goods[0])
    field.click()
    field.fill("7")
    dana.change(made, goods[0].sku, 5)
    row = scripted.row(f"SKU {goods[0].sku}")
    expect(row).to_contain_text(f"Dana Reyes changed {goods[0].vpn} to 5 meanwhile. What you type stays.", timeout=SOON)
    expect(field).to_have_value("7")
    expect(field).to_be_focused()
    field.press("Enter")
    expect(row).to_contain_text("the quantity is 5 now, and you typed 7")
    row.get_by_role("button", name=re.compile("^Set 7")).click()
    expect(scripted.sums).to_contain_text("2 lines, 8 units")
    assert scripted.stayed()


@rule("BASKET-10")
@pytest.mark.parametrize("entered", [True, False])
def test_what_is_typed_into_a_removed_line_is_added_again_or_let_go(
    scripted: Portal, goods: list[Good], request: pytest.FixtureRequest, entered: bool
) -> None:
    made, dana = shared(scripted, goods, request.node.name)
    quantity(scripted, goods[0]).fill("44")
    dana.remove(made, goods[0].sku)
    row = scripted.row(f"SKU {goods[0].sku}")
    if entered:
        quantity(scripted, goods[0]).press("Enter")
    else:
        expect(row).to_contain_text("What you type stays.", timeout=SOON)
        expect(quantity(scripted, goods[0])).to_be_focused()
    expect(scripted.sums).to_contain_text("1 line, 1 unit")
    expect(row.get_by_role("cell", name="$")).to_have_count(0)
    expect(row.get_by_role("checkbox")).to_have_count(0)
    row.get_by_role("button", name="Add 44 again" if entered else "Add it again").click()
    expect(quantity(scripted, goods[0])).to_have_value("44")
    expect(row).to_have_count(1)
    expect(scripted.sums).to_contain_text("2 lines, 45 units")
    quantity(scripted, goods[0]).fill("45")
    dana.remove(made, goods[0].sku)
    row.get_by_role("button", name="Let it go").click(timeout=SOON)
    expect(row).to_have_count(0)
    assert scripted.stayed()


@rule("BASKET-10")
def test_a_row_that_was_only_looked_at_follows_once_it_is_left(
    scripted: Portal, goods: list[Good], request: pytest.FixtureRequest
) -> None:
    made, dana = shared(scripted, goods, request.node.name)
    field = quantity(scripted, goods[0])
    field.focus()
    dana.change(made, goods[0].sku, 5)
    expect(scripted.row(f"SKU {goods[0].sku}")).to_contain_text("meanwhile", timeout=SOON)
    quantity(scripted, goods[1]).focus()
    expect(field).to_have_value("5", timeout=SOON)
    expect(scripted.row(f"SKU {goods[0].sku}")).not_to_contain_text("meanwhile")


@rule("BASKET-10")
def test_a_basket_that_is_deleted_says_so_and_asks_no_more(
    scripted: Portal, goods: list[Good], request: pytest.FixtureRequest
) -> None:
    made, dana = shared(scripted, goods, request.node.name)
    dana.send(f"/baskets/{made}/removal")
    gone = scripted.page.get_by_role("status").filter(has_text="is no longer shared with you")
    expect(gone).to_be_visible(timeout=SOON)
    expect(scripted.page.locator("[data-polls]")).to_have_count(0)
    for told in (goods[0].sku, goods[1].vpn, "$"):
        expect(scripted.page.get_by_role("main")).not_to_contain_text(told)
    assert scripted.stayed()


@rule("BASKET-10", "BASKET-5")
def test_who_may_change_it_no_more_reads_it_until_approved_again(
    scripted: Portal, goods: list[Good], request: pytest.FixtureRequest
) -> None:
    made, dana = shared(scripted, goods, request.node.name)
    ben = re.search(
        r"approvals/([0-9]+)/removal", dana.browser.session.get(f"{scripted.url}/baskets/{made}/approvals").text
    )
    assert ben
    quantity(scripted, goods[0]).fill("7")
    dana.send(f"/baskets/{made}/approvals/{ben[1]}/removal")
    scripted.press("Enter")
    scripted.says("You cannot change this basket any more.")
    expect(quantity(scripted, goods[0])).to_have_count(0)
    for name in ("Remove", "Add line", "Make current", "Move"):
        expect(scripted.page.get_by_role("main").get_by_role("button", name=name)).to_have_count(0)
    dana.send(f"/baskets/{made}/approvals", user=ben[1])
    expect(quantity(scripted, goods[0])).to_have_value("2", timeout=SOON)
    scripted.says("You can change this basket now.")
    assert scripted.stayed()


@rule("BASKET-10", "WEB-2")
def test_without_scripts_a_reload_shows_it_and_a_late_change_is_beside_it(
    plain: Portal, goods: list[Good], request: pytest.FixtureRequest
) -> None:
    made, dana = shared(plain, goods, request.node.name)
    dana.change(made, goods[0].sku, 5)
    field = quantity(plain, goods[0])
    field.fill("7")
    field.press("Enter")
    plain.sees(re.compile("the quantity is 5 now, and you typed 7"))
    plain.open(f"/baskets/{made}")
    expect(quantity(plain, goods[0])).to_have_value("5")
