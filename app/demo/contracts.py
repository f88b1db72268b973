"""Writes the prices that Brightbyte has by contract, some with a break or with dates."""

from datetime import date, timedelta

from app.demo.cast import BRIGHTBYTE
from app.demo.catalogue import Catalogue
from app.demo.people import People
from app.demo.products import Made
from app.rules.money import rounded_share
from db import sql

EVERY = 16  # one product of so many has a contract price


async def write(catalogue: Catalogue, people: People) -> None:
    """Write a contract price for some of the plain goods that were kept."""
    company = people.companies[BRIGHTBYTE]
    goods = [product for product in catalogue.kept if product.is_sold_plainly() and product.msrp_cents][::EVERY]
    rows = [
        (company, catalogue.products[product.sku], *price)
        for turn, product in enumerate(goods)
        for price in _prices(product, turn, catalogue.today)
    ]
    await sql.run_many(
        "INSERT INTO contract_prices (company, product, min_quantity, price_cents, valid_from, valid_to)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        rows,
    )


def _prices(product: Made, turn: int, today: date) -> list[tuple[int, int, date | None, date | None]]:
    """In turn: a plain price, one with a break, one for this quarter, one that has run out."""
    cents = rounded_share(product.msrp_cents or 0, 6_800)
    match turn % 4:
        case 0:
            return [(1, cents, None, None)]
        case 1:
            return [(1, cents, None, None), (10, rounded_share(cents, 9_600), None, None)]
        case 2:
            return [(1, cents, today - timedelta(days=30), today + timedelta(days=60))]
        case _:
            return [(1, cents, today - timedelta(days=200), today - timedelta(days=20))]
