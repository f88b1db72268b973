"""The state of an order against a plain model of ORDER-6, in Python and in SQL."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.rules import order_states, placing
from app.rules.checkout import LIMITS
from app.rules.order_lists import UNITS
from db import sql
from tests.cast import Cast
from tests.checking_out import basket_of, buyer
from tests.rules_named import rule

KINDS = ("ordered", "shipped", "delivered", "cancelled", "backordered")


@st.composite
def line(draw: st.DrawFn) -> dict[str, int]:
    """A line as the database allows it."""
    ordered = draw(st.integers(1, 6))
    cancelled = draw(st.integers(0, ordered))
    shipped = draw(st.integers(0, ordered - cancelled))
    delivered = draw(st.integers(0, shipped))
    backordered = draw(st.integers(0, ordered - cancelled - shipped))
    return dict(zip(KINDS, (ordered, shipped, delivered, cancelled, backordered), strict=True))


def unit_by_unit(lines: list[dict[str, int]]) -> str:
    """The rule read word by word, on a list of what became of each unit."""
    units: list[str] = []
    for one in lines:
        waiting = one["ordered"] - one["cancelled"] - one["shipped"] - one["backordered"]
        units += ["cancelled"] * one["cancelled"] + ["delivered"] * one["delivered"]
        units += ["shipped"] * (one["shipped"] - one["delivered"]) + ["backordered"] * one["backordered"]
        units += ["waiting"] * waiting
    left = [unit for unit in units if unit != "cancelled"]
    if not left:
        return "Cancelled"
    if all(unit == "delivered" for unit in left):
        return "Delivered"
    if all(unit in {"delivered", "shipped"} for unit in left):
        return "Shipped"
    if any(unit in {"delivered", "shipped"} for unit in left):
        return "Partly Shipped"
    return "Backordered" if all(unit == "backordered" for unit in left) else "Processing"


@rule("ORDER-6")
@given(st.lists(line(), min_size=1, max_size=4))
def test_the_state_follows_from_the_lines(lines: list[dict[str, int]]) -> None:
    sums = {kind: sum(one[kind] for one in lines) for kind in KINDS}
    assert order_states.state_of(sums) == unit_by_unit(lines)


def test_an_order_of_nothing_is_being_processed() -> None:
    assert order_states.state_of(dict.fromkeys(KINDS, 0)) == "Processing"


@rule("ORDER-6")
async def test_sql_says_the_same(cast: Cast) -> None:
    drawn: list[list[dict[str, int]]] = []

    @settings(max_examples=60, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(line(), min_size=1, max_size=3))
    def draw(lines: list[dict[str, int]]) -> None:
        drawn.append(lines)

    draw()
    for lines in drawn:
        sums = {kind: sum(one[kind] for one in lines) for kind in KINDS}
        places = ", ".join(f"CAST(${place} AS INTEGER) AS {kind}" for place, kind in enumerate(KINDS, 1))
        said = await sql.value(f"SELECT {order_states.CASE} FROM (SELECT {places}) x", *sums.values())  # noqa: S608
        assert said == order_states.state_of(sums) == unit_by_unit(lines)


async def test_units_are_counted_whatever_the_lines(cast: Cast) -> None:
    by = buyer(cast.ben)
    basket = await basket_of(cast.ben, (cast.scarce, 25), (cast.dock, 2))
    typed: dict[str, Any] = dict.fromkeys(LIMITS, "")
    typed |= {"po_number": "1", "address": str(cast.address), "delivery_method": "standard", "ship": "available"}
    number = await placing.place(placing.Posted(basket, "t" * 20, typed), by)
    row = await sql.row(
        f'SELECT {UNITS} FROM orders o JOIN order_lines l ON l."order" = o.id WHERE o.number = $1',  # noqa: S608
        number,
    )
    assert row == {"ordered": 27, "shipped": 0, "delivered": 0, "cancelled": 0, "backordered": 5}
