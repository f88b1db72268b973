"""A basket as a file: who may have it, and which figures stand in it (BASKET-12)."""

import csv
import io

import httpx
import pytest

from app.files.code_lists import read_file
from app.rules.privileges import Privilege
from db import sql
from tests.browser import Browser
from tests.cast import Cast, new_person
from tests.routes.basket_steps import add, with_basket
from tests.rules_named import rule

HEADING = "SKU VPN UPC Own_part_number Vendor Description Quantity Note"
MONEY, STOCK = "Unit_price Total Currency", "Ships_now Backordered Expected"


def rows(answer: httpx.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def headed(*parts: str) -> list[str]:
    return [word.replace("_", " ") for part in parts for word in part.split()]


@rule("BASKET-12")
async def test_ben_has_his_basket_as_csv(browser: Browser, cast: Cast) -> None:
    await add(await with_basket(browser, cast), cast.dock.sku, 10)
    await add(browser, cast.hub.sku, 2)
    answer = await browser.get("/baskets/1?format=csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="basket-1.csv"'
    assert "no-store" in answer.headers["Cache-Control"]
    heading, dock, hub = rows(answer)
    assert heading == headed(HEADING, MONEY, STOCK)
    assert dock[0] == "7RK2Q4" and dock[6:] == ["10", "", "305.10", "3051.00", "NZD", "10", "0", ""]
    assert hub[6:13] == ["2", "", "61.25", "122.50", "NZD", "0", "2"] and hub[13].startswith("20")


@rule("BASKET-12", "BASKET-11")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_the_file_is_read_again(browser: Browser, cast: Cast, kind: str) -> None:
    await add(await with_basket(browser, cast), cast.certified.vpn, 3)
    await sql.run("UPDATE basket_lines SET note = $1", '=rack "4"\nfloor')
    content = (await browser.get(f"/baskets/1?format={kind}")).content
    (row,) = read_file("basket", content).rows
    assert (row.number, row.code, row.quantity, row.note) == (2, cast.certified.sku, "3", '=rack "4"\nfloor')


@rule("PRICE-1", "STOCK-1")
@pytest.mark.parametrize(
    ("privilege", "told"),
    [(Privilege.SEE_PRICES, [MONEY]), (Privilege.SEE_AVAILABILITY, [STOCK]), (None, [])],
)
async def test_the_file_shows_no_more_than_the_page(
    browser: Browser, cast: Cast, privilege: Privilege | None, told: list[str]
) -> None:
    await add(await with_basket(browser, cast), cast.dock.sku, 10)
    await sql.run("UPDATE baskets SET visibility = 'public'")
    may = [Privilege.USE_BASKETS, *([privilege] if privilege else [])]
    pat = await new_person("Pat Low", "pat@brightbyte.example", cast.brightbyte, *may)
    answer = await (await browser.sign_in(pat)).get("/baskets/1?format=csv")
    assert rows(answer)[0] == headed(HEADING, *told)
    assert (b"305.10" in answer.content) == (privilege == Privilege.SEE_PRICES)


@rule("BASKET-12")
async def test_the_file_of_a_strangers_basket_is_missing(browser: Browser, cast: Cast) -> None:
    await add(await with_basket(browser, cast), cast.dock.sku, 10)
    await browser.sign_in(cast.sam)
    for kind in ("csv", "xlsx"):
        theirs, missing = [await browser.get(f"/baskets/{number}?format={kind}") for number in (1, 99)]
        assert theirs.status_code == missing.status_code == 404
        assert theirs.content.replace(b"/baskets/1?", b"") == missing.content.replace(b"/baskets/99?", b"")


async def test_a_download_changes_nothing(browser: Browser, cast: Cast) -> None:
    await add(await with_basket(browser, cast), cast.dock.sku, 10)
    before = await sql.rows("SELECT * FROM baskets")
    await sql.run("UPDATE list_prices SET price_cents = price_cents + 1")
    assert b"3051.10" in (await browser.get("/baskets/1?format=csv")).content
    assert await sql.rows("SELECT * FROM baskets") == before


async def test_any_other_format_is_the_page(browser: Browser, cast: Cast) -> None:
    await add(await with_basket(browser, cast), cast.dock.sku, 10)
    answer = await browser.get("/baskets/1?format=exe")
    assert answer.headers["Content-Type"].startswith("text/html") and answer.status_code == 200
