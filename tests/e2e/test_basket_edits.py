"""Ben edits a basket with the mouse, in place or by plain forms."""

import re
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule


class Line(NamedTuple):
    """A line of the open basket and what one presses in it."""

    row: Locator
    quantity: Locator
    note: Locator


def line(portal: Portal, good: Good) -> Line:
    row = portal.row(f"SKU {good.sku}")
    return Line(row, row.get_by_label(f"Quantity of {good.vpn}"), row.get_by_label(f"Note on {good.vpn}"))


@pytest.fixture
def basket(portal: Portal, goods: list[Good], request: pytest.FixtureRequest) -> int:
    """An open basket of Ben's with two of the first product and one each of two others."""
    quantities = {goods[0].sku: 2, goods[1].sku: 1, goods[2].sku: 1}
    made = portal.sign_in(BEN).basket(request.node.name[:80], quantities)
    portal.open(f"/baskets/{made}")
    portal.mark()
    return made


def stayed_if_it_can(portal: Portal) -> None:
    """With JavaScript no page load has happened."""
    assert portal.stayed() is portal.javascript


def header_agrees(portal: Portal, lines: int) -> None:
    """The header says as many lines and the same total as the sums beside the basket."""
    expect(portal.current_basket).to_contain_text(f"{lines} line{'' if lines == 1 else 's'}")
    expect(portal.current_basket).to_contain_text(portal.sums.get_by_role("definition").first.inner_text())


@rule("BASKET-8", "WEB-2")
def test_a_quantity_changes_and_the_sums_follow(portal: Portal, basket: int, goods: list[Good]) -> None:
    quantity = line(portal, goods[0]).quantity
    quantity.fill("5")
    quantity.press("Enter")
    portal.says(f"{goods[0].vpn}: 5, was 2.")
    expect(portal.sums).to_contain_text("3 lines, 7 units")
    header_agrees(portal, 3)
    stayed_if_it_can(portal)


@rule("BASKET-8")
def test_a_changed_quantity_is_undone(portal: Portal, basket: int, goods: list[Good]) -> None:
    quantity = line(portal, goods[0]).quantity
    quantity.fill("9")
    quantity.press("Enter")
    portal.says("9, was 2.")
    portal.button("Undo").click()
    expect(quantity).to_have_value("2")
    header_agrees(portal, 3)
    stayed_if_it_can(portal)


@rule("BASKET-8")
def test_a_line_gets_a_note(portal: Portal, basket: int, goods: list[Good]) -> None:
    noted = line(portal, goods[1])
    noted.row.get_by_text("Add a note").click()
    noted.note.fill("For the lobby")
    noted.row.get_by_role("button", name="Save note").click()
    portal.says("saved")
    expect(noted.row.get_by_text("For the lobby")).to_be_visible()
    stayed_if_it_can(portal)


@rule("BASKET-8")
def test_a_removed_line_comes_back(portal: Portal, basket: int, goods: list[Good]) -> None:
    portal.button(f"Remove {goods[1].vpn}").click()
    portal.says(f"1 × {goods[1].vpn} removed.")
    expect(line(portal, goods[1]).row).to_have_count(0)
    header_agrees(portal, 2)
    portal.button("Undo").click()
    expect(line(portal, goods[1]).row).to_be_visible()
    header_agrees(portal, 3)
    stayed_if_it_can(portal)


@rule("BASKET-8", "BASKET-1")
def test_a_line_is_added_by_its_code(portal: Portal, basket: int, goods: list[Good]) -> None:
    portal.page.get_by_label("SKU, VPN, UPC or own number", exact=True).fill(goods[3].vpn)
    portal.button("Add line").click()
    portal.says(f"1 × {goods[3].vpn} added to")
    expect(line(portal, goods[3]).quantity).to_have_value("1")
    header_agrees(portal, 4)
    stayed_if_it_can(portal)


