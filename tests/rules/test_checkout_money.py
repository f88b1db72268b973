"""Money at check-out: lines, tax, freight and total agree to the cent, on every page and in the mail (PRICE-3)."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import money, orders, placing, reviews
from app.rules.checkout import LIMITS
from app.rules.freight import Method
from app.rules.placing import Posted
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of, buyer, placed
from tests.rules_named import rule

steps = st.dictionaries(st.integers(1, 10**9), st.integers(0, 10**6), min_size=1, max_size=8).map(
    lambda found: tuple(sorted(found.items()))
)


@given(steps, st.integers(0, 20), st.integers(0, 10**9))
def test_freight_is_the_first_step_that_takes_the_weight(
    found: tuple[tuple[int, int], ...], loads: int, more: int
) -> None:
    heaviest, full = found[-1]
    grams = left = loads * heaviest + more % heaviest
    cents = 0
    while left > heaviest:
        cents, left = cents + full, left - heaviest
    cents += next(price for up_to, price in found if left <= up_to)
    assert Method("x", "X", found).cents(grams) == cents


@rule("PRICE-3")
@pytest.mark.parametrize("seed", range(6))
async def test_page_mail_and_order_agree_to_the_cent(browser: Browser, cast: Cast, seed: int) -> None:
    throws = Random(seed)
    goods = throws.sample([cast.dock, cast.hub, cast.certified, cast.scarce], throws.randrange(1, 5))
    for one in goods:
        cents, product = throws.randrange(1, 99_999), one.id
        await sql.run("UPDATE list_prices SET price_cents = $1 WHERE product = $2", cents, product)
    basket = await basket_of(cast.ben, *((one, throws.randrange(1, 30)) for one in goods))
    await browser.sign_in(cast.ben)
    number = await placed(browser, basket, delivery_method=throws.choice(["standard", "overnight", "pickup"]))
    row = await sql.row("SELECT * FROM orders")
    lines = await sql.rows("SELECT * FROM order_lines")
    mail = await sql.row("SELECT text, html FROM notices")
    assert row and mail
    tax = sum(half_up(line["total_cents"]) for line in lines) + half_up(row["freight_cents"])
    assert row["tax_cents"] == tax
    assert row["goods_cents"] == sum(line["price_cents"] * line["quantity"] for line in lines)
    assert row["total_cents"] == row["goods_cents"] + row["freight_cents"] + tax
    said = [row[f"{part}_cents"] for part in ("goods", "freight", "tax", "total")]
    said += [line["total_cents"] for line in lines]
    page, listed = words(await browser.get(f"/orders/{number}")), words(await browser.get("/orders"))
    for cents in said:
        assert all(money.written(cents) in text for text in (page, mail["text"], mail["html"]))
    assert money.written(row["total_cents"]) in listed


def half_up(cents: int) -> int:
    """15 % by hand."""
    whole, rest = divmod(cents * 15, 100)
    return whole + (rest >= 50)


@rule("PRICE-3")
async def test_what_was_reviewed_is_what_is_kept(cast: Cast) -> None:
    by = buyer(cast.ben)
    basket = await basket_of(cast.ben, (cast.dock, 12), (cast.licence, 1), (cast.cable, 15))
    typed = dict.fromkeys(LIMITS, "") | {"po_number": "1", "address": str(cast.address), "ship": "available"}
    typed |= {"delivery_method": "overnight", "end_user_name": "Kea", "end_user_address": "Hill St"}
    posted = Posted(basket, "t" * 20, typed)
    seen = await placing.review(posted, by)
    shown = await orders.find(await placing.place(posted, by), by)
    totals = seen.totals
    kept = tuple(shown.order[f"{part}_cents"] for part in ("goods", "freight", "tax", "total"))
    assert kept == (totals.goods, totals.freight, totals.tax, totals.total)
    assert [line["tax_cents"] for line in shown.lines] == [line.tax_cents for line in seen.lines]
    assert [line["price_source"] for line in shown.lines] == [line.price.source for line in seen.lines if line.price]


def test_a_promise_in_words() -> None:
    assert reviews.promised(1, 0, None) == "1 ships now"
    assert reviews.promised(0, 5, None) == "5 backordered, no date yet"
    assert reviews.promised(3, 2, None, waits=True) == "3 reserved, 2 backordered, no date yet"
