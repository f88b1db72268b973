"""Favourites and saved searches as a person keeps them: by keyboard alone, and without scripts (PROD-5, PROD-6)."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, VERA, Portal
from tests.rules_named import rule


def search(portal: Portal, good: Good) -> None:
    portal.open(f"/products?q={good.sku}&page=1")
    portal.heading("Products")


@rule("PROD-5")
def test_ben_stars_finds_and_takes_off_by_keyboard(scripted: Portal, goods: list[Good]) -> None:
    portal = scripted
    portal.sign_in(BEN)
    search(portal, goods[0])
    portal.mark()
    portal.press("j", "f")
    star = portal.button(f"Favourite: {goods[0].vpn}")
    expect(star).to_have_attribute("aria-pressed", "true")
    assert portal.stayed()
    portal.open("/favourites")
    portal.mark()
    portal.press("j", "f")
    portal.says("is no longer a favourite")
    expect(star).to_have_attribute("aria-pressed", "false")
    portal.press("u")
    portal.says("is a favourite again")
    expect(star).to_have_attribute("aria-pressed", "true")
    assert portal.stayed()


@rule("PROD-5")
def test_ben_puts_chosen_favourites_into_the_basket_by_keyboard(scripted: Portal, goods: list[Good]) -> None:
    portal = scripted
    portal.sign_in(BEN).basket("For favourites", {})
    for good in goods[1:3]:
        search(portal, good)
        portal.press("j", "f")
        expect(portal.button(f"Favourite: {good.vpn}")).to_have_attribute("aria-pressed", "true")
    portal.open("/favourites?sort=code")
    portal.mark()
    portal.press("A", "m")
    portal.says("added to “")
    assert portal.stayed()


@rule("PROD-5")
def test_vera_keeps_favourites_without_scripts(plain: Portal, goods: list[Good]) -> None:
    portal = plain
    portal.sign_in(VERA)
    search(portal, goods[0])
    portal.button(f"Favourite: {goods[0].vpn}").click()
    expect(portal.button(f"Favourite: {goods[0].vpn}")).to_have_attribute("aria-pressed", "true")
    portal.open("/favourites")
    portal.sees(goods[0].name)
    portal.button(f"Favourite: {goods[0].vpn}").click()
    portal.says("is no longer a favourite")
    portal.button("Undo").click()
    portal.sees(goods[0].name)


@rule("PROD-6")
def test_ben_saves_renames_and_deletes_a_search_by_keyboard(scripted: Portal) -> None:
    portal = scripted
    portal.sign_in(BEN)
    portal.open("/products?q=cable&returnable=1")
    portal.mark()
    portal.press("s")
    expect(portal.page.get_by_label("Name", exact=True)).to_be_focused()
    portal.press("Enter")
    portal.says("Saved as “cable, returnable”")
    assert portal.stayed()
    portal.open("/searches")
    portal.mark()
    portal.press("j", "e")
    expect(portal.page.get_by_label("Name of cable, returnable")).to_be_focused()
    portal.press("Control+a")
    portal.type("Cables")
    portal.press("Enter")
    portal.says("Renamed to “Cables”")
    expect(portal.page.locator("tr", has_text="Cables")).to_be_focused()
    portal.press("e")
    expect(portal.page.get_by_label("Name of Cables")).to_be_focused()
    portal.press("Control+a")
    portal.type("x" * 81)
    portal.press("Enter")
    expect(portal.page.get_by_label("Name of Cables")).to_have_value("x" * 81)
    portal.sees("This is 81 characters long")
    portal.press("Escape")
    portal.button("Delete Cables").focus()
    portal.press("Delete")
    portal.says("“Cables” deleted")
    portal.press("u")
    portal.says("“Cables” is back")
    assert portal.stayed()
    portal.link("Cables").click()
    expect(portal.page).to_have_url(re.compile(r"/products\?q=cable&returnable=1$"))


@rule("PROD-6")
def test_vera_saves_a_search_without_scripts(plain: Portal) -> None:
    portal = plain
    portal.sign_in(VERA)
    portal.open("/products?q=monitor&page=1")
    portal.page.get_by_text("Save this search").click()
    portal.page.get_by_label("Name", exact=True).fill("")
    portal.button("Save search").click()
    portal.sees("Type a name for the search.")
    portal.page.get_by_label("Name", exact=True).fill("Screens")
    portal.button("Save search").click()
    portal.says("Saved as “Screens”")
    portal.button("Delete Screens").click()
    portal.button("Undo").click()
    portal.link("Screens").click()
    portal.heading("Products")
