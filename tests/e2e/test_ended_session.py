"""Ben's session ends while he types, and nothing typed is lost (LOGIN-9)."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule

pytestmark = rule("LOGIN-9")


@pytest.fixture
def end_sessions(database: Path) -> Callable[[], None]:
    def ended() -> None:
        with closing(sqlite3.connect(database, timeout=10)) as served, served:
            served.execute("DELETE FROM sessions")

    return ended


def test_a_new_basket_is_found_again(portal: Portal, end_sessions: Callable[[], None]) -> None:
    portal.sign_in(BEN)
    portal.open("/baskets")
    portal.page.get_by_label("Name").fill(f"Lobby {portal.javascript}")
    portal.page.get_by_label("Note").fill("two screens, one “wall”")
    end_sessions()
    portal.button("Create basket").click()
    portal.sees("Your session has ended")
    portal.give_password(BEN)
    portal.heading("My Baskets")
    expect(portal.page.get_by_label("Name")).to_have_value(f"Lobby {portal.javascript}")
    expect(portal.page.get_by_label("Note")).to_have_value("two screens, one “wall”")
    portal.button("Create basket").click()
    portal.heading(f"Lobby {portal.javascript}")
    portal.sees("two screens, one “wall”")


def test_a_check_out_goes_on(portal: Portal, end_sessions: Callable[[], None], goods: list[Good]) -> None:
    basket = portal.sign_in(BEN).basket(f"Kept {portal.javascript}", {goods[0].sku: 1})
    portal.open(f"/baskets/{basket}/order")
    portal.page.get_by_label("PO number", exact=False).first.fill(f"KEPT-{portal.javascript}")
    end_sessions()
    portal.button("Review order").click()
    portal.give_password(BEN)
    portal.sees("Nothing is lost")
    if portal.javascript:
        expect(portal.page).to_have_url(re.compile(f"/baskets/{basket}/order$"))
    expect(portal.page.get_by_label("PO number", exact=False).first).to_have_value(f"KEPT-{portal.javascript}")
    portal.button("Review order").click()
    portal.heading("Review your order")
    portal.sees(f"KEPT-{portal.javascript}")


def test_a_quantity_is_found_again(portal: Portal, end_sessions: Callable[[], None], goods: list[Good]) -> None:
    basket = portal.sign_in(BEN).basket(f"Lines {portal.javascript}", {goods[0].sku: 1})
    portal.open(f"/baskets/{basket}")
    quantity = portal.page.get_by_label(f"Quantity of {goods[0].vpn}")
    quantity.fill("12")
    end_sessions()
    quantity.press("Enter")
    portal.give_password(BEN)
    portal.sees("Nothing is lost")
    expect(quantity).to_have_value("12")
    quantity.press("Enter")
    portal.sees(f"{goods[0].vpn}: 12, was 1.")


def test_a_page_asked_for_is_shown_after_the_log_in(portal: Portal, end_sessions: Callable[[], None]) -> None:
    portal.sign_in(BEN)
    portal.open("/")
    end_sessions()
    portal.quick_link("My Orders").click()
    portal.give_password(BEN)
    expect(portal.page).to_have_url(re.compile("/orders$"))
    portal.heading("My Orders")


def test_a_press_leads_back_to_its_page(portal: Portal, end_sessions: Callable[[], None]) -> None:
    portal.sign_in(BEN)
    portal.open("/settings")
    dense = portal.page.get_by_label("Dense", exact=False)
    end_sessions()
    dense.click()
    if not portal.javascript:
        portal.page.get_by_role("form", name="Display").get_by_role("button", name="Save").click()
    portal.sees("Log in, then press it again")
    portal.give_password(BEN)
    portal.heading("Settings")
    portal.sees("Nothing was changed: press it again.")
    expect(dense).not_to_be_checked()
    expect(portal.page).to_have_url(re.compile(r"/settings\?unsent=1$"))
