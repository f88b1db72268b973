"""What a quantity gets of the stock, now and later (STOCK-1, STOCK-2)."""

from datetime import date

import pytest

from app.rules import stock
from app.rules.refusals import Invalid
from app.rules.stock import Level
from tests.cast import Cast
from tests.goods import AKL, CHC, WLG
from tests.rules_named import rule

SOON, LATER = date(2026, 12, 3), date(2026, 12, 20)
SHELVES = [
    Level(AKL, "AKL", "Auckland", 5, 10, LATER),
    Level(WLG, "WLG", "Wellington", 3, 4, SOON),
    Level(CHC, "CHC", "Christchurch", 2, 0, None),
]


@rule("STOCK-2")
def test_the_home_warehouse_gives_first() -> None:
    promise = stock.promise(SHELVES, 6, WLG)
    assert [(part.code, part.quantity) for part in promise.parts] == [("WLG", 3), ("AKL", 3)]
    assert promise.words == "6 ship now"


@rule("STOCK-1", "STOCK-2")
def test_the_rest_is_backordered_until_all_of_it_has_come() -> None:
    assert stock.promise(SHELVES, 14, AKL).words == "10 ship now, 4 backordered, expected 3 Dec 2026"
    assert stock.promise(SHELVES, 15, AKL).eta == LATER
    assert stock.promise(SHELVES, 25, AKL).words == "10 ship now, 15 backordered, no date yet"


@rule("STOCK-2")
def test_ship_complete_waits_for_all() -> None:
    promise = stock.promise(SHELVES, 11, AKL, ship_complete=True)
    assert (promise.ships, promise.backordered, promise.parts) == (0, 11, ())
    assert stock.promise(SHELVES, 10, AKL, ship_complete=True).ships == 10


@rule("STOCK-2")
def test_discontinued_goods_are_never_backordered() -> None:
    promise = stock.promise(SHELVES, 12, AKL, discontinued=True)
    assert (promise.ships, promise.backordered, promise.refused) == (10, 0, 2)
    assert promise.words == "10 ship now, 2 not available: discontinued"


def test_one_ships() -> None:
    assert stock.promise(SHELVES, 1, AKL).words == "1 ships now"
    assert stock.promise([], 1, AKL).words == "0 ship now, 1 backordered, no date yet"


@rule("STOCK-2")
@pytest.mark.parametrize(
    ("typed", "least", "multiple", "fits"), [(1, 1, 1, 1), (1, 5, 5, 5), (6, 5, 5, 10), (3, 4, 3, 6), (0, 1, 1, 1)]
)
def test_the_next_quantity_that_is_sold(typed: int, least: int, multiple: int, fits: int) -> None:
    assert stock.fitting_quantity(typed, least, multiple) == fits


@rule("STOCK-2")
def test_a_quantity_that_is_not_sold_says_the_next() -> None:
    stock.check_quantity(10, 5, 5)
    with pytest.raises(Invalid, match=r"at least 5 and in multiples of 5\. The next quantity is 10"):
        stock.check_quantity(7, 5, 5)


@rule("STOCK-2")
def test_a_quantity_beside_others_says_what_to_type_here() -> None:
    said = stock.unfit(33, 5, 5, stock.Apart(basket=30, rows=2))
    assert said.endswith("With 30 in the basket and 2 in other rows: type 3 here, 35 in all.")


@rule("STOCK-1")
async def test_levels_come_in_the_order_of_the_warehouses(cast: Cast) -> None:
    levels = await stock.levels([cast.dock.id, cast.hub.id, 999_999])
    assert [(level.code, level.available) for level in levels[cast.dock.id]] == [("AKL", 120), ("WLG", 44), ("CHC", 20)]
    assert levels[cast.hub.id][0].on_order == 200
    assert levels[cast.hub.id][0].eta is not None
    assert levels[999_999] == []


def test_a_shelf_adds_the_warehouses_up() -> None:
    shelf = stock.shelf(SHELVES)
    assert shelf == (10, "AKL 5 · WLG 3 · CHC 2", 14, SOON)
