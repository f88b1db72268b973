"""Pages in the states that somebody brings them into: opened, refused, told, waited for."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, WIDE, Good
from tests.e2e.sights import faults, too_low, too_wide, unsound
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule


def the_list_of_keys(portal: Portal, basket: int, good: Good) -> None:
    portal.open(f"/baskets/{basket}")
    portal.press("?")
    expect(portal.page.get_by_role("dialog")).to_be_visible()


def suggestions(portal: Portal, basket: int, good: Good) -> None:
    portal.open("/")
    portal.page.get_by_label("Search products").press_sequentially(good.name[:4])
    expect(portal.page.get_by_role("option").first).to_be_visible()
    portal.press("ArrowDown")


def the_account_menu(portal: Portal, basket: int, good: Good) -> None:
    portal.open("/")
    portal.page.get_by_role("banner").get_by_role("group").locator("summary").click()
    expect(portal.button("Log out")).to_be_visible()


def a_line_with_its_undo(portal: Portal, basket: int, good: Good) -> None:
    portal.open(f"/baskets/{basket}")
    portal.button(f"Remove {good.vpn}").click()
    expect(portal.button("Undo")).to_be_visible()
    portal.button("Undo").hover()  # what one points at does not leave


def a_line_refused(portal: Portal, basket: int, good: Good) -> None:
    portal.open(f"/baskets/{basket}")
    portal.page.get_by_label(f"Quantity of {good.vpn}").fill("some")
    portal.press("Enter")
    expect(portal.page.get_by_label(f"Quantity of {good.vpn}")).to_have_attribute("aria-invalid", "true")


def folds_opened(portal: Portal, basket: int, good: Good) -> None:
    portal.open(f"/baskets/{basket}")
    portal.page.get_by_text("Add a note").first.click()
    portal.page.get_by_text("Name, note, warehouse").click()
    expect(portal.button("Delete basket")).to_be_visible()


def a_code_unknown(portal: Portal, basket: int, good: Good) -> None:
    portal.open(f"/baskets/{basket}")
    portal.page.get_by_label("SKU, VPN, UPC or own number", exact=True).fill("NO-SUCH-CODE")
    portal.button("Add line").click()
    expect(portal.page.get_by_label("SKU, VPN, UPC or own number", exact=True)).to_have_attribute(
        "aria-invalid", "true"
    )


def a_check_out_refused(portal: Portal, basket: int, good: Good) -> None:
    portal.open(f"/baskets/{basket}/order")
    portal.page.get_by_label("PO number", exact=False).first.fill("REFUSED")
    portal.page.get_by_label("Requested date").fill("2020-01-31")
    portal.button("Review order").click()
    expect(portal.page.get_by_label("Requested date")).to_have_attribute("aria-invalid", "true")


def a_review(portal: Portal, basket: int, good: Good) -> None:
    portal.open(f"/baskets/{basket}/order")
    portal.page.get_by_label("PO number", exact=False).first.fill("REVIEWED")
    portal.button("Review order").click()
    portal.heading("Review your order")


def a_log_in_refused(portal: Portal, basket: int, good: Good) -> None:
    portal.page.context.clear_cookies()
    portal.open("/login")
    portal.page.get_by_label("E-mail address").fill("nobody@nowhere.example")
    portal.page.get_by_label("Password").fill("wrong")
    portal.button("Log in").click()
    portal.sees("do not fit together")


def a_form_kept(portal: Portal, basket: int, good: Good) -> None:
    portal.open("/baskets")
    portal.page.context.clear_cookies()
    portal.page.get_by_label("Name").fill("Kept")
    portal.button("Create basket").click()
    portal.give_password(BEN)
    portal.heading("My Baskets")
    expect(portal.page.get_by_label("Name")).to_have_value("Kept")


STATES = [
    the_list_of_keys,
    suggestions,
    the_account_menu,
    a_line_with_its_undo,
    a_line_refused,
    folds_opened,
    a_code_unknown,
    a_check_out_refused,
    a_review,
    a_log_in_refused,
    a_form_kept,
]


@rule("WEB-3")
@pytest.mark.parametrize("bring", STATES, ids=[re.sub("_", " ", state.__name__) for state in STATES])
def test_a_state_is_as_good_as_a_page(
    scripted: Portal, goods: list[Good], bring: Callable[[Portal, int, Good], None], request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.id
    basket = scripted.sign_in(BEN).basket(name, {goods[0].sku: 2, goods[1].sku: 90_000})
    scripted.page.emulate_media(reduced_motion="reduce")
    bring(scripted, basket, goods[0])
    assert not faults(scripted.page)
    scripted.page.emulate_media(color_scheme="dark")
    assert not faults(scripted.page, "color-contrast")
    scripted.page.set_viewport_size(NARROW)
    assert not too_low(scripted.page) and not too_wide(scripted.page)
    assert not faults(scripted.page)
    scripted.page.set_viewport_size(WIDE)
    assert not unsound(scripted.page)
