"""What a cell of an imported table may hold, and what it means: each reader raises Invalid with the reason."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from app.rules.refusals import Invalid

Cells = Mapping[str, str]

AMOUNT = re.compile(r"\$?((?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,12})?)", re.ASCII)
WHOLE = re.compile(r"(\d{1,9})(?:\.0+)?", re.ASCII)
MOST_CENTS = 99_999_999_999  # times the highest quantity it still fits a column of cents
YES = frozenset(("1", "y", "yes", "true", "x"))
NO = frozenset(("", "0", "n", "no", "false"))
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Column(NamedTuple):
    """A column of the file, and what its cell becomes: `target` names it among the values read."""

    name: str
    target: str
    read: Callable[[str], Any]


def values(columns: Iterable[Column], cells: Cells) -> dict[str, Any]:
    """What the row says, of those columns that the file has; raises Invalid with all that is wrong."""
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for column in columns:
        if column.name in cells:
            try:
                found[column.target] = column.read(cells[column.name])
            except Invalid as wrong:
                errors[column.name] = f"{column.name}: {wrong}"
    if errors:
        raise Invalid(errors)
    return found


def line(most: int, *, needed: bool = False) -> Callable[[str], str]:
    """A text on one line, its blanks made single."""

    def read(cell: str) -> str:
        text = CONTROL.sub("", " ".join(cell.split()))
        if needed and not text:
            raise Invalid("it is empty.")
        return _no_longer(text, most)

    return read


def paragraph(most: int) -> Callable[[str], str]:
    """A text that may have several lines."""
    return lambda cell: _no_longer(CONTROL.sub("", cell).strip(), most)


def _no_longer(text: str, most: int) -> str:
    if len(text) > most:
        raise Invalid(f"it has {len(text):,} characters, the most are {most:,}.")
    return text


def whole(low: int, high: int, empty: int | None = None) -> Callable[[str], int]:
    """A whole number from `low` to `high`; `empty` is what an empty cell means, where it may be empty."""

    def read(cell: str) -> int:
        text = cell.strip()
        if not text and empty is not None:
            return empty
        number = WHOLE.fullmatch(text)
        if not number or not low <= int(number[1]) <= high:
            raise Invalid(f"“{text[:40]}” is not a whole number from {low:,} to {high:,}.")
        return int(number[1])

    return read


def cents(cell: str) -> int:
    """Money, half up to whole cents."""
    text = cell.strip()
    amount = AMOUNT.fullmatch(text)
    if not amount:
        raise Invalid(f"“{text[:40]}” is not an amount of money such as 1234.50.")
    exact = Decimal(amount[1].replace(",", "")) * 100
    found = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if found > MOST_CENTS:
        raise Invalid(f"“{text[:40]}” is more than any price can be.")
    return found


def cents_or_none(cell: str) -> int | None:
    return cents(cell) if cell.strip() else None


def flag(cell: str) -> bool:
    text = cell.strip().casefold()
    if text not in YES | NO:
        raise Invalid(f"“{cell.strip()[:40]}” is neither yes nor no.")
    return text in YES


def day(cell: str) -> date | None:
    """A date; None for an empty cell."""
    text = cell.strip()
    if not text:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass  # such as 30 February: refused below like any other text
    raise Invalid(f"“{text[:40]}” is not a date such as 2026-12-31.")


def in_order(read: dict[str, Any]) -> None:
    """Raise Invalid where a price would end before it begins."""
    start, end = read.get("valid_from"), read.get("valid_to")
    if start and end and end < start:
        raise Invalid(f"valid_to: {end} is before valid_from, {start}.")
