"""Many lines of a basket worked on at one time, by keyboard alone and without scripts (BASKET-8)."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule


def lines(portal: Portal) -> Locator:
    return portal.page.get_by_role("checkbox", name=re.compile("^Select (?!all)"))


def begin(portal: Portal, goods: list[Good], name: str) -> int:
    """Ben before a basket of three lines; gives its id."""
    basket = portal.sign_in(BEN).basket(name, {good.sku: 2 for good in goods[:3]})
    portal.open(f"/baskets/{basket}")
    portal.heading(name)
    return basket


@rule("BASKET-8")
def test_ben_selects_by_keyboard_removes_and_undoes(scripted: Portal, goods: list[Good]) -> None:
    portal = scripted
    begin(portal, goods, "By keys")
    portal.mark()
    portal.press("j", "x", "j", "j", "Shift+X")
    expect(portal.page.get_by_text("3 selected")).to_be_visible()
    portal.press("k", "x")
    expect(portal.page.get_by_text("2 selected")).to_be_visible()
    portal.press("d")
    portal.says("2 lines removed")
    expect(lines(portal)).to_have_count(1)
    portal.press("u")
    portal.says("back")
    expect(lines(portal)).to_have_count(3)
    assert portal.stayed()


@rule("BASKET-8")
def test_ben_moves_a_line_by_keyboard(scripted: Portal, goods: list[Good]) -> None:
    portal = scripted
    begin(portal, goods, "To move from")
    portal.mark()
    portal.press("j", "m")
    expect(portal.page.get_by_label("Move or copy to")).to_be_focused()
    expect(portal.page.get_by_text("1 selected")).to_be_visible()
    portal.press("End", "Tab", "Enter")
    portal.says("1 line moved to")
    expect(lines(portal)).to_have_count(2)
    expect(portal.sums).to_contain_text("2 lines, 4 units")
    portal.press("u")
    portal.says("1 line is back")
    expect(lines(portal)).to_have_count(3)
    assert portal.stayed()


@rule("BASKET-8")
def test_ben_writes_a_note_by_keyboard(scripted: Portal, goods: list[Good]) -> None:
    portal = scripted
    begin(portal, goods, "With a note")
    portal.press("j", "n")
    expect(portal.page.get_by_label(re.compile("^Note on")).first).to_be_focused()
    portal.type("floor 3")
    portal.press("Enter")
    portal.says("saved")
    portal.sees("floor 3")


@rule("BASKET-8")
def test_ben_moves_and_undoes(portal: Portal, goods: list[Good]) -> None:
    begin(portal, goods, f"Moved {portal.javascript}")
    for box in lines(portal).all()[:2]:
        box.check()
    portal.page.get_by_label("Move or copy to").select_option(label="a new basket")
    portal.button(re.compile("^Move the")).click()
    portal.says("2 lines moved to")
    expect(lines(portal)).to_have_count(1)
    portal.button("Undo").click()
    portal.says("2 lines are back")
    expect(lines(portal)).to_have_count(3)


@rule("BASKET-8")
def test_ben_finds_and_sorts_lines(portal: Portal, goods: list[Good]) -> None:
    begin(portal, goods, f"Looked through {portal.javascript}")
    before = portal.sums.inner_text()
    portal.link("Quantity").click()
    expect(portal.page).to_have_url(re.compile("sort=quantity"))
    portal.page.get_by_label("Find", exact=True).fill(goods[1].sku)
    portal.page.get_by_label("Find", exact=True).press("Enter")
    portal.sees("1 of 3 lines")
    expect(portal.page).to_have_url(re.compile(f"q={goods[1].sku}"))
    expect(lines(portal)).to_have_count(1)
    assert portal.sums.inner_text() == before
