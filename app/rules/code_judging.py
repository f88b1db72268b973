"""What a row of codes costs and gets once it is known what it names, or what is wrong with it (BASKET-11)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.files.code_lists import Typed
from app.rules import products, stock
from app.rules.basket_sums import why_not
from app.rules.offers import Offer, Price
from app.rules.products import Contact
from app.rules.refusals import Invalid
from app.rules.settings import settings
from app.rules.stock import Apart, Promise
from app.rules.typed_quantities import QUANTITY, quantity_of
from app.rules.viewers import Viewer

Product = dict[str, Any]
CODE = "code"
MOST_ALSO = 8


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
    fits: int = 0  # the quantity that this row could have instead; 0 where there is none, or none may be told
    aside: str = ""  # what else its code could have meant

    @property
    def is_first(self) -> bool:
        """Whether no row before it names the product."""
        return all(self.typed.number < number for number in self.also)

    @property
    def total_cents(self) -> int:
        """What this row comes to."""
        return self.price.cents * self.quantity if self.price and self.quantity else 0


@dataclass(frozen=True, slots=True)
class Named:
    """The products that a row's code names, or may have been meant to."""

    ids: tuple[int, ...] = ()
    problem: str = ""
    other: int = 0  # another product, whose VPN the code is too

    @property
    def sole(self) -> int:
        """The one product; 0 where it is open."""
        return self.ids[0] if not self.problem else 0


@dataclass(frozen=True, slots=True)
class Judge:
    """What all rows are judged by."""

    viewer: Viewer
    warehouse_id: int
    contact: Contact
    by_id: Mapping[int, Product]
    offers: Mapping[int, Offer]
    held: Mapping[int, int]

    def judged(self, rows: Sequence[Typed], named: Sequence[Named]) -> list[Checked]:
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
        found: Named,
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
        judged = self._priced(row, product, quantity, together[found.sole], also)
        other = self.by_id.get(found.other)
        return replace(judged, aside=f"Your own number; also the VPN of {other['sku']}.") if other else judged

    def _priced(self, row: Typed, product: Product, quantity: int, all_units: int, also: tuple[int, ...]) -> Checked:
        offer, held = self.offers[product["id"]], self.held.get(product["id"], 0)
        ends = bool(product["is_discontinued"])
        promise = stock.promise(product["levels"], all_units, self.warehouse_id, discontinued=ends)
        obstacle = why_not(self.viewer, product, offer, all_units, promise, self.contact)
        problem, at, fits = obstacle.words if obstacle else "", CODE, 0
        is_over = all_units > settings.max_quantity
        if obstacle.kind == QUANTITY if obstacle else is_over:
            apart, at = Apart(held, all_units - held - quantity), QUANTITY
            problem, fits = self._unfit(product, all_units, promise, apart, problem)
        return Checked(
            row,
            product,
            quantity,
            offer.at(all_units) if self.viewer.sees_prices else None,
            promise if self.viewer.sees_stock else None,
            problem,
            at if problem else "",
            together=all_units,
            held=held,
            also=also,
            fits=max(fits, 0),
        )

    def _unfit(self, product: Product, all_units: int, promise: Promise, apart: Apart, problem: str) -> tuple[str, int]:
        """Why so many are no good, and what could be typed instead."""
        least, multiple, most = product["min_quantity"], product["multiple_quantity"], settings.max_quantity
        if all_units > most:
            made = f"With {apart.words} that makes" if apart.units else "That makes"
            return f"{made} {all_units:,}; a line holds from 1 to {most:,} of a product.", most - apart.units
        if not promise.refused:
            fitting = stock.fitting_quantity(all_units, least, multiple)
            return stock.unfit(all_units, least, multiple, apart), fitting - apart.units if fitting <= most else 0
        left = promise.ships // multiple * multiple
        return problem, left - apart.units if self.viewer.sees_stock and left >= least else 0


def _quantity(text: str) -> tuple[int | None, str]:
    try:
        return quantity_of(text), ""
    except Invalid as wrong:
        return None, wrong.errors[QUANTITY]
