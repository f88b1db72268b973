"""Rows of codes and quantities against the catalogue: what each names, costs and gets, or what is wrong with it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.files.code_lists import Typed
from app.rules import prices, products, spoilt_codes, stock
from app.rules.basket_sums import why_not
from app.rules.baskets import Basket
from app.rules.offers import Offer, Price
from app.rules.products import HOUSE, Contact
from app.rules.refusals import Invalid
from app.rules.settings import settings
from app.rules.stock import Promise
from app.rules.viewers import Viewer
from db import sql
from db.dialect import among, array

Product = dict[str, Any]
CODE, QUANTITY = "code", "quantity"
MOST_CANDIDATES = MOST_ALSO = 8
WHOLE = re.compile(r"([0-9]+)(?:\.0+)?")  # a spreadsheet's 2.0 is 2

HELD = f"""SELECT product, quantity FROM basket_lines
WHERE basket = $1 AND removed_at IS NULL AND {among("product", 2)}"""  # noqa: S608 (the pieces are constants)
CONTACT = "SELECT u.name, u.email, u.phone FROM companies o JOIN users u ON u.id = o.account_manager WHERE o.id = $1"


@dataclass(frozen=True, slots=True)
class Checked:
    """A row with what it names; no `problem` means that it can be put into the basket.

    Price and promise are those of `together`, and None for who may not see them.
    """

    typed: Typed
    product: Product | None = None
    quantity: int | None = None
    price: Price | None = None
    promise: Promise | None = None
    problem: str = ""
    field: str = ""  # where the problem stands: code or quantity
    candidates: tuple[Product, ...] = ()  # products that may be meant, to choose from
    together: int = 0  # of all good rows of the product in the list and what the basket holds
    held: int = 0  # of these in the basket
    also: tuple[int, ...] = ()  # the numbers of the first other rows that name the product

    @property
    def total_cents(self) -> int:
        """What this row comes to."""
        return self.price.cents * self.quantity if self.price and self.quantity else 0


def quantity_of(text: str) -> int:
    """A whole number from 1 to the most that a line holds; raises Invalid with the reason at `quantity`."""
    typed, most = text.strip(), settings.max_quantity
    found = WHOLE.fullmatch(typed)
    if not typed:
        raise Invalid({QUANTITY: "Type a quantity."})
    if "," in typed and typed.replace(",", "").isdecimal():
        raise Invalid({QUANTITY: f"“{typed}” can be read in two ways. Type the quantity without a comma."})
    if not found or re.fullmatch(r"[0-9]+\.000", typed):
        raise Invalid({QUANTITY: f"“{typed}” is not a whole number, such as 12."})
    if len(found[1]) > 9 or not 0 < int(found[1]) <= most:
        raise Invalid({QUANTITY: f"Type a whole number from 1 to {most:,}."})
    return int(found[1])


async def check(
    rows: Sequence[Typed], viewer: Viewer, basket: Basket | None, *, chosen: Mapping[int, int] | None = None
) -> list[Checked]:
    """Each row in its order, in a constant number of statements however many there are (BASKET-11).

    `chosen` holds, by row number, the product that somebody picked among the candidates.
    """
    picked = dict(chosen or {})
    named = await _named(rows, viewer, picked)
    ids = list(dict.fromkeys(product_id for found in named for product_id in found.ids))
    by_id = {product["id"]: product for product in await products.rows(ids, viewer)}
    sole = [found.sole for found in named if found.sole in by_id]
    offers = await prices.offers(viewer.company_id, list(dict.fromkeys(sole)), products.today())
    held = await _held(basket, sole)
    contact = basket.contact if basket else await _contact(viewer)
    judge = _Judge(viewer, basket.home_warehouse if basket else viewer.home_warehouse_id, contact, by_id, offers, held)
    return judge.judged(rows, named)


@dataclass(frozen=True, slots=True)
class _Named:
    """The products that a row's code names, or may have been meant to."""

    ids: tuple[int, ...] = ()
    problem: str = ""

    @property
    def sole(self) -> int:
        """The one product; 0 where it is open."""
        return self.ids[0] if not self.problem else 0


async def _named(rows: Sequence[Typed], viewer: Viewer, picked: Mapping[int, int]) -> list[_Named]:
    """All codes in one statement, and in another one what the unknown ones may have been before they were spoilt."""
    asked = [row for row in rows if row.code and not row.flaw and row.number not in picked]
    found = await products.by_codes(list(dict.fromkeys(row.code for row in asked)), viewer.company_id)
    unknown = {row.number: spoilt_codes.guesses(row.code, row.quantity) for row in asked if not found.get(row.code)}
    guessed = dict.fromkeys(guess for guesses in unknown.values() for guess in guesses)
    likely = await products.by_codes(list(guessed), viewer.company_id) if guessed else {}
    return [
        _Named((picked[row.number],))
        if row.number in picked
        else _meant(row, found.get(row.code, ()), [likely[guess] for guess in unknown.get(row.number, ())])
        for row in rows
    ]


