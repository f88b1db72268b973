"""The decision on a price: of all rows that could set it, the one that does, at each quantity (PRICE-2)."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

CONTRACT = 0  # the id of a list is never 0


class Candidate(NamedTuple):
    """One row that could set the price on the day asked for: of the contract, or of a price list."""

    min_quantity: int
    cents: int
    list_id: int = CONTRACT
    list_name: str = ""
    basis_points: int = 0  # off MSRP, where the list gives a discount; `cents` is what is left
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def source(self) -> str:
        if self.list_id == CONTRACT:
            return "contract price"
        off = f", {_percent(self.basis_points)} off MSRP" if self.basis_points else ""
        return f"price list {self.list_name}{off}"


class Price(NamedTuple):
    """Cents for one unit and "Why this price?": where it stands, from which quantity, between which dates."""

    cents: int
    source: str
    min_quantity: int
    valid_from: date | None = None
    valid_to: date | None = None
    next_break: tuple[int, int] | None = None  # from how many units another price counts, and its cents


class Offer:
    """What one product costs a company on one day."""

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self._candidates = tuple(candidates)

    @cached_property
    def breaks(self) -> tuple[Price, ...]:
        """The price of each quantity at which it changes, the smallest quantity first."""
        prices: list[Price] = []
        for quantity, chosen in _decisions(self._candidates):
            if prices and prices[-1].cents == chosen.cents:
                continue
            if prices:
                prices[-1] = prices[-1]._replace(next_break=(quantity, chosen.cents))
            prices.append(Price(chosen.cents, chosen.source, quantity, chosen.valid_from, chosen.valid_to))
        return tuple(prices)

    def at(self, quantity: int) -> Price | None:
        """The price of one unit when `quantity` are bought; None means "Price on request" (PRICE-4)."""
        found = None
        for price in self.breaks:
            if price.min_quantity > quantity:
                break
            found = price
        return found


def _decisions(candidates: tuple[Candidate, ...]) -> Iterator[tuple[int, Candidate]]:
    """What `decide` says at each quantity that a row names, the smallest first, in one walk over the rows."""
    if len(candidates) == 1:
        yield candidates[0].min_quantity, candidates[0]
        return
    named: dict[tuple[int, int], Candidate] = {}
    rising = list(reversed(candidates))
    rising.sort(key=_standing)  # of those alike the first one comes last, and counts
    for place, row in enumerate(rising, 1):
        named[row.list_id, row.basis_points] = row
        if place == len(rising) or rising[place].min_quantity != row.min_quantity:
            yield row.min_quantity, _chosen(named)


def decide(candidates: Iterable[Candidate], quantity: int) -> Candidate | None:
    """The contract's row, else the lowest of the lists' (PRICE-2).

    The contract and each list name a price from the highest quantity that is reached; where two rows name the
    same quantity, the one that started last counts. A discount off MSRP counts from one unit on.
    """
    named: dict[tuple[int, int], Candidate] = {}
    for row in candidates:
        if row.min_quantity <= quantity:
            source = (row.list_id, row.basis_points)
            held = named.get(source)
            if held is None or _standing(row) > _standing(held):
                named[source] = row
    return _chosen(named) if named else None


def _chosen(named: dict[tuple[int, int], Candidate]) -> Candidate:
    if len(named) == 1:
        return next(iter(named.values()))
    return named.get((CONTRACT, 0)) or min(named.values(), key=_lowest)


def _standing(row: Candidate) -> tuple[int, date, int]:
    return row.min_quantity, row.valid_from or date.min, -row.cents


def _lowest(row: Candidate) -> tuple[int, int, int]:
    return row.cents, row.list_id, row.basis_points


def _percent(basis_points: int) -> str:
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + " %"
