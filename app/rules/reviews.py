"""The review of an order before it is placed: its sums, and what has changed since somebody saw it (ORDER-2)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.rules import money
from app.rules.basket_sums import LineSum
from app.rules.checkout import Counter, Terms
from app.rules.freight import Method, is_collected
from app.rules.money import rounded_share
from app.rules.secret import is_token_for, token_for
from app.rules.settings import settings
from app.rules.viewers import Viewer

Seen = dict[str, Any]  # what somebody was shown: lines by SKU, sums, address


@dataclass(frozen=True, slots=True)
class Totals:
    """Goods, freight, tax of each line and of the freight, all in cents (PRICE-3)."""

    goods: int
    freight: int
    tax: int

    @property
    def total(self) -> int:
        return self.goods + self.freight + self.tax


def totals(counter: Counter, method: Method | None) -> Totals:
    """What the basket comes to when it is delivered that way."""
    sums, freight = counter.opened.sums, method.cents(counter.grams) if method else 0
    tax = sums.tax_cents + rounded_share(freight, settings.tax_basis_points)
    return Totals(sums.goods_cents, freight, tax)


def promised(ships: int, backordered: int, eta: date | None, waits: bool = False) -> str:
    """`4 ship now, 2 backordered, expected 3 Dec 2026`; where the whole order waits, units that are there are kept."""
    said = []
    if ships or not backordered:
        said.append(f"{ships:,} reserved" if waits else f"{ships:,} {'ships' if ships == 1 else 'ship'} now")
    if backordered:
        said += [f"{backordered:,} backordered", f"expected {eta.day} {eta:%b %Y}" if eta else "no date yet"]
    return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Review:
    """A basket and what was chosen for it, as it will be placed."""

    counter: Counter
    terms: Terms

    @property
    def lines(self) -> tuple[LineSum, ...]:
        return self.counter.opened.sums.lines

    @property
    def totals(self) -> Totals:
        return totals(self.counter, self.terms.method)

    @property
    def collected_at(self) -> list[str]:
        """The warehouses where the goods wait, where somebody comes for them."""
        if not is_collected(self.terms.method.name):
            return []
        opened = self.counter.opened
        of_id, home = dict(opened.warehouses), self.counter.basket.home_warehouse
        found = [part.warehouse_id for line in self.lines for part in line.promise.parts]
        found += [home] if opened.sums.backordered else []
        return [name for warehouse_id, name in of_id.items() if warehouse_id in found]

    @property
    def waits(self) -> bool:
        """Whether nothing leaves yet: it ships complete, and something of it is backordered."""
        return self.terms.ship == "complete" and self.counter.opened.sums.backordered > 0

    def words(self, line: LineSum) -> str:
        """What the line gets, and when."""
        promise = line.promise
        return promised(promise.ships, promise.backordered, promise.eta, self.waits)

    @property
    def seen(self) -> Seen:
        """What is shown, to be compared when the order is placed."""
        sums = self.totals
        return {
            "lines": {line.product["sku"]: self._seen(line) for line in self.lines},
            "freight": sums.freight,
            "tax": sums.tax,
            "total": sums.total,
            "to": self.terms.place.words,
        }

    @staticmethod
    def _seen(line: LineSum) -> list[Any]:
        promise, price = line.promise, line.price
        eta = promise.eta.isoformat() if promise.eta else ""
        return [line.code, line.line.quantity, price.cents if price else 0, promise.ships, promise.backordered, eta]

    def packed(self, by: Viewer) -> str:
        """What was seen as the value of a hidden field, which only the portal can make."""
        text = json.dumps(self.seen, separators=(",", ":"))
        return f"{token_for('review', self._bound(text, by))}.{urlsafe_b64encode(text.encode()).decode()}"

    def unpacked(self, field: str, by: Viewer) -> Seen | None:
        """What such a field says; None for one that this portal has not made for this company and basket."""
        token, _, packed = field.partition(".")
        if not field.isascii():
            return None
        try:
            text = urlsafe_b64decode(packed.encode()).decode()
        except ValueError:
            return None
        if not is_token_for(token, "review", self._bound(text, by)):
            return None
        found: Seen = json.loads(text)
        return found

    def _bound(self, text: str, by: Viewer) -> str:
        return f"{by.company_id}\0{self.counter.basket.id}\0{text}"


def seen_words(line: list[Any], waits: bool = False) -> str:
    """What a line of `Seen` was promised."""
    ships, backordered, eta = line[3:]
    return promised(ships, backordered, date.fromisoformat(eta) if eta else None, waits)


def differences(before: Seen, now: Seen) -> list[str]:
    """What is not as it was seen, in words; empty when nothing has changed."""
    found = list(_of_lines(before["lines"], now["lines"]))
    if before["to"] != now["to"]:
        found.append(f"The delivery address is {now['to']} now.")
    for name, label in (("freight", "Freight"), ("tax", settings.tax_name), ("total", "The total")):
        if before[name] != now[name]:
            found.append(f"{label} is {money.written(now[name])} now (was {money.written(before[name])}).")
    return found


def _of_lines(before: dict[str, list[Any]], now: dict[str, list[Any]]) -> Iterator[str]:
    for sku, was in before.items():
        if sku not in now:
            yield f"{was[0]} is no longer in the basket."
        elif said := list(_of_line(was, now[sku])):
            yield f"{now[sku][0]}: {'; '.join(said)}."
    yield from (f"{line[0]} is new in the basket: {line[1]:,}." for sku, line in now.items() if sku not in before)


def _of_line(before: list[Any], now: list[Any]) -> Iterator[str]:
    _, quantity, cents, *found = now
    if before[1] != quantity:
        yield f"the quantity is {quantity:,} now (was {before[1]:,})"
    if before[2] != cents:
        yield f"the price is {money.written(cents)} now (was {money.written(before[2])})"
    if before[3:] != found:
        yield f"{seen_words(now)} (was: {seen_words(before)})"
