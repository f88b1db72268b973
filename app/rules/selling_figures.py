"""What the customer pays for a line of a basket, what is left of it, and how that is typed (BASKET-14)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.rules import money
from app.rules.basket_sums import LineSum
from app.rules.money import rounded_share
from app.rules.refusals import Invalid

HIGHEST_MARKUP = 100_000  # hundredths of a per cent
HIGHEST_CENTS = 999_999_999


class Origin(StrEnum):
    """Where a selling price comes from."""

    OWN = "own price"
    MARKUP = "markup"
    RETAIL = "suggested retail"
    NONE = "on request"


def marked_up(cost_cents: int, basis_points: int) -> int:
    """Half up to the cent, and never the cost itself: where rounding would give that, one cent more."""
    return cost_cents + max(rounded_share(cost_cents, basis_points), 1)


@dataclass(frozen=True, slots=True)
class Priced:
    """A line with what the customer pays for one unit; `cents` None is "Price on request", which counts nothing."""

    line: LineSum
    cents: int | None
    origin: Origin

    @property
    def id(self) -> int:
        return self.line.id

    @property
    def quantity(self) -> int:
        return self.line.line.quantity

    @property
    def cost_cents(self) -> int | None:
        """For one unit, as the company pays it today."""
        return self.line.price.cents if self.line.price else None

    @property
    def cost_total_cents(self) -> int | None:
        return None if self.cost_cents is None else self.cost_cents * self.quantity

    @property
    def total_cents(self) -> int:
        return (self.cents or 0) * self.quantity

    @property
    def margin_cents(self) -> int | None:
        """Of the whole line; None where it has no cost or no selling price."""
        cost = self.cost_cents
        return None if cost is None or self.cents is None else (self.cents - cost) * self.quantity

    @property
    def margin_percent(self) -> str:
        return "" if self.margin_cents is None else percent(self.margin_cents, self.total_cents)


def priced(line: LineSum, markup: int | None) -> Priced:
    """The line's own price, else the markup on its cost, else the suggested retail price."""
    if line.line.selling_cents is not None:
        return Priced(line, line.line.selling_cents, Origin.OWN)
    if markup is not None and line.price:
        return Priced(line, marked_up(line.price.cents, markup), Origin.MARKUP)
    retail: int | None = line.product["msrp_cents"]
    return Priced(line, retail, Origin.NONE if retail is None else Origin.RETAIL)


def percent(part: int, whole: int) -> str:
    """`12.5`: the part in a hundred of the whole, half up; nothing where there is no whole."""
    if whole <= 0:
        return ""
    tenths = (abs(part) * 2_000 + whole) // (whole * 2)
    return f"{'-' if part < 0 and tenths else ''}{tenths // 10:,}.{tenths % 10}"


def written_markup(basis_points: int | None) -> str:
    """`12.5`, as it is typed; nothing where there is none."""
    return "" if basis_points is None else f"{basis_points / 100:.2f}".rstrip("0").rstrip(".")


def written_price(cents: int | None) -> str:
    """`1234.50`, as it is typed; nothing where there is none."""
    return "" if cents is None else f"{cents // 100}.{cents % 100:02d}"


def read_markup(text: str) -> int | None:
    """Hundredths of a per cent of `12.5` or `12.5 %`; None for nothing. Raises Invalid at the field."""
    if not text.strip():
        return None
    typed = text.strip().removesuffix("%").strip()
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})|\d{1,6})(?:\.(\d{1,2}))?", typed, re.ASCII)
    points = int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0")) if found else -1
    if not 0 < points <= HIGHEST_MARKUP:
        raise Invalid({"markup": "Type a markup from 0.01 to 1,000 %, such as 12.5."})
    return points


def read_price(text: str) -> int | None:
    """Cents; None for nothing. Raises Invalid at the field."""
    try:
        cents = money.read(text) if text.strip() else None
    except Invalid as wrong:
        raise Invalid({"price": str(wrong)}) from wrong
    if cents is not None and cents > HIGHEST_CENTS:
        raise Invalid({"price": f"Type at most {money.written(HIGHEST_CENTS)}."})
    return cents


def priced_lines(lines: Iterable[LineSum], markup: int | None) -> tuple[Priced, ...]:
    return tuple(priced(line, markup) for line in lines)
