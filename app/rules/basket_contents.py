"""What lies in a basket, with prices and stock of today: read in three statements, judged and summed in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.rules import prices, products, stock
from app.rules.basket_sums import Line, LineSum, Sums, line_of, summed
from app.rules.offers import Offer
from app.rules.stock import Level
from app.rules.viewers import Viewer
from db import sql
from db.search_rows import OF_LIST, joins

if TYPE_CHECKING:
    from app.rules.basket_finders import Basket

# The lines of basket $2, or its line $3 alone, and the product $5 even where no line holds it.
LINES = f"""
SELECT l.id AS line_id, l.quantity, l.note, l.version, l.seen_price_cents, l.seen_ships, l.seen_discontinued,
    l.selling_cents, l.removed_at, {OF_LIST}
FROM products p
LEFT JOIN basket_lines l ON l.basket = $2 AND l.product = p.id
{joins("$1", "$4")}
WHERE p.id IN (SELECT x.product FROM basket_lines x WHERE x.basket = $2 AND x.removed_at IS NULL
        AND (CAST($3 AS BIGINT) = 0 OR x.id = $3)
    UNION ALL SELECT CAST($5 AS BIGINT))
ORDER BY l.added_at, l.id
"""  # noqa: S608 (the pieces are constants)


@dataclass(frozen=True, slots=True)
class Contents:
    """The lines of a basket for one viewer; `wanted` is the row of the product that was asked for beside them."""

    basket: "Basket"
    viewer: Viewer
    lines: tuple[Line, ...]
    offers: Mapping[int, Offer]
    levels: Mapping[int, Sequence[Level]]
    wanted: Mapping[str, Any] | None = None

    @property
    def sums(self) -> Sums:
        return self._summed(self.lines)

    def judged(self, line: Line) -> LineSum:
        """A line with its figures, whether or not it lies in the basket as yet."""
        return self._summed([line]).lines[0]

    def line(self, line_id: int) -> Line | None:
        return next((line for line in self.lines if line.id == line_id), None)

    def with_line(self, line: Line) -> "Contents":
        """The same with this line instead of the one of its id, or behind all others."""
        if self.line(line.id) is None:
            return replace(self, lines=(*self.lines, line))
        return replace(self, lines=tuple(line if one.id == line.id else one for one in self.lines))

    def without(self, line_id: int) -> "Contents":
        return replace(self, lines=tuple(line for line in self.lines if line.id != line_id))

    def _summed(self, lines: Sequence[Line]) -> Sums:
        basket = self.basket
        return summed(lines, self.offers, self.levels, basket.home_warehouse, self.viewer, basket.contact)


async def read(viewer: Viewer, basket: "Basket", line_id: int = 0, wanted: int = 0) -> Contents:
    """All lines in the order they were added, or one of them alone; and a product that is `wanted` there."""
    today = products.today()
    rows = await sql.rows(LINES, viewer.company_id, basket.id, line_id, today, wanted)
    ids = [row["id"] for row in rows]
    offers = await prices.offers(viewer.company_id, ids, today)
    levels = await stock.levels(ids)
    lines = tuple(line_of(row) for row in rows if row["line_id"] and not row["removed_at"])
    found = next((row for row in rows if row["id"] == wanted), None) if wanted else None
    return Contents(basket, viewer, lines, offers, levels, found)
