"""What the customer pays: own price, else markup, else suggested retail, and never the cost by accident (BASKET-14)."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.rules import selling_figures as figures
from app.rules.basket_sums import Line, LineSum
from app.rules.offers import Price
from app.rules.refusals import Invalid
from app.rules.selling_figures import Origin, marked_up, percent, priced, read_markup, read_price, written_markup
from app.rules.stock import Promise
from tests.rules_named import rule


def line(cost: int | None, own: int | None = None, retail: int | None = 9_900, quantity: int = 3) -> LineSum:
    kept = Line(1, quantity, "", 1, {"msrp_cents": retail, "vpn": "V", "sku": "S"}, selling_cents=own)
    return LineSum(kept, Price(cost, "Trade", 1) if cost is not None else None, Promise(quantity, 0, None, ()), None)


@rule("BASKET-14")
@pytest.mark.parametrize(
    ("found", "cents", "origin"),
    [
        (priced(line(6_000, own=5_000), 1_250), 5_000, Origin.OWN),
        (priced(line(6_000, own=0), 1_250), 0, Origin.OWN),
        (priced(line(6_000), 1_250), 6_750, Origin.MARKUP),
        (priced(line(6_000), None), 9_900, Origin.RETAIL),
        (priced(line(None), 1_250), 9_900, Origin.RETAIL),
        (priced(line(None, retail=None), 1_250), None, Origin.NONE),
    ],
)
def test_where_a_selling_price_comes_from(found: figures.Priced, cents: int | None, origin: Origin) -> None:
    assert (found.cents, found.origin) == (cents, origin)


@rule("BASKET-14", "PRICE-3")
@given(some.integers(0, 10**12), some.integers(1, figures.HIGHEST_MARKUP))
def test_a_markup_is_half_up_and_never_shows_the_cost(cost: int, points: int) -> None:
    exact, asked = cost * (10_000 + points), marked_up(cost, points)
    assert asked > cost
    assert asked == cost + 1 or -5_000 < asked * 10_000 - exact <= 5_000


def test_the_margin_is_of_the_whole_line_and_in_a_hundred_of_the_selling_price() -> None:
    found = priced(line(6_000), 2_500)
    assert (found.cost_total_cents, found.margin_cents, found.margin_percent) == (18_000, 4_500, "20.0")
    below = priced(line(6_000, own=5_000), None)
    assert (below.margin_cents, below.margin_percent) == (-3_000, "-20.0")
    assert priced(line(6_000, own=0), None).margin_percent == ""
    assert priced(line(None), None).margin_cents is None


@pytest.mark.parametrize(("part", "whole", "said"), [(1, 3, "33.3"), (1, 2_000, "0.1"), (-1, 10**6, "0.0"), (1, 0, "")])
def test_per_cents_are_half_up(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("12.5", 1_250),
        ("12.5 %", 1_250),
        (" 0.01", 1),
        ("1,000", 100_000),
        ("1000.00%", 100_000),
        ("", None),
        (" ", None),
    ],
)
def test_markups_that_are_taken(typed: str, points: int | None) -> None:
    assert read_markup(typed) == points
    assert points is None or read_markup(written_markup(points)) == points


@pytest.mark.parametrize(
    "typed", ["0", "0.00", "-1", "1000.01", "12,5", "12.555", "½", "١٢", "1e3", "abc", "%", "9" * 30, "1 2", "+5"]
)
def test_markups_that_are_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_markup(typed)
    assert set(refused.value.errors) == {"markup"}


@pytest.mark.parametrize("typed", ["-0.01", "1.999", "ten", "9999999.991", "10000000", "١٢", "1,50"])
def test_prices_that_are_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_price(typed)
    assert set(refused.value.errors) == {"price"}


def test_prices_that_are_taken() -> None:
    assert [read_price(typed) for typed in ("", "0.00", "$1,234.5", "9999999.99")] == [None, 0, 123_450, 999_999_999]