@rule("BASKET-8", "WEB-3")
def test_a_wrong_quantity_says_so_at_its_line(portal: Portal, basket: int, goods: list[Good]) -> None:
    wrong = line(portal, goods[0])
    wrong.quantity.fill("some")
    wrong.quantity.press("Enter")
    expect(wrong.quantity).to_have_attribute("aria-invalid", "true")
    expect(wrong.quantity).to_have_value("some")
    expect(wrong.quantity).to_have_accessible_description(re.compile("whole number|1 to"))
    stayed_if_it_can(portal)


@rule("BASKET-10", "WEB-3")
@pytest.mark.parametrize(("button", "told"), [("Set 9", "9, was 4."), ("Keep 4", "saved")])
def test_a_change_that_comes_too_late_is_asked_about(
    portal: Portal, basket: int, goods: list[Good], button: str, told: str
) -> None:
    other = portal.page.context.new_page()
    other.goto(portal.page.url)
    other.get_by_label(f"Quantity of {goods[0].vpn}").fill("4")
    other.get_by_label(f"Quantity of {goods[0].vpn}").press("Enter")
    expect(other.get_by_role("status").filter(has_text="4, was 2.").first).to_be_visible()
    other.close()
    late = line(portal, goods[0])
    late.quantity.fill("9")
    late.quantity.press("Enter")
    expect(late.row).to_contain_text("you typed 9")
    expect(late.quantity).to_have_value("9")
    portal.button(button).click()
    portal.says(told)


@rule("BASKET-7")
def test_the_current_basket_is_switched_from_any_page(portal: Portal, request: pytest.FixtureRequest) -> None:
    errands, another = portal.sign_in(BEN), f"Another {request.node.name}"[:80]
    errands.basket(another, {})
    errands.basket(f"Before {request.node.name}"[:80], {})
    portal.open("/products?q=dock")
    portal.page.get_by_role("banner").get_by_role("link", name=re.compile("^Switch")).click()
    portal.button(re.compile("^" + re.escape(another))).click()
    expect(portal.current_basket).to_contain_text(another)
    expect(portal.page).to_have_url(re.compile(r"/products\?q=dock$"))


@rule("BASKET-8")
def test_what_is_typed_elsewhere_survives_a_change(scripted: Portal, goods: list[Good]) -> None:
    made = scripted.sign_in(BEN).basket("Half typed", {goods[0].sku: 2, goods[1].sku: 1})
    scripted.open(f"/baskets/{made}")
    code = scripted.page.get_by_label("SKU, VPN, UPC or own number", exact=True)
    code.fill("half a co")
    scripted.button(f"Remove {goods[1].vpn}").click()
    scripted.says("removed.")
    expect(code).to_have_value("half a co")


@rule("WEB-2")
def test_the_focus_stays_where_one_works(scripted: Portal, goods: list[Good]) -> None:
    made = scripted.sign_in(BEN).basket("Focus", {goods[0].sku: 2, goods[1].sku: 1, goods[2].sku: 1})
    scripted.open(f"/baskets/{made}")
    quantity = line(scripted, goods[0]).quantity
    quantity.fill("4")
    quantity.press("Enter")
    scripted.says("4, was 2.")
    expect(quantity).to_be_focused()
    scripted.button(f"Remove {goods[1].vpn}").click()
    scripted.says("removed.")
    expect(
        line(scripted, goods[2]).row.or_(line(scripted, goods[0]).row).locator(":focus, :scope:focus")
    ).to_have_count(1)


@rule("WEB-2")
def test_an_undo_stays_until_the_next_thing_is_done(scripted: Portal, goods: list[Good]) -> None:
    made = scripted.sign_in(BEN).basket("Back from lunch", {goods[0].sku: 2, goods[1].sku: 1})
    scripted.page.clock.install()
    scripted.open(f"/baskets/{made}")
    scripted.button(f"Remove {goods[1].vpn}").click()
    scripted.says("removed.")
    scripted.page.clock.fast_forward(30 * 60 * 1000)
    scripted.press("u")
    scripted.says("is back")
    expect(scripted.sums).to_contain_text("2 lines")
