"""Many lines at one time come to what a plain model says, whatever is wished in whatever order (BASKET-8)."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from app.rules import basket_bulk, basket_lines, baskets, products
from app.rules.basket_bulk import Wish, together
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing, Refused
from app.rules.settings import Settings, settings
from db import sql
from tests.cast import Cast
from tests.checking_out import basket_of, buyer
from tests.goods import Goods
from tests.routes.basket_steps import stock_up
from tests.rules_named import rule

pytestmark = rule("BASKET-8")
LINES = (
    "SELECT product, quantity, note FROM basket_lines WHERE basket = $1 AND removed_at IS NULL ORDER BY added_at, id"
)
HEADER = "SELECT line_count, total_cents, revision FROM baskets WHERE id = $1"
NAMES = ("dock", "hub", "cable", "uncertified", "certified", "on_request", "scarce", "discontinued", "licence")
MOST = 5
NOWHERE = 987_654


@dataclass
class Model:
    """A basket as a dict of quantity and note by product; knows the goods of the story by heart."""

    goods: dict[str, Goods]
    lines: dict[int, tuple[int, str]] = field(default_factory=dict)

    def fits(self, product: int, quantity: int) -> bool:
        bad = {self.goods["uncertified"].id, self.goods["on_request"].id, NOWHERE}
        if product in bad or not 0 < quantity <= settings.max_quantity:
            return False
        if product == self.goods["discontinued"].id:
            return quantity <= 3
        return product != self.goods["cable"].id or quantity % 5 == 0

    def put(self, wishes: list[Wish], replacing: bool) -> set[int]:
        """Those that were refused."""
        refused = set()
        for product in dict.fromkeys(wish.product_id for wish in wishes):
            own = [wish for wish in wishes if wish.product_id == product]
            note = next((wish.note for wish in own if wish.note), "")
            had, stood = self.lines.get(product, (0, ""))
            quantity = sum(wish.quantity for wish in own) + (0 if replacing else had)
            whole = all(wish.quantity > 0 for wish in own)
            if not whole or not self.fits(product, quantity) or (not had and len(self.lines) >= MOST):
                refused.add(product)
                continue
            self.lines[product] = (quantity, note or stood if replacing else stood or note)
        return refused

    def remove(self, product: int) -> None:
        self.lines.pop(product, None)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A basket holds five lines."""
    made = replace(settings, max_basket_lines=MOST)
    monkeypatch.setattr(basket_bulk, "settings", made)
    return made


def goods_of(cast: Cast) -> dict[str, Goods]:
    return {name: getattr(cast, name) for name in NAMES}


GOOD, BAD = st.sampled_from([5, 10]), st.sampled_from([1, 2, 3, 0, -1, 99_999, 100_000, 100_001])
WISHES = st.lists(
    st.tuples(st.sampled_from([*NAMES, "nowhere"]), st.one_of(GOOD, GOOD, BAD), st.sampled_from(["", "a", "b"])),
    max_size=9,
)
STEPS = st.lists(st.one_of(st.tuples(WISHES, st.booleans()), st.sampled_from(NAMES)), min_size=1, max_size=5)


@tried(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_any_wishes_come_to_what_the_model_says(cast: Cast, few: Settings, steps: list[Any]) -> None:
    goods = goods_of(cast)
    model, by, basket = Model(goods), buyer(cast.ben), await basket_of(cast.ben)
    try:
        for step in steps:
            if isinstance(step, str):
                await removed(basket, goods[step].id, cast)
                model.remove(goods[step].id)
            else:
                await put_both(model, basket, step, cast)
            await same(model, basket, by)
    finally:
        await sql.run("DELETE FROM baskets WHERE id = $1", basket)


async def removed(basket: int, product: int, cast: Cast) -> None:
    line = "SELECT id FROM basket_lines WHERE basket = $1 AND product = $2 AND removed_at IS NULL"
    if found := await sql.value(line, basket, product):
        await basket_lines.remove(basket, found, buyer(cast.ben))


async def put_both(model: Model, basket: int, step: Any, cast: Cast) -> None:
    typed, replacing = step
    ids = {name: one.id for name, one in model.goods.items()} | {"nowhere": NOWHERE}
    wishes = [Wish(ids[name], quantity, note) for name, quantity, note in typed]
    before = dict(model.lines)
    foreseen = await basket_bulk.obstacles(await baskets.find(buyer(cast.ben), basket), wishes, buyer(cast.ben))
    refused = model.put(wishes, replacing)
    outcome = await basket_bulk.put(basket, wishes, buyer(cast.ben), replacing=replacing)
    assert set(outcome.refused) == refused
    assert all(outcome.refused.values())
    assert replacing or foreseen == outcome.refused
    assert {wish.product_id for wish in outcome.put} == {wish.product_id for wish in wishes} - refused
    assert outcome.was == {wish.product_id: before[wish.product_id][0] for wish in wishes if wish.product_id in before}


async def same(model: Model, basket: int, by: Any) -> None:
    rows = await sql.rows(LINES, basket)
    assert {row["product"]: (row["quantity"], row["note"]) for row in rows} == model.lines
    opened = await baskets.open(by, basket)
    header = await sql.row(HEADER, basket) or {}
    assert (header["line_count"], header["total_cents"]) == (len(rows), opened.sums.goods_cents)


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
    assert set(outcome.refused.values()) == {"A basket holds at most 5 lines."}
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
