"""What a box brings along, and what goes with it (USER-4, USER-5)."""

import pytest

from app.rules import user_privileges
from app.rules.privileges import ALL, BASICS, NEEDS, PURCHASING, QUICK_SELECTION, Privilege
from app.rules.user_privileges import besides, changed, closed, selected, short, ticked, told, unticked
from tests.rules_named import rule

P = Privilege
NONE: frozenset[Privilege] = frozenset()


def is_whole(boxes: frozenset[Privilege]) -> bool:
    return all(box.needs <= boxes for box in boxes)


@rule("USER-4")
@pytest.mark.parametrize("box", list(Privilege))
def test_a_box_brings_what_it_needs_and_takes_what_needs_it(box: Privilege) -> None:
    with_it, without = ticked(NONE, box), unticked(ALL, box)
    assert box in with_it and box.needs <= with_it and is_whole(with_it)
    assert box not in without and is_whole(without)
    for other, needed in NEEDS.items():
        assert (other in without) <= (box not in needed)


@rule("USER-4")
def test_needs_reach_further_than_one_step() -> None:
    assert ticked(NONE, P.DELIVER_ANYWHERE) == {P.DELIVER_ANYWHERE, P.PLACE_ORDERS, P.USE_BASKETS, P.SEE_PRICES}
    assert unticked(ALL, P.SEE_PRICES) == ALL - {P.SEE_PRICES, P.PLACE_ORDERS, P.DELIVER_ANYWHERE, P.PRICE_FEED}
    assert closed({P.STATEMENTS}) == {P.STATEMENTS, P.INVOICES}


@rule("USER-4")
def test_a_form_says_what_was_pressed_by_what_it_showed() -> None:
    assert changed(NONE, NONE, frozenset({P.PLACE_ORDERS})) == {P.PLACE_ORDERS, P.USE_BASKETS, P.SEE_PRICES}
    assert changed(PURCHASING, PURCHASING, PURCHASING - {P.SEE_OWN_ORDERS}) == BASICS | {P.PLACE_ORDERS}
    assert changed(PURCHASING, PURCHASING, PURCHASING) == PURCHASING


def test_a_tick_that_excludes_another_taken_away_gives_less() -> None:
    shown = frozenset({P.USE_BASKETS, P.SEE_PRICES})
    assert changed(shown, shown, frozenset({P.SEE_PRICES, P.PLACE_ORDERS})) == {P.SEE_PRICES}


def test_what_another_administrator_changed_meanwhile_stays() -> None:
    shown = frozenset({P.SEE_PRICES, P.INVOICES})
    current = frozenset({P.SEE_PRICES, P.SEE_AVAILABILITY})
    assert changed(current, shown, shown | {P.USE_BASKETS}) == current | {P.USE_BASKETS}


@rule("USER-5")
@pytest.mark.parametrize("name", list(QUICK_SELECTION))
def test_quick_selection_ticks_its_column_and_reset_unticks_all(name: str) -> None:
    assert selected(NONE, name) == QUICK_SELECTION[name] and is_whole(QUICK_SELECTION[name])
    assert selected({P.PRICE_FEED, P.SEE_PRICES}, name) >= QUICK_SELECTION[name] | {P.PRICE_FEED}
    assert selected(ALL, "Reset") == NONE


@rule("USER-4")
def test_what_came_and_went_besides_is_said_with_its_cause() -> None:
    sent = frozenset({P.PLACE_ORDERS})
    with_it = ticked(NONE, P.PLACE_ORDERS)
    assert told(besides(NONE, sent, with_it), with_it) == [
        "Ticked as well: “see prices” and “use baskets”, for “place orders”."
    ]
    without = unticked(ALL, P.INVOICES)
    assert told(besides(ALL, ALL - {P.INVOICES}, without), without) == [
        "Unticked as well: “account statements” and “create returns”, which cannot do without “invoices”."
    ]
    assert told(besides(NONE, with_it, with_it), with_it) == []


def test_a_list_says_privileges_in_a_word_or_two() -> None:
    assert [short(one) for one in (NONE, BASICS, PURCHASING | {P.INVOICES}, ALL)] == [
        *("none", "Basics", "Purchasing and 1 more", "All")
    ]
    assert short({P.SEE_AVAILABILITY}) == "see availability" and short({P.INVOICES, P.STATEMENTS}) == "2 boxes"


def test_each_box_says_what_it_opens() -> None:
    assert set(user_privileges.OPENS) == ALL
