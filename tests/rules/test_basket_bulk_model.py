"""Many lines at one time come to what a plain model says, whatever is wished in whatever order (BASKET-8)."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from app.rules import basket_bulk, basket_lines, baskets
from app.rules.basket_bulk import Wish
from app.rules.settings import Settings, settings
from db import sql
from tests.cast import Cast
from tests.checking_out import basket_of, buyer
from tests.goods import Goods
from tests.rules_named import rule

pytestmark = rule("BASKET-8")
LINES = (
    "SELECT product, quantity, note FROM basket_lines WHERE basket = $1 AND removed_at IS NULL ORDER BY added_at, id"
)
HEADER = "SELECT line_count, total_cents, revision FROM baskets WHERE id = $1"
NAMES = ("dock", "hub", "cable", "uncertified", "certified", "on_request", "scarce", "discontinued", "licence")
MOST = 3
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
    """A basket holds three lines."""
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
