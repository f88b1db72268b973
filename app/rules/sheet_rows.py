"""The rows of a sheet as they stand today: good, not good and why, or gone into a basket (BASKET-11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.files.code_lists import Typed
from app.rules import baskets, code_checks, sheet_additions
from app.rules.baskets import Basket
from app.rules.code_checks import Checked
from app.rules.refusals import Missing
from app.rules.settings import settings
from app.rules.sheet_additions import Addition, Went
from app.rules.sheets import Sheet
from app.rules.viewers import Viewer
from db import sql

GONE = "The basket is gone, or no longer yours to change. Choose another: your rows are all here."
FULL = "The basket would hold more than {most:,} lines. Choose another basket for this one."
MOST_NAMED = 3
ROWS = """SELECT number, code, quantity, note, flaw, product, went_at, was, basket
    FROM sheet_rows WHERE sheet = $1 AND removed_at IS NULL ORDER BY number"""
COUNT = "SELECT count(*) FROM basket_lines WHERE basket = $1 AND removed_at IS NULL"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that waits; `problem` is why it cannot go into the basket."""

    checked: Checked
    problem: str = ""

    @property
    def typed(self) -> Typed:
        return self.checked.typed

    @property
    def number(self) -> int:
        return self.typed.number

    @property
    def product_id(self) -> int:
        return int(self.checked.product["id"]) if self.checked.product else 0

    @property
    def quantity(self) -> int:
        return self.checked.quantity or 0

    @property
    def said(self) -> str:
        """That quantities add up, with another row or with what the basket holds."""
        also = [f"row {number:,}" for number in self.checked.also[:MOST_NAMED]]
        more = ["more"] if len(self.checked.also) > MOST_NAMED else []
        others = [*([f"{self.checked.held:,} in the basket"] if self.checked.held else []), *also, *more]
        return f"With {' and '.join(others)}: {self.checked.together:,} in all." if others else ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet with its rows; `basket` None is a new one, `why_not` says why the chosen basket takes nothing."""

    sheet: Sheet
    basket: Basket | None = None
    why_not: str = ""
    good: tuple[Row, ...] = ()
    bad: tuple[Row, ...] = ()
    went: tuple[Went, ...] = ()
    added: tuple[Addition, ...] = ()

    @property
    def total_cents(self) -> int:
        """Of the good rows."""
        return sum(row.checked.total_cents for row in self.good)

    def is_good(self, number: int) -> bool:
        return any(row.number == number for row in self.good)

    def waits(self, number: int) -> bool:
        return any(row.number == number for row in (*self.good, *self.bad))

    def is_in_basket(self, number: int) -> bool:
        return any(row.number == number for row in self.went)


@dataclass(slots=True)
class Kept:
    """The rows as they are kept, told apart."""

    typed: list[Typed] = field(default_factory=list)
    chosen: dict[int, int] = field(default_factory=dict)
    went: list[Went] = field(default_factory=list)


async def kept(sheet_id: int) -> Kept:
    """The rows of a sheet that the asker has found."""
    found = Kept()
    for row in await sql.rows(ROWS, sheet_id):
        number = row["number"]
        if row["went_at"]:
            if row["product"] and row["basket"]:
                quantity = int(row["quantity"])
                found.went.append(Went(number, row["product"], quantity, row["was"], row["basket"], row["went_at"]))
            continue
        found.typed.append(Typed(number, row["code"], row["quantity"], row["note"], row["flaw"]))
        if row["product"]:
            found.chosen[number] = row["product"]
    return found


async def target_of(sheet: Sheet, viewer: Viewer) -> tuple[Basket | None, str]:
    """The basket that rows shall go to, and why it takes none."""
    if not sheet.target.basket_id:
        return None, ""
    try:
        basket = await baskets.find(viewer, sheet.target.basket_id)
    except Missing:
        return None, GONE
    reason = baskets.why_not_edit(basket, viewer)
    return (basket, f"{reason} Choose another basket: your rows are all here.") if reason else (basket, "")


async def usable(basket_id: int, viewer: Viewer) -> Basket | None:
    """The basket where the viewer may add lines; None where it is another one, or 0."""
    try:
        basket = await baskets.find(viewer, basket_id)
    except Missing:
        return None
    return basket if baskets.may_edit(basket, viewer) else None


async def open(sheet: Sheet, viewer: Viewer) -> Opened:
    """Check every row that waits, by as many statements as for one."""
    basket, why_not = await target_of(sheet, viewer)
    found = await kept(sheet.id)
    usable = None if why_not else basket
    good, bad = await judged(found.typed, viewer, usable, found.chosen)
    added = await sheet_additions.of(found.went, basket.id) if basket else ()
    return Opened(sheet, basket, why_not, good, bad, tuple(found.went), added)


async def judged(
    typed: Sequence[Typed], viewer: Viewer, basket: Basket | None, chosen: Mapping[int, int]
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The good rows and the others, each in their order."""
    checked = await code_checks.check(typed, viewer, basket, chosen=chosen)
    room = settings.max_basket_lines - (await sql.value(COUNT, basket.id) if basket else 0)
    good, bad, seen = [], [], set[int]()
    for one in checked:
        if one.problem or one.product is None:
            bad.append(Row(one, one.problem))
            continue
        is_new = not one.held and one.product["id"] not in seen
        if is_new and room <= 0:
            bad.append(Row(one, FULL.format(most=settings.max_basket_lines)))
            continue
        room -= is_new
        seen.add(one.product["id"])
        good.append(Row(one))
    return tuple(good), tuple(bad)
