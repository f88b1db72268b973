"""Two people at one line at one time: what the second is told, and what is never written over (BASKET-10)."""

from dataclasses import dataclass

from app.rules.basket_finders import LARGEST_ID
from app.rules.basket_sums import LineSum
from app.rules.refusals import Stale
from db import sql

GONE = """
SELECT l.id, l.quantity, u.name AS removed_by, p.sku, p.name, CASE WHEN p.vpn = '' THEN p.sku ELSE p.vpn END AS code
FROM basket_lines l JOIN products p ON p.id = l.product LEFT JOIN users u ON u.id = l.changed_by
WHERE l.basket = $1 AND l.id = $2 AND l.removed_at IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody typed into a line; None leaves a thing as it is, version None asks for no comparison.

    `was_quantity` and `was_note` are what they were shown: who changed the other of the two is in nobody's way.
    """

    quantity: int | None = None
    note: str | None = None
    version: int | None = None
    was_quantity: int | None = None
    was_note: str | None = None


def require_fresh(line: LineSum, wanted: Wanted) -> None:
    """Raises Stale where somebody changed the same thing since it was shown, with both values."""
    kept = line.line
    if wanted.version in (None, kept.version):
        return
    differing = []
    if wanted.quantity not in (None, kept.quantity) and kept.quantity != wanted.was_quantity:
        differing.append(f"the quantity is {kept.quantity:,} now, and you typed {wanted.quantity:,}")
    if wanted.note not in (None, kept.note) and kept.note != wanted.was_note:
        differing.append(f"the note is “{kept.note}” now, and you typed “{wanted.note}”")
    if differing:
        raise Stale(f"{line.code} has changed in the meantime: {'; '.join(differing)}. Nothing was written over.")


def require_unchanged(line: LineSum, version: int | None) -> None:
    """Raises Stale for the removal of a line that is not what was shown."""
    kept = line.line
    if version not in (None, kept.version):
        note = f", with the note “{kept.note}”" if kept.note else ""
        raise Stale(
            f"{line.code} has changed in the meantime: the quantity is {kept.quantity:,} now{note}. "
            "Nothing was removed. Press Remove once more if it shall go."
        )


async def gone(basket_id: int, line_id: int) -> sql.Row | None:
    """A line that somebody removed: `id`, `sku`, `code`, `name`, its last `quantity`, and `removed_by`."""
    return await sql.row(GONE, basket_id, line_id) if 0 < line_id <= LARGEST_ID else None


async def require_there(basket_id: int, line_id: int, wanted: Wanted) -> None:
    """Raises Stale where somebody removed the line while it was typed into, with what was typed."""
    if wanted.version is not None and (row := await gone(basket_id, line_id)):
        quantity = f"{wanted.quantity:,}" if wanted.quantity is not None else ""
        note = f"the note “{wanted.note}”" if wanted.note else ""
        typed = " and ".join(filter(None, (quantity, note)))
        who = row["removed_by"] or "Somebody"
        raise Stale(
            f"{who} removed {row['code']} in the meantime. {f'You typed {typed}. ' if typed else ''}"
            "Add it again if it is needed."
        )
