"""Rows of Quick Order against the catalogue: what is good, and the reason where it is not (BASKET-11, PROD-1)."""

import re

import pytest

from app.files.code_lists import Typed
from app.rules import basket_lines, code_checks
from app.rules.baskets import Basket, create, find
from app.rules.code_checks import Checked
from app.rules.refusals import Invalid
from app.rules.search_text import number_key
from app.rules.settings import settings
from app.rules.typed_quantities import quantity_of
from app.rules.viewers import ALL_PRIVILEGES, Viewer
from db import sql
from db.dialect import SQLITE, array
from db.search_rows import CODES
from tests.cast import Cast, Person
from tests.goods import NOW
from tests.rules_named import rule

NO_QUANTITIES = ["0", "-1", "1.5", "1,5", "½", "1e9", "9223372036854775808", "٢", "１２", "1,000", "1.000", "=1", "two"]


def may_all(person: Person) -> Viewer:
    return person.viewer(company_name="Brightbyte Ltd", privileges=ALL_PRIVILEGES)


async def with_basket(cast: Cast, code: str, quantity: int) -> tuple[Viewer, Basket]:
    """Ben's basket with a line."""
    viewer = may_all(cast.ben)
    made = await create("Fit-out", "private", "", viewer)
    await basket_lines.add(made, code, quantity, viewer)
    return viewer, await find(viewer, made)


async def checked(viewer: Viewer, *rows: tuple[str, str]) -> list[Checked]:
    typed = [Typed(number, code, quantity) for number, (code, quantity) in enumerate(rows, 1)]
    return await code_checks.check(typed, viewer, None)


@rule("BASKET-11")
async def test_a_good_row_says_what_it_names_and_costs(cast: Cast) -> None:
    dock, part = await checked(may_all(cast.ben), ("7rk2q4", "2"), ("nl ud3000 eu", "1"))
    assert dock.product and dock.product["id"] == cast.dock.id
    assert (dock.quantity, dock.problem, dock.together) == (2, "", 2)
    assert dock.price and dock.price.cents == 31_240 and dock.total_cents == 62_480
    assert dock.promise and dock.promise.ships == 2
    assert part.product and part.product["id"] == cast.certified.id


@rule("BASKET-11")
@pytest.mark.parametrize(
    ("goods", "quantity", "field", "words"),
    [
        ("uncertified", "1", "code", "PIKE"),
        ("uncertified", "½", "code", "certification"),
        ("on_request", "1", "code", "Price on request"),
        ("discontinued", "4", "quantity", "3 are left"),
        ("cable", "7", "quantity", "next quantity is 10"),
        ("cable", "", "quantity", "Type a quantity"),
        ("dock", "100001", "quantity", "100,000"),
    ],
)
async def test_a_bad_row_says_why(cast: Cast, goods: str, quantity: str, field: str, words: str) -> None:
    (row,) = await checked(may_all(cast.ben), (getattr(cast, goods).sku, quantity))
    assert row.field == field
    assert words.casefold() in row.problem.casefold()


@rule("BASKET-11", "PROD-1")
async def test_a_name_of_several_products_asks_which(cast: Cast) -> None:
    await sql.run("UPDATE products SET vpn_key = 'KD3300' WHERE id = $1", cast.hub.id)
    (row,) = await checked(may_all(cast.ben), ("KD-3300", "1"))
    assert row.product is None and row.field == "code" and "2 products" in row.problem
    assert {product["id"] for product in row.candidates} == {cast.hub.id, cast.discontinued.id}
    typed = [Typed(7, "KD-3300", "1")]
    (picked,) = await code_checks.check(typed, may_all(cast.ben), None, chosen={7: cast.hub.id})
    assert picked.product and picked.product["id"] == cast.hub.id and not picked.problem


@rule("BASKET-11", "BASKET-15")
async def test_a_number_of_ones_own_wins_over_a_vpn_and_is_no_strangers(cast: Cast) -> None:
    insert = """INSERT INTO part_numbers (company, product, number, number_key, set_by, set_at)
        VALUES ($1, $2, 'NL-HUB7', $3, $4, $5)"""
    await sql.run(insert, cast.brightbyte, cast.dock.id, number_key("NL-HUB7"), cast.ben.id, NOW)
    (ours,) = await checked(may_all(cast.ben), ("NL-HUB7", "1"))
    (theirs,) = await checked(cast.sam.viewer(privileges=ALL_PRIVILEGES), ("NL-HUB7", "1"))
    assert ours.product and ours.product["id"] == cast.dock.id
    assert theirs.product and theirs.product["id"] == cast.hub.id


@rule("BASKET-11")
async def test_rows_of_one_product_are_priced_together_with_what_the_basket_holds(cast: Cast) -> None:
    viewer, basket = await with_basket(cast, cast.dock.sku, 4)
    typed = [Typed(2, cast.dock.sku, "3"), Typed(3, cast.hub.sku, "1"), Typed(4, cast.dock.vpn, "3")]
    first, hub, second = await code_checks.check(typed, viewer, basket)
    assert (first.together, first.held, first.also, second.also) == (10, 4, (4,), (2,))
    assert first.price and first.price.cents == 30_510 and first.total_cents == 3 * 30_510
    assert (hub.together, hub.held, hub.also) == (1, 0, ())


@rule("BASKET-11", "STOCK-2")
async def test_what_is_too_much_together_is_no_good_in_any_row(cast: Cast) -> None:
    last = cast.discontinued.sku
    assert [row.field for row in await checked(may_all(cast.ben), (last, "2"), (last, "2"))] == ["quantity"] * 2
    most = str(settings.max_quantity)
    rows = await checked(may_all(cast.ben), (cast.dock.sku, most), (cast.dock.sku, "1"))
    assert all("that makes 100,001" in row.problem and row.field == "quantity" for row in rows)


