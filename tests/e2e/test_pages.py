"""Every page, wide and narrow, light and dark: accessible, sound, no wider than its screen, a quiet console."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import NARROW, NARROWEST, WIDE, Good, opened
from tests.e2e.pages import PAGES, left_open
from tests.e2e.sights import faults, too_low, too_wide, unsound
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule
from tests.safety.portal_map import doors
from tests.servers import Server


@pytest.fixture(scope="module")
def people(browser: Browser, server: Server) -> Iterator[dict[str, Portal]]:
    """A browser with JavaScript for each person."""
    with ExitStack() as stack:
        everybody = {
            email: stack.enter_context(opened(browser, server, True))
            for email in dict.fromkeys(who for who, *_ in PAGES)
        }
        for email, portal in everybody.items():
            if email:
                portal.sign_in(email)
        yield everybody


@pytest.fixture(scope="module")
def places(
    server: Server, database: Path, goods: list[Good], uncertified: str, people: dict[str, Portal]
) -> dict[str, str]:
    """What the addresses above leave open: an order of Ben's with its mail, and baskets in each state."""
    ben = people[BEN].sign_in(BEN)
    ordered = ben.basket("Ordered already", {goods[0].sku: 1, goods[1].sku: 2})
    order = ben.order(ordered, "ON-EVERY-PAGE")
    empty, basket = ben.basket("Empty", {}), ben.basket("Filled", {goods[0].sku: 90_000, goods[1].sku: 2})
    ids = {"ordered": ordered, "empty": empty, "basket": basket}
    made = {"good": goods[0].sku, "uncertified": uncertified, "order": order}
    return left_open(database) | made | {name: str(number) for name, number in ids.items()}


@pytest.fixture(
    scope="module", params=PAGES, ids=[f"{who.partition('@')[0] or 'visitor'} {path}" for who, path, _ in PAGES]
)
def shown(request: pytest.FixtureRequest, people: dict[str, Portal], places: dict[str, str]) -> Portal:
    """One of the pages on the screen of whom it is for; fetched once for all that is asked of it."""
    who, path, status = request.param
    portal = people[who]
    portal.page.set_viewport_size(WIDE)
    portal.page.emulate_media(color_scheme="light")
    assert portal.open(path.format(**places)) == status
    return portal


@rule("WEB-3")
def test_axe_finds_nothing(shown: Portal) -> None:
    shown.page.set_viewport_size(WIDE)
    assert not faults(shown.page)


@rule("WEB-3")
def test_axe_finds_nothing_in_the_dark(shown: Portal) -> None:
    shown.page.emulate_media(color_scheme="dark")
    assert not faults(shown.page, "color-contrast", "link-in-text-block")
    shown.page.emulate_media(color_scheme="light")


@rule("WEB-3")
def test_a_telephone_shows_it_without_scrolling_sideways(shown: Portal) -> None:
    shown.page.set_viewport_size(NARROW)
    assert too_wide(shown.page) == 0
    assert not too_low(shown.page)
    assert not faults(shown.page)
    shown.page.set_viewport_size(NARROWEST)
    assert too_wide(shown.page) == 0


@rule("WEB-3")
def test_the_page_is_sound(shown: Portal) -> None:
    assert not unsound(shown.page)
    assert not shown.complaints


# What is no page for people: files, pieces, and what machines ask.
NO_PAGES = {
    "/desk/applications/{application_id:int}/documents/{document_id:int}",
    "/desk/mail/{notice_id:int}/html",
    "/products/{sku:str}/availability",
    "/baskets/{basket_id:int}/revisions",
    "/become-a-reseller/sent",
    "/healthz",
    "/readyz",
    "/metrics",
}


@rule("WEB-3")
def test_every_page_is_looked_at() -> None:
    paths = [re.sub(r"[?#].*", "", path) for _, path, _ in PAGES]
    unseen = {
        door.path
        for door in doors()
        if door.method == "GET"
        and not any(re.fullmatch(re.sub(r"\{\w+:\w+\}", "[^/]+", door.path), path) for path in paths)
    }
    assert unseen <= NO_PAGES
