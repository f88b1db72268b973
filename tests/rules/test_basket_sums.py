"""The figures of a basket against a plain model: exact cents, tax by line, units that ship or wait."""

from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.basket_sums import Line, Sums, summed
from app.rules.offers import Candidate, Offer
from app.rules.settings import settings
from app.rules.stock import Level
from app.rules.viewers import ALL_PRIVILEGES, Viewer
from tests.rules_named import rule

BEN = Viewer(id=2, company_id=1, company_name="Brightbyte Ltd", privileges=ALL_PRIVILEGES)
BLIND = Viewer(id=2, company_id=1, privileges=frozenset({"use_baskets"}))


def product(product_id: int, **more: Any) -> dict[str, Any]:
    """A product that anybody may buy."""
    facts = {"id": product_id, "sku": f"S{product_id}", "vpn": f"V-{product_id}", "certification": None}
    bare = {"is_certified": 0, "is_discontinued": False, "available": 9, "replaced_by_sku": None}
    return {**facts, **bare, "min_quantity": 1, "multiple_quantity": 1, **more}


def level(available: int, warehouse: int = 1) -> Level:
    return Level(warehouse, f"W{warehouse}", f"Warehouse {warehouse}", available, 0, None)


def one(quantity: int, viewer: Viewer = BEN, cents: int | None = 31_240, units: int = 100, **more: Any) -> Sums:
    """The sums of a basket with one line."""
    offer = Offer([] if cents is None else [Candidate(1, cents, 1, "Trade"), Candidate(10, cents - 730, 1, "Trade")])
    return summed([Line(1, quantity, "", 1, product(1, **more))], {1: offer}, {1: [level(units)]}, 1, viewer)


Goods = tuple[int, int | None, int, int]
goods = st.tuples(
    st.integers(1, 100_000), st.none() | st.integers(0, 10**9), st.integers(0, 200_000), st.integers(0, 200_000)
)


def model_tax(cents: int) -> int:
    return floor(Fraction(cents * settings.tax_basis_points, 10_000) + Fraction(1, 2))


@rule("PRICE-3", "STOCK-2")
@given(st.lists(goods, max_size=30))
def test_sums_agree_with_the_plain_model(basket: list[Goods]) -> None:
    lines = [Line(n, row[0], "", 1, product(n)) for n, row in enumerate(basket)]
    offers = {n: Offer([] if row[1] is None else [Candidate(1, row[1])]) for n, row in enumerate(basket)}
    levels = {n: [level(row[2]), level(row[3], 2)] for n, row in enumerate(basket)}
    sums = summed(lines, offers, levels, 2, BEN)
    goods_cents = [row[0] * (row[1] or 0) for row in basket]
    assert sums.goods_cents == sum(goods_cents)
    assert sums.tax_cents == sum(map(model_tax, goods_cents))
    assert sums.total_cents == sums.goods_cents + sums.tax_cents
    assert sums.ships == sum(min(row[0], row[2] + row[3]) for row in basket)
    assert sums.ships + sums.backordered == sums.units == sum(row[0] for row in basket)
    assert sums.obstacles == sum(row[1] is None for row in basket)


@rule("PRICE-2")
def test_a_line_names_the_next_break() -> None:
    line = one(4).lines[0]
    assert line.total_cents == 124_960
    assert one(10).goods_cents == 305_100


@rule("CERT-1", "PRICE-4", "STOCK-2")
@pytest.mark.parametrize(
    ("quantity", "more", "said"),
    [
        (1, {}, None),
        (1, {"cents": None}, "Price on request."),
        (1, {"certification": 7, "certification_name": "Pro", "how_to_get": "Pass."}, "“Pro”, which Brightbyte Ltd"),
        (1, {"certification": 7, "is_certified": 1}, None),
        (4, {"is_discontinued": True, "units": 3}, "Discontinued: 3 are left."),
        (4, {"is_discontinued": True, "units": 3, "replaced_by_sku": "NEW1"}, "Replaced by NEW1."),
        (3, {"is_discontinued": True, "units": 3}, None),
        (7, {"min_quantity": 5, "multiple_quantity": 5}, "The next quantity is 10."),
    ],
)
def test_why_a_line_cannot_be_ordered(quantity: int, more: dict[str, Any], said: str | None) -> None:
    obstacle = one(quantity, **more).lines[0].obstacle
    assert (obstacle is None) if said is None else (obstacle is not None and said in obstacle.words)


@rule("STOCK-1")
def test_who_may_not_see_stock_is_told_no_number_of_it() -> None:
    obstacle = one(4, BLIND, is_discontinued=True, units=3).lines[0].obstacle
    assert obstacle
    assert "3" not in obstacle.words


def test_an_empty_basket_comes_to_nothing() -> None:
    assert (Sums().total_cents, Sums().units, Sums().line(1), Sums().of_sku("S1")) == (0, 0, None, None)
