"""Many lines at one time are judged, ordered and counted as one is (BASKET-1, BASKET-8)."""

from typing import Any

import pytest

from app.rules import basket_bulk, basket_lines, products
from app.rules.basket_bulk import Wish, together
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing, Refused
from app.rules.settings import Settings, settings
from db import sql
from tests.cast import Cast
from tests.checking_out import basket_of, buyer
from tests.goods import Goods
from tests.routes.basket_steps import stock_up
from tests.rules.test_basket_bulk_model import HEADER, LINES, MOST, few, goods_of, removed
from tests.rules_named import rule

__all__ = ["few"]
pytestmark = rule("BASKET-8")


def test_wishes_of_one_product_are_one(cast: Cast) -> None:
    wishes = [Wish(7, 2), Wish(3, 1, "x"), Wish(7, 3, "y"), Wish(7, 1, "z")]
    assert together(wishes) == [Wish(7, 6, "y"), Wish(3, 1, "x")]
    assert together([Wish(7, 5), Wish(7, -1)]) == [Wish(7, -1)]


async def test_new_lines_keep_the_order_of_the_wishes(cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.cable, 5), (cast.scarce, 1))
    await removed(basket, cast.cable.id, cast)
    order = [cast.hub, cast.cable, cast.dock]
    await basket_bulk.put(basket, [Wish(one.id, 5) for one in order], buyer(cast.ben))
    assert [row["product"] for row in await sql.rows(LINES, basket)] == [cast.scarce.id, *(one.id for one in order)]


async def test_it_is_judged_as_one_line_is(cast: Cast) -> None:
    by = buyer(cast.ben)
    for goods, quantity in ((cast.uncertified, 1), (cast.on_request, 1), (cast.discontinued, 4), (cast.cable, 7)):
        product = (await products.rows([goods.id], by))[0]
        outcome = await basket_bulk.put(await basket_of(cast.ben), [Wish(goods.id, quantity)], by)
        single = await refusal_of_one(await basket_of(cast.ben), goods, quantity, by)
        assert single in outcome.refused[product["id"]]


async def refusal_of_one(basket: int, goods: Goods, quantity: int, by: Any) -> str:
    """The first sentence with which the form for one line refuses it."""
    with pytest.raises((Invalid, Refused)) as refused:
        await basket_lines.add(basket, goods.sku, quantity, by)
    return str(refused.value).split(".")[0]


async def test_a_note_that_stands_stays_unless_all_is_replaced(cast: Cast) -> None:
    basket, by = await basket_of(cast.ben), buyer(cast.ben)
    for note, replacing, stands in (("a", False, "a"), ("b", False, "a"), ("", True, "a"), ("c", True, "c")):
        await basket_bulk.put(basket, [Wish(cast.dock.id, 1, note)], by, replacing=replacing)
        assert [row["note"] for row in await sql.rows(LINES, basket)] == [stands]


async def test_past_the_limit_the_first_wishes_count(cast: Cast, few: Settings) -> None:
    goods, by = (
        [one for name, one in goods_of(cast).items() if name not in ("uncertified", "on_request")],
        buyer(cast.ben),
    )
    basket = await basket_of(cast.ben)
    outcome = await basket_bulk.put(basket, [Wish(one.id, 3 if one == cast.discontinued else 5) for one in goods], by)
    assert [wish.product_id for wish in outcome.put] == [one.id for one in goods[:MOST]]
    assert set(outcome.refused.values()) == {f"A basket holds at most {MOST} lines."}
    assert not (await basket_bulk.put(basket, [Wish(goods[0].id, 5)], by)).refused


async def test_nothing_put_is_no_change(cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    before = await sql.row("SELECT * FROM baskets WHERE id = $1", basket)
    await basket_bulk.put(basket, [Wish(cast.uncertified.id, 1)], buyer(cast.ben))
    await basket_bulk.put(basket, [], buyer(cast.ben))
    assert await sql.row("SELECT * FROM baskets WHERE id = $1", basket) == before


async def test_each_line_remembers_who_and_what_was_seen(cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await basket_bulk.put(basket, [Wish(cast.dock.id, 9), Wish(cast.hub.id, 2)], buyer(cast.ben))
    facts = (
        "SELECT changed_by, revision, version, seen_price_cents FROM basket_lines WHERE basket = $1 AND product = $2"
    )
    rows = [await sql.row(facts, basket, goods.id) or {} for goods in (cast.dock, cast.hub)]
    assert [row["seen_price_cents"] for row in rows] == [30_510, 6_125]
    assert {row["changed_by"] for row in rows} == {cast.ben.id}
    assert {row["revision"] for row in rows} == {(await sql.row(HEADER, basket) or {})["revision"]}
    assert [row["version"] for row in rows] == [2, 1]


@rule("BASKET-1", "BASKET-3", "BASKET-4")
async def test_who_may_not_add_one_line_adds_no_many(cast: Cast) -> None:
    basket, wishes = await basket_of(cast.ben), [Wish(cast.dock.id, 1)]
    for visibility, refusal in (("private", Missing), ("public", Refused), ("shared", Refused)):
        await sql.run("UPDATE baskets SET visibility = $1", visibility)
        with pytest.raises(refusal):
            await basket_bulk.put(basket, wishes, buyer(cast.dana))
        with pytest.raises(Missing):
            await basket_bulk.put(basket, wishes, buyer(cast.sam))
    with pytest.raises(Refused):
        await basket_bulk.put(basket, wishes, buyer(cast.ben, Privilege.USE_BASKETS))
    assert await sql.rows(LINES, basket) == []


async def test_a_thousand_wishes_take_as_many_statements_as_two(cast: Cast) -> None:
    basket, by = await basket_of(cast.ben), buyer(cast.ben)
    await stock_up(cast, 1_000)
    await sql.run("DELETE FROM basket_lines")
    spent = []
    for ids in (range(1_000, 1_002), range(1_002, 2_000)):
        start = sql.statements()
        await basket_bulk.put(basket, [Wish(one, 1, "n") for one in ids], by)
        spent.append(sql.statements() - start)
    assert spent[0] == spent[1]
    assert len(await sql.rows(LINES, basket)) == settings.max_basket_lines
