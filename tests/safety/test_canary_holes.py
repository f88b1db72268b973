"""The walk after secret words finds them where somebody forgets whose they are: holes made on purpose."""

from datetime import date
from types import ModuleType

import pytest

from app.rules import (
    addresses,
    basket_finders,
    basket_lists,
    basket_merges,
    order_lists,
    orders,
    part_numbers,
    prices,
    saved_searches,
    sessions,
    sheets,
)
from app.rules.offers import Offer
from app.rules.viewers import Viewer
from tests.browser import Browser
from tests.cast import Cast
from tests.safety.canaries import World, planted
from tests.safety.canary_walks import caught

HOLES = [
    ("nia", basket_finders, "FIND", "b.company = $2", "($2 > 0 OR b.company = $2)"),
    ("dana", basket_finders, "FIND", "b.owner = $1", "$1 > 0"),
    ("nia", basket_lists, "ACTIVE", "b.company = $2", "($2 > 0 OR b.company = $2)"),
    ("ben", basket_merges, "SOURCES", "b.company = $2", "($2 > 0 OR b.company = $2)"),
    ("sam", part_numbers, "PAGE", "n.company = $1", "($1 > 0 OR n.company = $1)"),
    ("sam", part_numbers, "OF_PRODUCT", "company = $1", "company <> $1"),
    ("dana", sheets, "FIND", 's."user" = $2 AND s.company = $3', "$2 > 0 AND $3 > 0"),
    ("dana", sheets, "WAITING", 's."user" = $1 AND s.company = $2', "$1 > 0 AND $2 > 0"),
    ("dana", saved_searches, "ALL", '"user" = $1', "$1 > 0"),
    ("dana", orders, "FIND", "o.company = $1", "($1 > 0 OR o.company = $1)"),
    ("dana", order_lists, "PLAIN", "o.company = $1", "($1 > 0 OR o.company = $1)"),
    ("dana", addresses, "PAGE", "company = $1", "($1 > 0 OR company = $1)"),
    ("sam", addresses, "ALL", "company = $1", "company <> $1"),
]  # fmt: skip


@pytest.fixture
async def world(browser: Browser, cast: Cast) -> World:
    return await planted(browser, cast)


@pytest.mark.parametrize(("who", "module", "name", "whole", "holed"), HOLES, ids=range(len(HOLES)))
async def test_a_finder_that_forgets_the_company_is_caught(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch,
    who: str, module: ModuleType, name: str, whole: str, holed: str,
) -> None:  # fmt: skip
    statement = getattr(module, name)
    assert whole in statement
    monkeypatch.setattr(module, name, statement.replace(whole, holed))
    assert await caught(browser, world, who)


async def test_another_companys_price_is_caught(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = prices.offers

    async def of_somebody(_: int, product_ids: list[int], on: date) -> dict[int, Offer]:
        return await offers(world.cast.coastline, product_ids, on)

    monkeypatch.setattr(prices, "offers", of_somebody)
    assert await caught(browser, world, "ben")


async def test_a_price_without_the_privilege_is_caught(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Viewer, "sees_prices", True)
    assert await caught(browser, world, "nia")


async def test_a_session_of_somebody_else_is_caught(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    holed = sessions.FIND.replace('ELSE s."user" END', "ELSE (SELECT max(id) FROM users WHERE company <> 1) END")
    monkeypatch.setattr(sessions, "FIND", holed.replace("u.id = p.id OR", "u.id > 0 OR"))
    assert await caught(browser, world, "ben")