def _meant(row: Typed, ids: Sequence[int], likely: Sequence[Sequence[int]]) -> _Named:
    if row.flaw:
        return _Named(problem=row.flaw)
    if not row.code:
        return _Named(problem="Type a SKU, VPN, UPC or own part number.")
    if len(ids) == 1:
        return _Named((ids[0],))
    if ids:
        return _Named(tuple(ids[:MOST_CANDIDATES]), f"“{row.code}” names {len(ids):,} products. Choose one.")
    meant = tuple(dict.fromkeys(one for some in likely for one in some))[:MOST_CANDIDATES]
    return _Named(meant, spoilt_codes.why_unknown(row.code, row.quantity, bool(meant)))


async def _held(basket: Basket | None, ids: Sequence[int]) -> dict[int, int]:
    if basket is None or not ids:
        return {}
    return {row["product"]: row["quantity"] for row in await sql.rows(HELD, basket.id, array(sorted(set(ids))))}


async def _contact(viewer: Viewer) -> Contact:
    row = await sql.row(CONTACT, viewer.company_id) if viewer.company_id else None
    return Contact(row["name"], row["email"], row["phone"] or settings.contact_phone) if row else HOUSE


@dataclass(frozen=True, slots=True)
class _Judge:
    """What all rows are judged by."""

    viewer: Viewer
    warehouse_id: int
    contact: Contact
    by_id: Mapping[int, Product]
    offers: Mapping[int, Offer]
    held: Mapping[int, int]

    def judged(self, rows: Sequence[Typed], named: Sequence[_Named]) -> list[Checked]:
        quantities = [_quantity(row.quantity) for row in rows]
        together: dict[int, int] = defaultdict(int, self.held)
        numbers: dict[int, list[int]] = defaultdict(list)
        for row, found, (quantity, _) in zip(rows, named, quantities, strict=True):
            if found.sole and quantity:
                together[found.sole] += quantity
                numbers[found.sole].append(row.number)
        return [
            self._one(row, found, quantity, together, numbers)
            for row, found, quantity in zip(rows, named, quantities, strict=True)
        ]

    def _one(
        self,
        row: Typed,
        found: _Named,
        typed: tuple[int | None, str],
        together: Mapping[int, int],
        numbers: Mapping[int, Sequence[int]],
    ) -> Checked:
        quantity, wrong = typed
        if found.problem:
            candidates = tuple(self.by_id[product] for product in found.ids if product in self.by_id)
            return Checked(row, None, quantity, problem=found.problem, field=CODE, candidates=candidates)
        product = self.by_id.get(found.sole)
        if product is None:
            return Checked(row, None, quantity, problem="This product is not in the catalogue any more.", field=CODE)
        if quantity is None:
            obstacle = products.why_not(self.viewer, product, self.offers[found.sole], self.contact)
            field, problem = (CODE, obstacle.words) if obstacle else (QUANTITY, wrong)
            return Checked(row, product, problem=problem, field=field)
        also = tuple(number for number in numbers[found.sole][: MOST_ALSO + 1] if number != row.number)[:MOST_ALSO]
        return self._priced(row, product, quantity, together[found.sole], also)

    def _priced(self, row: Typed, product: Product, quantity: int, all_units: int, also: tuple[int, ...]) -> Checked:
        offer, is_over = self.offers[product["id"]], all_units > settings.max_quantity
        ends = bool(product["is_discontinued"])
        promise = stock.promise(product["levels"], all_units, self.warehouse_id, discontinued=ends)
        obstacle = why_not(self.viewer, product, offer, all_units, promise, self.contact)
        problem = obstacle.words if obstacle else ""
        field = QUANTITY if obstacle and obstacle.kind == "quantity" else CODE
        if is_over and (not problem or field == QUANTITY):
            problem, field = _too_many(all_units), QUANTITY
        return Checked(
            row,
            product,
            quantity,
            offer.at(all_units) if self.viewer.sees_prices else None,
            promise if self.viewer.sees_stock else None,
            problem,
            field if problem else "",
            together=all_units,
            held=self.held.get(product["id"], 0),
            also=also,
        )


def _too_many(units: int) -> str:
    return f"That makes {units:,} together; a line holds from 1 to {settings.max_quantity:,} of a product."


def _quantity(text: str) -> tuple[int | None, str]:
    try:
        return quantity_of(text), ""
    except Invalid as wrong:
        return None, wrong.errors[QUANTITY]