@rule("BASKET-11", "STOCK-2")
async def test_a_reason_gives_the_number_to_type_in_its_row(cast: Cast) -> None:
    viewer, basket = await with_basket(cast, cast.cable.sku, 30)
    typed = [Typed(1, cast.cable.sku, "2"), Typed(2, cast.cable.sku, "1"), Typed(3, cast.discontinued.sku, "9")]
    first, second, last = await code_checks.check(typed, viewer, basket)
    assert first.problem.endswith("With 30 in the basket and 1 in other rows: type 4 here, 35 in all.")
    assert (first.fits, second.fits, last.fits) == (4, 3, 3)
    assert [product["id"] for product in last.candidates] == [cast.dock.id]
    blind = cast.ben.viewer(privileges=frozenset({"use_baskets"}))
    (unseen,) = await checked(blind, (cast.discontinued.sku, "9"))
    assert unseen.fits == 0


@rule("BASKET-11", "BASKET-15")
async def test_a_number_of_ones_own_says_what_else_it_names(cast: Cast) -> None:
    insert = """INSERT INTO part_numbers (company, product, number, number_key, set_by, set_at)
        VALUES ($1, $2, 'NL-HUB7', $3, $4, $5)"""
    await sql.run(insert, cast.brightbyte, cast.dock.id, number_key("NL-HUB7"), cast.ben.id, NOW)
    (ours,) = await checked(may_all(cast.ben), ("NL-HUB7", "1"))
    assert ours.aside == f"Your own number; also the VPN of {cast.hub.sku}." and not ours.problem


@rule("BASKET-11")
@pytest.mark.parametrize(
    ("code", "meant", "words"),
    [
        ("2.4E+41", "24E40", "into a number"),
        ("24" + "0" * 40, "24E40", "into a number"),
        ("24000", "24E3", "into a number"),
        ("4091114", "04091114", "into a number"),
        ("12345678905", "012345678905", "into a number"),
    ],
)
async def test_a_code_that_a_spreadsheet_spoilt_finds_its_product(
    cast: Cast, code: str, meant: str, words: str
) -> None:
    await sql.run("UPDATE products SET vpn = $2, vpn_key = $2 WHERE id = $1", cast.hub.id, meant)
    (row,) = await checked(may_all(cast.ben), (code, "1"))
    assert row.product is None and words in row.problem
    assert [product["id"] for product in row.candidates] == [cast.hub.id]


@rule("BASKET-11")
async def test_a_code_that_was_taken_apart_finds_its_product(cast: Cast) -> None:
    await sql.run("UPDATE products SET vpn = 'CAPTAIN 240', vpn_key = 'CAPTAIN240' WHERE id = $1", cast.hub.id)
    (row,) = await checked(may_all(cast.ben), ("CAPTAIN", "240"))
    assert "Is “240” a part of it?" in row.problem and [one["id"] for one in row.candidates] == [cast.hub.id]


@rule("BASKET-11")
async def test_nothing_is_guessed_of_a_code_that_nothing_is_like(cast: Cast) -> None:
    for code, words in (("NOPE-1", "No product"), ("", "Type a SKU"), ("2026-02-01", "a date"), ("9E+99", "a number")):
        (row,) = await checked(may_all(cast.ben), (code, "1"))
        assert words in row.problem and row.field == "code" and not row.candidates and row.product is None


@rule("PRICE-1", "STOCK-1")
async def test_a_figure_is_not_there_for_who_may_not_see_it(cast: Cast) -> None:
    blind = cast.vera.viewer(privileges=frozenset({"use_baskets"}))
    dock, last = await checked(blind, (cast.dock.sku, "2"), (cast.discontinued.sku, "4"))
    assert dock.price is None and dock.promise is None and not dock.problem and dock.total_cents == 0
    assert "3" not in last.problem.replace("D4SCNT", "")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2", 2), (" 12 ", 12), ("2.0", 2), ("007", 7), ("100000", 100_000), ("2 pcs", 2), ("2 each", 2), ("12 Stk.", 12)],
)
def test_what_is_read_as_a_quantity(typed: str, number: int) -> None:
    assert quantity_of(typed) == number


@rule("BASKET-11")
@pytest.mark.parametrize("typed", ["", "1 000", *NO_QUANTITIES])
def test_what_is_no_quantity(typed: str) -> None:
    with pytest.raises(Invalid) as wrong:
        quantity_of(typed)
    assert wrong.value.errors["quantity"]


@rule("BASKET-11")
async def test_a_thousand_rows_take_as_many_statements_as_one(cast: Cast) -> None:
    viewer, basket = await with_basket(cast, cast.dock.sku, 1)

    async def counted(rows: list[Typed]) -> int:
        before = sql.statements()
        await code_checks.check(rows, viewer, basket)
        return sql.statements() - before

    one = [Typed(1, cast.hub.sku, "1"), Typed(2, "NOPE 2", "3")]
    goods = [cast.dock, cast.hub, cast.cable, cast.uncertified, cast.scarce, cast.licence, cast.on_request]
    many = [Typed(n, goods[n % 7].vpn if n % 5 else f"NOPE {n}", str(n)) for n in range(1_000)]
    assert await counted(one) == await counted(many) == 5


@pytest.mark.usefixtures("cast")
async def test_codes_are_found_by_indexes() -> None:
    async with sql.transaction():
        if not SQLITE:  # so small a table is read whole otherwise
            await sql.run("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN " if SQLITE else "EXPLAIN "
        plan = await sql.rows(explain + CODES, array(["A"]), array(["A"]), 1, array(["A"]))
    told = " | ".join(str(value) for row in plan for value in row.values())
    assert not re.search(r"Seq Scan|SCAN (?!json_each)", told)
