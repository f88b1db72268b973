"""The demo's goods and prices are what docs/contract.md promises."""

import pytest

from app.rules import prices
from db import sql
from tests.demo.world import TODAY, count
from tests.rules_named import rule


async def test_the_catalogue_is_wide() -> None:
    assert await count("products") == 1_200
    assert await count("(SELECT DISTINCT vendor FROM products) v") >= 30
    assert await count("(SELECT DISTINCT category FROM products) c") >= 60
    assert await count("categories WHERE depth = 3") >= 60
    assert await count("(SELECT DISTINCT vpn_key FROM products) v") == 1_200


@rule("PROD-3")
@pytest.mark.parametrize(
    "what",
    [
        "is_no_return", "is_serial_tracked", "is_end_user_required", "is_clearance", "is_discontinued",
        "is_discontinued AND replaced_by IS NOT NULL", "min_quantity > 1 AND multiple_quantity > 1",
        "certification IN (SELECT id FROM certifications WHERE code = 'PIKE-PRO')",
        "certification IN (SELECT certification FROM company_certifications)",
        "available = 0 AND id IN (SELECT product FROM stock WHERE eta IS NOT NULL AND on_order > 0)",
        "available > 0 AND id IN (SELECT product FROM stock WHERE available = 0 AND eta IS NOT NULL)",
    ],
)  # fmt: skip
async def test_every_flag_is_there(what: str) -> None:
    assert await count(f"products WHERE {what}")


async def test_brightbyte_lacks_one_certification() -> None:
    missing = """certifications WHERE id NOT IN (SELECT h.certification FROM company_certifications h
        JOIN companies c ON c.id = h.company WHERE c.account_number = '100234')"""
    assert await count(missing) == 1
    assert await count("company_certifications") == 1


async def test_a_dock_is_what_its_name_says() -> None:
    docks = await sql.rows("SELECT name, description FROM products WHERE vpn LIKE 'KD-44%' OR vpn LIKE 'KD-43%'")
    assert len(docks) == 4
    for dock in docks:
        power, displays = dock["name"].split(", ")[2:]
        assert f"Power delivery: {power}; Displays: {displays};" in dock["description"]


@rule("STOCK-2")
async def test_goods_that_go_by_fives_lie_by_fives() -> None:
    loose = """stock s JOIN products p ON p.id = s.product
        WHERE (s.available + s.reserved) % p.multiple_quantity <> 0 OR s.on_order % p.multiple_quantity <> 0"""
    assert not await count(loose)


async def test_codes_are_well_formed() -> None:
    for row in await sql.rows("SELECT sku, upc FROM products"):
        assert len(row["sku"]) == 6
        assert not set(row["sku"]) - set("ACDEFGHJKMNPQRTUVWXY34679")
        assert len(row["upc"]) == 13
        assert sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(row["upc"])) % 10 == 0


async def offers_of(account_number: str) -> dict[int, prices.Offer]:
    company = await sql.value("SELECT id FROM companies WHERE account_number = $1", account_number)
    rows = await sql.rows("SELECT id FROM products")
    return await prices.offers(company, [row["id"] for row in rows], TODAY)


@rule("PRICE-4")
@pytest.mark.parametrize("account_number", ["100234", "100377"])
async def test_all_but_one_have_a_price(account_number: str) -> None:
    offers = await offers_of(account_number)
    without = [product for product, offer in offers.items() if offer.at(100) is None]
    assert len(without) == 1
    assert await sql.value("SELECT msrp_cents FROM products WHERE id = $1", without[0]) is None


async def test_prices_come_from_everywhere() -> None:
    offers = await offers_of("100234")
    sources = {price.source for offer in offers.values() for price in offer.breaks}
    assert "contract price" in sources
    assert {"price list Trade", "price list Silver"} <= sources
    assert any("off MSRP" in source for source in sources)
    assert any(len(offer.breaks) > 1 for offer in offers.values())
