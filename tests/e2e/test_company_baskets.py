"""Dana shares a basket with Ben, who finds it among the company's, with and without scripts, and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, DANA, Portal
from tests.rules_named import rule


def new_basket(portal: Portal, name: str, choice: str) -> None:
    """Made by the form on My Baskets; its page is open then."""
    portal.open("/baskets")
    portal.page.get_by_label("Name required").fill(name)
    portal.page.get_by_role("radio", name=choice).check()
    portal.button("Create basket").click()
    portal.heading(name)


def approve(portal: Portal, name: str) -> None:
    """In the settings of the open basket, in place where scripts run."""
    portal.link(re.compile("who sees and changes it$")).click()
    if not portal.javascript:
        portal.link(re.compile("^Who sees and changes it")).click()
    if portal.javascript:
        portal.page.get_by_role("checkbox", name=name).check()
    else:
        portal.button(f"Approve {name}").click()


@rule("BASKET-5", "WEB-2")
def test_dana_shares_a_basket_and_ben_changes_it(
    portal: Portal, goods: list[Good], request: pytest.FixtureRequest
) -> None:
    name = request.node.name[-60:]
    portal.sign_in(DANA)
    new_basket(portal, name, "Shared")
    portal.mark()
    approve(portal, "Ben Tahana")
    portal.says("Ben Tahana can change it from now on." if portal.javascript else "Saved.")
    if portal.javascript:
        expect(portal.page.get_by_role("checkbox", name="Ben Tahana")).to_be_focused()
        assert portal.stayed()
    portal.sign_in(BEN)
    portal.open("/company-baskets")
    expect(portal.row(name)).to_contain_text("change it")
    portal.link(name).click()
    portal.page.get_by_label("SKU, VPN, UPC or own number", exact=True).fill(goods[0].sku)
    portal.button("Add line").click()
    portal.says("added to")


@rule("BASKET-5", "BASKET-6")
def test_a_withdrawn_approval_leaves_ben_reading(portal: Portal, request: pytest.FixtureRequest) -> None:
    name = request.node.name[-60:]
    portal.sign_in(DANA)
    new_basket(portal, name, "Shared")
    approve(portal, "Ben Tahana")
    if portal.javascript:
        portal.says("from now on")
        portal.page.get_by_role("checkbox", name="Ben Tahana").uncheck()
        portal.says("Ben Tahana can change it no more.")
    else:
        portal.button("End the approval of Ben Tahana").click()
        expect(portal.button("Approve Ben Tahana")).to_be_visible()
    portal.sign_in(BEN)
    portal.open("/company-baskets")
    expect(portal.row(name)).to_contain_text("read and copy it")


@rule("BASKET-3", "WEB-2")
def test_a_public_basket_becomes_private_in_place(scripted: Portal, request: pytest.FixtureRequest) -> None:
    scripted.sign_in(DANA)
    new_basket(scripted, request.node.name[-60:], "Public")
    scripted.mark()
    scripted.page.get_by_text("Name, note, warehouse, who sees it").click()
    scripted.page.get_by_role("radio", name="Private").check()
    scripted.says("Private now: only you see it.")
    expect(scripted.page.get_by_role("radio", name="Private")).to_be_focused()
    assert scripted.stayed()


@rule("BASKET-5", "WEB-2")
def test_by_keyboard_alone_ben_opens_what_is_shared_with_him(scripted: Portal) -> None:
    scripted.sign_in(BEN)
    scripted.open("/")
    scripted.press("g", "c")
    scripted.heading("Company Baskets")
    scripted.tab_to(scripted.link("School rollout"))
    scripted.press("Enter")
    scripted.heading("School rollout")
    scripted.tab_to(scripted.button("Make current"))
    scripted.press("Enter")
    scripted.says("“School rollout” is the current basket.")
    scripted.open("/products")
    expect(scripted.page.get_by_role("link", name="Switch the current basket")).to_have_attribute(
        "data-htmx-powered", "true"
    )
    scripted.press("b")
    expect(scripted.page.get_by_role("dialog")).to_contain_text("Open “School rollout”")
