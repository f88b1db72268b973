"""Price lists and stock by file: what is set, what is left, what is refused (PRICE-2, STOCK-1)."""

from datetime import date
from pathlib import Path

import pytest

from app.rules import prices
from db import sql
from tests.cast import Cast
from tests.rules.imported import Desk, everything, table
from tests.rules_named import rule

pytestmark = rule("DESK-5")

PRICES = "price_list,sku,min_quantity,price,valid_from,valid_to"
STOCK = "warehouse,sku,available,on_order,eta"


@pytest.fixture
def desk(cast: Cast, tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@rule("PRICE-2")
async def test_prices_of_a_file_count(desk: Desk, cast: Cast) -> None:
    rows = ["TRADE,7RK2Q4,1,300.00,,", "TRADE,7RK2Q4,10,299.994,2026-11-01,2026-11-30", "TRADE,W8N4JD,,$22,,"]
    assert await desk.counts("prices", table(PRICES, rows)) == (1, 2, 0, 0)
    offers = await prices.offers(cast.brightbyte, [cast.dock.id, cast.cable.id], date(2026, 11, 25))
    assert [(price.min_quantity, price.cents) for price in offers[cast.dock.id].breaks] == [
        (1, 30_000),
        (10, 29_999),
    ]
    assert offers[cast.cable.id].breaks[0].cents == 2_200


async def test_the_same_prices_twice(desk: Desk) -> None:
    text = table(PRICES, ["TRADE,7RK2Q4,1,300,,", "TRADE,7RK2Q4,1,290,2026-12-01,", "SILVER,7RK2Q4,1,310,,"])
    assert await desk.counts("prices", text) == (1, 2, 0, 0)
    before = await everything()
    assert await desk.counts("prices", text) == (0, 0, 3, 0)
    assert await everything() == before


async def test_an_unknown_list_is_made_and_said(desk: Desk) -> None:
    text = table(PRICES, ["GOLD,7RK2Q4,1,300,,", "GOLD,W8N4JD,1,20,,"])
    dry = await desk.imports("prices", text, dry_run=True)
    assert await sql.value("SELECT count(*) FROM price_lists WHERE code = 'GOLD'") == 0
    report = await desk.imports("prices", text)
    assert (dry.added, report.added) == (2, 2)
    assert report.lines()[0] == "Row 2: The price list “GOLD” is new: give it to companies at the desk."


async def test_prices_by_source_id(desk: Desk) -> None:
    await desk.imports("products", "sku,name\ne3b0c442-98fc,Fan\n")
    assert await desk.counts("prices", table(PRICES, ["TRADE,e3b0c442-98fc,1,9.99,,"])) == (1, 0, 0, 0)
    assert await desk.counts("prices", "price_list,source_id,price\nTRADE,e3b0c442-98fc,9.99\n") == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("TRADE,NOWHERE,1,5,,", "No product has the SKU or source id “NOWHERE”."),
        ("TRADE,,1,5,,", "sku: it is empty."),
        (",7RK2Q4,1,5,,", "price_list: it is empty."),
        ("TRADE,7RK2Q4,0,5,,", "min_quantity: “0” is not a whole number from 1 to 100,000."),
        ("TRADE,7RK2Q4,1,,,", "price: “” is not an amount of money such as 1234.50."),
        ("TRADE,7RK2Q4,1,5,25/12/2026,", "valid_from: “25/12/2026” is not a date such as 2026-12-31."),
        ("TRADE,7RK2Q4,1,5,,2026-02-30", "valid_to: “2026-02-30” is not a date such as 2026-12-31."),
        (
            "TRADE,7RK2Q4,1,5,2026-12-02,2026-12-01",
            "valid_to: 2026-12-01 is before valid_from, 2026-12-02.",
        ),
    ],
)
async def test_price_rows_that_are_refused(desk: Desk, row: str, reason: str) -> None:
    report = await desk.imports("prices", table(PRICES, [row, "TRADE,W8N4JD,1,5,,"]))
    assert (report.refusals, report.changed) == ([(2, reason)], 1)


async def test_one_price_twice_in_a_file(desk: Desk) -> None:
    report = await desk.imports("prices", table(PRICES, ["TRADE,7RK2Q4,1,5,,", "TRADE,7RK2Q4,,6,,"]))
    assert report.refusals == [(3, "It says what row 2 says: one of the two is too many.")]


@rule("STOCK-1")
async def test_stock_is_set_to_the_figures_of_the_file(desk: Desk, cast: Cast) -> None:
    await sql.run("UPDATE stock SET reserved = 7 WHERE product = $1", cast.dock.id)
    text = table(STOCK, ["AKL,7RK2Q4,5,40,2026-12-03", "wlg,7RK2Q4,44,0,", "CHC,C6Y3GE,9,0,"])
    assert await desk.counts("stock", text) == (0, 2, 1, 0)
    rows = await sql.rows("SELECT * FROM stock WHERE product = $1 ORDER BY warehouse", cast.dock.id)
    assert [(row["available"], row["reserved"], row["on_order"], row["eta"]) for row in rows] == [
        (5, 7, 40, date(2026, 12, 3)),
        (44, 7, 0, None),
        (20, 7, 0, None),
    ]
    assert await sql.value("SELECT available FROM products WHERE id = $1", cast.dock.id) == 69
    assert await desk.counts("stock", text) == (0, 0, 3, 0)


@rule("STOCK-1")
async def test_stock_of_a_new_product(desk: Desk) -> None:
    await desk.imports("products", "sku,name\nA1,Fan\n")
    assert await desk.counts("stock", "warehouse,sku,available\nAKL,A1,3\nWLG,A1,4\n") == (2, 0, 0, 0)
    assert await sql.value("SELECT available FROM products WHERE sku = 'A1'") == 7


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("NSN,7RK2Q4,1,,", "There is no warehouse “NSN”, only AKL, CHC, WLG."),
        ("AKL,NOWHERE,1,,", "No product has the SKU or source id “NOWHERE”."),
        ("AKL,7RK2Q4,-1,,", "available: “-1” is not a whole number from 0 to 99,999,999."),
        ("AKL,7RK2Q4,,,", "available: “” is not a whole number from 0 to 99,999,999."),
    ],
)
async def test_stock_rows_that_are_refused(desk: Desk, row: str, reason: str) -> None:
    report = await desk.imports("stock", table(STOCK, [row]))
    assert report.refusals == [(2, reason)]
