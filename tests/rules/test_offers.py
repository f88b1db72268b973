"""The decision on a price, against a model that is as plain as the rule (PRICE-2)."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.rules.offers import CONTRACT, Candidate, Offer
from tests.rules_named import rule

pytestmark = rule("PRICE-2")

DAY = date(2026, 11, 1)
starts = st.none() | st.integers(0, 3).map(lambda days: DAY + timedelta(days))
amounts, quantities, lists = st.integers(0, 9), st.integers(1, 12), st.integers(1, 3)
contract_rows = st.tuples(quantities, amounts, starts).map(lambda made: Candidate(made[0], made[1], valid_from=made[2]))
list_rows = st.tuples(quantities, amounts, lists, starts).map(
    lambda made: Candidate(made[0], made[1], made[2], "Silver", valid_from=made[3])
)
discounts = st.tuples(amounts, lists, st.integers(1, 9_999)).map(
    lambda made: Candidate(1, made[0], made[1], "Silver", made[2])
)
candidates = st.lists(contract_rows, max_size=3) | st.lists(contract_rows | list_rows | discounts, max_size=9)


def price_of_one_source(rows: list[Candidate], quantity: int) -> list[int]:
    """The highest quantity that is reached, then the latest start, then the lowest price."""
    reached = [row for row in rows if row.min_quantity <= quantity]
    best = sorted(reached, key=lambda row: (-row.min_quantity, -(row.valid_from or date.min).toordinal(), row.cents))
    return [row.cents for row in best[:1]]


def model(rows: list[Candidate], quantity: int) -> int | None:
    of_contract = price_of_one_source([row for row in rows if row.list_id == CONTRACT], quantity)
    if of_contract:
        return of_contract[0]
    lists = [
        price_of_one_source([row for row in rows if row.list_id == number and not row.basis_points], quantity)
        for number in (1, 2, 3)
    ]
    off = [row.cents for row in rows if row.basis_points]
    return min([cents for found in lists for cents in found] + off, default=None)


@given(candidates, st.integers(1, 15))
def test_the_offer_is_what_the_model_says(rows: list[Candidate], quantity: int) -> None:
    price = Offer(rows).at(quantity)
    assert (price.cents if price else None) == model(rows, quantity)


@given(candidates)
def test_the_order_of_rows_does_not_matter(rows: list[Candidate]) -> None:
    there = [(price.min_quantity, price.cents) for price in Offer(rows).breaks]
    assert there == [(price.min_quantity, price.cents) for price in Offer(reversed(rows)).breaks]


@given(candidates)
def test_breaks_follow_each_other(rows: list[Candidate]) -> None:
    breaks = Offer(rows).breaks
    assert [price.next_break for price in breaks[:-1]] == [(price.min_quantity, price.cents) for price in breaks[1:]]
    assert not breaks or breaks[-1].next_break is None
    assert all(one.cents != two.cents for one, two in pairwise(breaks))


def test_below_the_first_break_of_the_contract_the_lists_apply() -> None:
    offer = Offer([Candidate(5, 80), Candidate(1, 100, 1, "Silver")])
    assert [(price.source, price.cents) for price in offer.breaks] == [
        ("price list Silver", 100),
        ("contract price", 80),
    ]


def test_a_contract_counts_though_a_list_is_lower() -> None:
    price = Offer([Candidate(1, 100), Candidate(1, 90, 1, "Silver")]).at(1)
    assert price
    assert (price.source, price.cents) == ("contract price", 100)


def test_a_newer_price_of_a_list_counts_over_a_lower_old_one() -> None:
    old, new = Candidate(1, 90, 1, "Silver"), Candidate(1, 100, 1, "Silver", valid_from=DAY)
    price = Offer([old, new]).at(1)
    assert price
    assert (price.cents, price.valid_from) == (100, DAY)


def test_a_discount_says_how_much_it_is() -> None:
    price = Offer([Candidate(1, 90, 1, "Silver", 1_250)]).at(3)
    assert price
    assert price.source == "price list Silver, 12.5 % off MSRP"


@rule("PRICE-4")
def test_no_row_means_no_price() -> None:
    assert Offer().at(1) is None
    assert Offer([Candidate(5, 80)]).at(4) is None
