"""Prices out of the database: whose they are, on which day, of which category, in one statement."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.rules import prices
from app.rules.offers import Price
from db import sql
from db.prices import CompanyPriceList, ContractPrice, Discount, ListPrice, PriceList
from db.products import Category, Product, Vendor
from tests.cast import Cast
from tests.rules_named import rule

TODAY = date(2026, 11, 25)
DAY = timedelta(1)


async def row(row: Any) -> int:
    return int((await type(row).insert(row))[0]["id"])


async def price(cast: Cast, product: int, quantity: int = 1, on: date = TODAY) -> Price | None:
    return (await prices.offers(cast.brightbyte, [product], on))[product].at(quantity)


async def cents(cast: Cast, product: int, quantity: int = 1, on: date = TODAY) -> int | None:
    found = await price(cast, product, quantity, on)
    return found.cents if found else None


@pytest.fixture
async def extra(cast: Cast) -> int:
    """A second price list of Brightbyte's, empty so far."""
    made = await row(PriceList(code="EXTRA", name="Extra"))
    await row(CompanyPriceList(company=cast.brightbyte, price_list=made))
    return made


@pytest.fixture
async def made(cast: Cast) -> int:
    """A product of Acme's in Parts > Fans > Quiet, with an MSRP of $99.99 and no price of its own."""
    vendor = await row(Vendor(name="Acme", name_key="acme"))
    paths = ("Parts", "Parts > Fans", "Parts > Fans > Quiet", "Parts > Fan", "Part")
    ids = [await row(Category(path=path, name=path.split(" > ")[-1], depth=path.count(">") + 1)) for path in paths]
    now = await sql.value("SELECT created_at FROM products LIMIT 1")
    return await row(
        Product(
            sku="ACME1",
            vpn="",
            vpn_key="",
            upc="",
            vendor=vendor,
            category=ids[2],
            name="Acme fan",
            msrp_cents=9_999,
            created_at=now,
            changed_at=now,
        )
    )


async def discount(list_id: int, basis_points: int, vendor: str = "", category: str = "", **more: Any) -> None:
    await row(
        Discount(
            price_list=list_id,
            vendor=await sql.value("SELECT id FROM vendors WHERE name = $1", vendor) if vendor else None,
            category=await sql.value("SELECT id FROM categories WHERE path = $1", category) if category else None,
            basis_points=basis_points,
            **more,
        )
    )


@rule("PRICE-2")
async def test_breaks_of_a_list(cast: Cast) -> None:
    assert [await cents(cast, cast.dock.id, units) for units in (1, 9, 10)] == [31_240, 31_240, 30_510]
    found = await price(cast, cast.dock.id)
    assert found
    assert (found.source, found.min_quantity, found.next_break) == ("price list Trade", 1, (10, 30_510))


@rule("PROD-4", "PRICE-2")
async def test_each_company_has_its_own_price(cast: Cast) -> None:
    sams = await prices.offers(cast.coastline, [cast.dock.id, cast.hub.id], TODAY)
    assert [sams[product].at(1) for product in sams] == [
        Price(33_333, "price list Silver", 1),
        Price(5_777, "contract price", 1),
    ]
    assert await cents(cast, cast.hub.id) == 6_125


@rule("PRICE-4")
async def test_no_price_for_goods_on_request_for_staff_and_for_what_is_not_there(cast: Cast) -> None:
    assert await price(cast, cast.on_request.id) is None
    staffs = await prices.offers(0, [cast.dock.id, 987_654], TODAY)
    assert [staffs[product].at(1) for product in (cast.dock.id, 987_654)] == [None, None]
    assert await prices.offers(cast.brightbyte, [], TODAY) == {}


@rule("PRICE-2")
async def test_the_lowest_of_several_lists(cast: Cast, extra: int) -> None:
    await row(ListPrice(price_list=extra, product=cast.dock.id, min_quantity=5, price_cents=30_000))
    assert [await cents(cast, cast.dock.id, units) for units in (1, 5, 10)] == [31_240, 30_000, 30_000]


@rule("PRICE-2")
@pytest.mark.parametrize(("days", "expected"), [(-1, 31_240), (0, 29_000), (2, 29_000), (3, 31_240)])
async def test_both_days_of_validity_count(cast: Cast, extra: int, days: int, expected: int) -> None:
    first, last = TODAY, TODAY + 2 * DAY
    await row(ListPrice(price_list=extra, product=cast.dock.id, price_cents=29_000, valid_from=first, valid_to=last))
    found = await price(cast, cast.dock.id, on=TODAY + days * DAY)
    assert found
    assert found.cents == expected
    assert (found.valid_from, found.valid_to) == ((first, last) if expected == 29_000 else (None, None))


@rule("PRICE-2")
async def test_an_ended_contract_leaves_the_lists(cast: Cast) -> None:
    await row(ContractPrice(company=cast.brightbyte, product=cast.dock.id, price_cents=20_000, valid_to=TODAY - DAY))
    assert await cents(cast, cast.dock.id) == 31_240
    assert await cents(cast, cast.dock.id, on=TODAY - DAY) == 20_000


@rule("PRICE-2", "PRICE-3")
@pytest.mark.parametrize(
    ("vendor", "category", "expected"),
    [
        ("Acme", "", 8_749),
        ("", "Parts > Fans > Quiet", 8_749),
        ("", "Parts", 8_749),
        ("Acme", "Parts > Fans", 8_749),
        ("Kestrel", "", None),
        ("Kestrel", "Parts", None),
        ("Acme", "Parts > Fan", None),
        ("", "Part", None),
        ("", "Parts > Fan", None),
    ],
)
async def test_discounts_off_msrp(
    cast: Cast, extra: int, made: int, vendor: str, category: str, expected: int | None
) -> None:
    """12.5 % off $99.99 leaves $87.49125: half up to whole cents."""
    await discount(extra, 1_250, vendor, category)
    assert await cents(cast, made) == expected


@rule("PRICE-2")
async def test_a_discount_off_nothing_is_no_price(cast: Cast, extra: int, made: int) -> None:
    await discount(extra, 1_250, "Acme")
    await sql.run("UPDATE products SET msrp_cents = NULL WHERE id = $1", made)
    assert await price(cast, made) is None


@rule("PRICE-2")
async def test_the_best_of_discounts_and_prices(cast: Cast, extra: int, made: int) -> None:
    await discount(extra, 1_000, "Acme")
    await discount(extra, 2_000, "", "Parts", valid_to=TODAY)
    await row(ListPrice(price_list=extra, product=made, min_quantity=3, price_cents=7_000))
    assert [await cents(cast, made, units) for units in (1, 3)] == [7_999, 7_000]
    assert [await cents(cast, made, units, TODAY + DAY) for units in (1, 3)] == [8_999, 7_000]


@rule("BASKET-8")
async def test_any_number_of_products_takes_one_statement(cast: Cast) -> None:
    before = sql.statements()
    await prices.offers(cast.brightbyte, range(1, 501), TODAY)
    assert sql.statements() == before + 1
