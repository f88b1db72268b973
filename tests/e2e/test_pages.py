"""Every page, wide and narrow, light and dark: accessible, sound, no wider than its screen, a quiet console."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import NARROW, NARROWEST, WIDE, Good, opened
from tests.e2e.sights import faults, too_low, too_wide, unsound
from tests.e2e.words import ARI, BEN, DANA, VERA, Portal
from tests.rules_named import rule
from tests.servers import Server

NOBODY = ""
PAGES = [
    (NOBODY, "/", 200),
    (NOBODY, "/login", 200),
    (NOBODY, "/password/forgotten", 200),
    (NOBODY, "/password/forgotten/sent", 200),
    (NOBODY, "/password/help", 200),
    (NOBODY, "/password/help/sent?to=distributor", 200),
    (NOBODY, "/password-requirements", 200),
    (NOBODY, "/password/reset/nothing", 403),
    (NOBODY, "/products?q=monitor", 200),
    (NOBODY, "/products?q=qqqqzzzz", 200),
    (NOBODY, "/products/{good}", 200),
    (NOBODY, "/products/suggestions?q=mon", 200),
    (NOBODY, "/nowhere", 404),
    (BEN, "/", 200),
    (BEN, "/products?q=cable&in_stock=1&page=2", 200),
    (BEN, "/products/{good}", 200),
    (BEN, "/products/{uncertified}", 200),
    (BEN, "/baskets", 200),
    (BEN, "/baskets/{basket}", 200),
    (BEN, "/baskets/{empty}", 200),
    (BEN, "/baskets/{ordered}", 200),
    (BEN, "/baskets/choices", 200),
    (BEN, "/baskets/{basket}/order", 200),
    (BEN, "/baskets/{ordered}/order", 200),
    (BEN, "/orders", 200),
    (BEN, "/orders?q=qqqqzzzz", 200),
    (BEN, "/orders/{order}", 200),
    (BEN, "/account/addresses", 200),
    (BEN, "/account/addresses/new", 403),
    (BEN, "/account/profile/password", 200),
    (BEN, "/account/profile/challenge", 200),
    (BEN, "/baskets/999999", 404),
    (DANA, "/account/addresses/new", 200),
    (DANA, "/account/profile/second-step", 200),
    (DANA, "/account/profile/second-step/recovery-codes", 200),
    (DANA, "/account/audit", 200),
    (DANA, "/account/audit?q=qqqqzzzz", 200),
    (DANA, "/account/audit?from=tomorrow", 422),
    (VERA, "/", 200),
    (VERA, "/products?q=monitor", 200),
    (VERA, "/products/{good}", 200),
    (VERA, "/baskets", 403),
    (ARI, "/", 200),
    (ARI, "/desk", 200),
    (ARI, "/desk/mail", 200),
    (ARI, "/desk/mail/{mail}", 200),
    (ARI, "/desk/audit", 200),
    (ARI, "/desk/styleguide", 200),
]


@pytest.fixture(scope="module")
def people(browser: Browser, server: Server) -> Iterator[dict[str, Portal]]:
    """A browser with JavaScript for each person."""
    with ExitStack() as stack:
        everybody = {
            email: stack.enter_context(opened(browser, server, True)) for email in (NOBODY, BEN, DANA, VERA, ARI)
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
    with closing(sqlite3.connect(database)) as served:
        mail = served.execute("SELECT max(id) FROM notices").fetchone()[0]
    ids = {"ordered": ordered, "empty": empty, "basket": basket, "mail": mail}
    return {"good": goods[0].sku, "uncertified": uncertified, "order": order} | {k: str(v) for k, v in ids.items()}


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
