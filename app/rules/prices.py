"""What a company pays for products: contract prices, and price lists with their discounts (PRICE-1)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from app.rules.money import rounded_share
from app.rules.offers import Candidate, Offer, Price
from db import sql
from db.dialect import among, array

__all__ = ["Offer", "Price", "offers"]


class Discount(NamedTuple):
    """So much off MSRP in a list, for one product by its vendor or for all, where the category holds it."""

    product: int | None
    path: str | None
    list_id: int
    list_name: str
    basis_points: int
    valid_from: date | None
    valid_to: date | None

    def off(self, msrp_cents: int) -> Candidate:
        left = rounded_share(msrp_cents, 10_000 - self.basis_points)
        return Candidate(1, left, *self[2:])


class Discounts:
    """Every discount that could matter, found by product and by category without trying each on each."""

    def __init__(self) -> None:
        self._of_product: dict[int, list[Discount]] = defaultdict(list)
        self._of_category: dict[str | None, list[Discount]] = defaultdict(list)

    def add(self, discount: Discount) -> None:
        if discount.product is None:
            self._of_category[discount.path].append(discount)
        else:
            self._of_product[discount.product].append(discount)

    def on(self, product: int, path: str | None) -> Iterator[Discount]:
        """Those of the product's vendor in its category or above or in any, then those of the categories."""
        branch = _upwards(path)
        for discount in self._of_product.get(product, ()):
            if discount.path is None or discount.path in branch:
                yield discount
        for category in branch & self._of_category.keys():
            yield from self._of_category[category]


@lru_cache(maxsize=4_096)
def _upwards(path: str | None) -> frozenset[str]:
    """`A > B > C`, `A > B`, `A`."""
    found = set()
    while path:
        found.add(path)
        path = path.rpartition(" > ")[0]
    return frozenset(found)


def _valid(row: str) -> str:
    return f"""({row}.valid_from IS NULL OR {row}.valid_from <= $3)
  AND ({row}.valid_to IS NULL OR {row}.valid_to >= $3)"""


# Three kinds of rows in one statement: prices; discounts of a vendor (with the product) or of a category
# (without); and, as `shelf`, the MSRP and category that discounts are taken from. `+ 0` keeps the products
# outside: else the database walks through every discount and tries each product on it.
CANDIDATES = f"""
SELECT 'price' AS kind, k.product, 0 AS list_id, '' AS list_name, k.min_quantity, k.price_cents AS cents,
       k.valid_from, k.valid_to, NULL AS path
FROM contract_prices k
WHERE k.company = $1 AND {among("k.product", 2)} AND {_valid("k")}
UNION ALL
SELECT 'price', p.product, l.id, l.name, p.min_quantity, p.price_cents, p.valid_from, p.valid_to, NULL
FROM list_prices p
JOIN company_price_lists c ON c.company = $1 AND c.price_list = p.price_list
JOIN price_lists l ON l.id = p.price_list
WHERE {among("p.product", 2)} AND {_valid("p")}
UNION ALL
SELECT 'discount', p.id, l.id, l.name, 1, d.basis_points, d.valid_from, d.valid_to, t.path
FROM products p
JOIN company_price_lists c ON c.company = $1
JOIN discounts d ON d.price_list = c.price_list AND d.vendor = p.vendor + 0
JOIN price_lists l ON l.id = c.price_list
LEFT JOIN categories t ON t.id = d.category
WHERE {among("p.id", 2)} AND {_valid("d")}
UNION ALL
SELECT 'discount', NULL, l.id, l.name, 1, d.basis_points, d.valid_from, d.valid_to, t.path
FROM company_price_lists c
JOIN discounts d ON d.price_list = c.price_list AND d.vendor IS NULL
JOIN price_lists l ON l.id = c.price_list
JOIN categories t ON t.id = d.category
WHERE c.company = $1 AND {_valid("d")}
UNION ALL
SELECT 'shelf', p.id, 0, '', 1, p.msrp_cents, NULL, NULL, o.path
FROM products p LEFT JOIN categories o ON o.id = p.category
WHERE {among("p.id", 2)} AND p.msrp_cents IS NOT NULL
"""  # noqa: S608 (the pieces are constants)


async def offers(company_id: int, product_ids: Sequence[int], on: date) -> dict[int, Offer]:
    """What each product costs the company on its calendar day `on`, in one statement.

    Validity dates are inclusive. A product without a price has an Offer too, whose `at` gives None.
    """
    found: dict[int, list[Candidate]] = {product_id: [] for product_id in product_ids}
    rows = await sql.rows(CANDIDATES, company_id, array(found), on) if company_id and found else []
    discounts, shelf = Discounts(), []
    for row in rows:
        kind, product, list_id, name, quantity, cents, start, end, path = row.values()
        if kind == "price":
            found[product].append(Candidate(quantity, cents, list_id, name, 0, _day(start), _day(end)))
        elif kind == "discount":
            discounts.add(Discount(product, path, list_id, name, cents, _day(start), _day(end)))
        else:
            shelf.append((product, cents, path))
    for product, msrp_cents, path in shelf:
        found[product].extend(discount.off(msrp_cents) for discount in discounts.on(product, path))
    return {product_id: Offer(candidates) for product_id, candidates in found.items()}


def _day(value: date | str | None) -> date | None:
    """A date out of a UNION, whose columns have no declared type on every database."""
    return date.fromisoformat(value) if isinstance(value, str) else value
