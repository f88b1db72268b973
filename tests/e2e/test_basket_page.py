"""The page of a basket is dense and calm, and its keys lead where they say."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, DANA, Portal
from tests.rules_named import rule

pytestmark = rule("BASKET-8", "WEB-2")


@pytest.fixture
def basket(portal: Portal, goods: list[Good], request: pytest.FixtureRequest) -> int:
    made = portal.sign_in(BEN).basket(request.node.name[:80], {good.sku: 2 for good in goods[:4]})
    portal.open(f"/baskets/{made}")
    return made


def is_seen(page: Page, label: str) -> bool:
    return bool(page.get_by_label(label).evaluate("one => getComputedStyle(one.closest('form')).opacity === '1'"))


def test_rows_are_of_two_lines(scripted: Portal, goods: list[Good]) -> None:
    made = scripted.sign_in(BEN).basket("Dense", {good.sku: 2 for good in goods[:4]})
    scripted.open(f"/baskets/{made}")
    for good in goods[:4]:
        assert scripted.row(f"SKU {good.sku}").evaluate("row => row.offsetHeight") <= 46


def test_what_works_on_ticked_lines_shows_once_some_are(portal: Portal, basket: int) -> None:
    assert not is_seen(portal.page, "Move or copy to")
    portal.page.get_by_role("checkbox", name=re.compile("^Select (?!all)")).first.check()
    assert is_seen(portal.page, "Move or copy to")


def test_a_search_without_a_hit_says_so(portal: Portal, basket: int) -> None:
    portal.page.get_by_label("Find", exact=True).fill("zzzz")
    portal.page.get_by_label("Find", exact=True).press("Enter")
    portal.sees("No line fits “zzzz”.")
    portal.row("No line fits").get_by_role("link", name="Show all").click()
    expect(portal.page.get_by_role("checkbox", name=re.compile("^Select (?!all)"))).to_have_count(4)


def test_a_quantitys_error_stands_under_its_field(portal: Portal, basket: int, goods: list[Good]) -> None:
    quantity = portal.page.get_by_label(f"Quantity of {goods[0].vpn}")
    quantity.fill("9999999999999999999")
    quantity.press("Enter")
    said = portal.page.get_by_text("Type a whole number from 1 to 100,000.")
    expect(said).to_be_visible()
    field, words = quantity.bounding_box(), said.bounding_box()
    assert field and words
    assert abs(words["x"] - field["x"]) < 40
    assert 0 <= words["y"] - field["y"] - field["height"] < (20 if portal.javascript else 60)


def test_the_list_of_keys_is_true(scripted: Portal, goods: list[Good]) -> None:
    made = scripted.sign_in(BEN).basket("True keys", {goods[0].sku: 1})
    scripted.sign_in(BEN).basket("Current instead", {})
    scripted.open(f"/baskets/{made}")
    scripted.button(f"Remove {goods[0].vpn}").click()
    scripted.says("removed.")
    scripted.press("?")
    keys = scripted.page.get_by_role("dialog", name="Keys on this page")
    for name in ("Move or copy lines", "Undo"):
        expect(keys.get_by_text(name, exact=True)).to_be_visible()
    expect(keys.get_by_text("Make current")).to_have_count(0)


def test_a_copy_is_named_by_keyboard_from_wherever_one_is(scripted: Portal, goods: list[Good]) -> None:
    made = scripted.sign_in(BEN).basket("To be copied", {goods[0].sku: 1})
    scripted.open(f"/baskets/{made}")
    scripted.page.get_by_text("More", exact=True).click()
    scripted.press("Escape", "o")
    expect(scripted.page.get_by_label("Name of the new basket")).to_be_focused()
    scripted.type("Named at once")
    scripted.press("Enter")
    scripted.heading("Named at once")


def test_after_a_note_the_focus_is_on_it(scripted: Portal, goods: list[Good]) -> None:
    made = scripted.sign_in(BEN).basket("Noted and on", {good.sku: 1 for good in goods[:2]})
    scripted.open(f"/baskets/{made}")
    scripted.press("j", "n")
    expect(scripted.page.get_by_label(re.compile("^Note on")).first).to_be_focused()
    scripted.type("floor 3")
    scripted.press("Enter")
    scripted.says("saved")
    focused = scripted.page.locator("summary:focus")
    expect(focused).to_have_text("floor 3")
    scripted.press("j")
    expect(scripted.page.get_by_role("row", selected=True)).to_be_focused()


def test_the_badge_opens_who_sees_it(portal: Portal, basket: int) -> None:
    portal.link(re.compile("who sees and changes it$")).click()
    expect(portal.button("Delete basket")).to_be_visible()
    if portal.javascript:
        portal.sees("Each choice here is saved at once.")


def test_what_a_colleague_changes_moves_nothing(scripted: Portal, goods: list[Good]) -> None:
    scripted.sign_in(DANA)
    scripted.open("/company-baskets")
    scripted.link("School rollout").click()
    scripted.heading("School rollout")
    table = scripted.page.get_by_role("main").get_by_role("table")
    before = table.bounding_box()
    scripted.measure("document.querySelector('.told-live').textContent = 'Ben Tahana changed KD-5325 to 9.'")
    assert table.bounding_box() == before
