"""The lines of a basket: adding, changing, removing and undoing (BASKET-1, BASKET-8, BASKET-10)."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from app.rules import basket_contents, baskets, current_baskets, products, stock
from app.rules import basket_line_rows as rows
from app.rules import basket_overtaken as overtaken
from app.rules.basket_contents import Contents
from app.rules.basket_line_rows import Seen
from app.rules.basket_overtaken import Wanted
from app.rules.basket_sums import Line, LineSum
from app.rules.baskets import Opened
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing
from app.rules.settings import settings
from app.rules.stock import ALL_HERE, Apart
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

DEED = "add products to baskets"
NOTE_LENGTH = 200

COUNT = "SELECT count(*) FROM basket_lines WHERE basket = $1 AND removed_at IS NULL"
REMOVED = """
SELECT l.id, l.quantity, CASE WHEN p.vpn = '' THEN p.sku ELSE p.vpn END AS code
FROM basket_lines l JOIN products p ON p.id = l.product
WHERE l.basket = $1 AND l.id = $2 AND l.removed_at > $3
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """A line that was added, changed or brought back, in its basket; `was` is its quantity before, 0 for a new one."""

    opened: Opened
    line: LineSum
    was: int = 0


def _seen(line: LineSum, apart: Apart = ALL_HERE) -> Seen:
    """Raises Invalid where so many cannot be bought, with the reason at the field; `apart` is in the line already."""
    if line.obstacle and line.obstacle.kind == "quantity":
        least, multiple = line.product["min_quantity"], line.product["multiple_quantity"]
        unfit = "" if line.promise.refused else stock.unfit(line.line.quantity, least, multiple, apart)
        raise Invalid({"quantity": unfit or line.obstacle.words})
    if line.obstacle:
        raise Invalid({"sku": line.obstacle.words})
    assert line.price is not None
    return Seen(line.price.cents, line.promise.ships, bool(line.product["is_discontinued"]))


def _require_quantity(quantity: int) -> None:
    most = settings.max_quantity
    if not 0 < quantity <= most:
        raise Invalid({"quantity": f"That makes {quantity:,}; a line holds from 1 to {most:,} of a product."})


def _require_room(lines: int) -> None:
    most = settings.max_basket_lines
    if lines >= most:
        raise Invalid({"sku": f"A basket holds at most {most:,} lines. Remove one, or use another basket."})


@atomic
async def add(basket_id: int, code: str, quantity: int, by: Viewer) -> Deed:
    """Put so many of a product in; the same product adds up. Basket 0 is the current one (BASKET-7).

    Raises Invalid with the reason at the field: unknown, uncertified, unpriced, a quantity that is not sold.
    """
    by.require(Privilege.USE_BASKETS, DEED)
    basket = await baskets.held(by, basket_id or await current_baskets.current_or_new(by))
    baskets.require_edit(basket, by)
    contents = await basket_contents.read(by, basket, wanted=await products.named(code, by.company_id))
    line, was = await _put(contents, quantity)
    return await _deed(contents.with_line(line), line.id, was)


async def _put(contents: Contents, quantity: int) -> tuple[Line, int]:
    """Add to the line of the wanted product, bring its removed line back, or begin one; gives the quantity before."""
    row, basket, by = contents.wanted, contents.basket, contents.viewer
    assert row is not None
    stands = contents.line(row["line_id"] or 0)
    was = stands.quantity if stands else 0
    _require_quantity(was + quantity)
    begun = stands or Line(row["line_id"] or 0, 0, "", row["version"] or 0, dict(row), row["own_number"] or "")
    seen = _seen(contents.judged(replace(begun, quantity=was + quantity)), Apart(was))
    if not stands:
        _require_room(len(contents.lines))
    line = _written(begun, was + quantity, seen)
    if stands:
        await sql.run(rows.MORE, line.id, by.id, line.quantity, *seen)
    elif line.id:
        await sql.run(rows.REVIVE, line.id, by.id, line.quantity, *seen, datetime.now(UTC))
    else:
        made = (basket.id, row["id"], line.quantity, *seen, by.id, datetime.now(UTC))
        line = replace(line, id=await sql.value(f"{rows.INSERT} RETURNING id", *made))
    return line, was


def _written(line: Line, quantity: int, seen: Seen) -> Line:
    """The line as the database holds it after a change."""
    return replace(
        line,
        quantity=quantity,
        version=line.version + 1,
        seen_price_cents=seen.cents,
        seen_ships=seen.ships,
        seen_discontinued=seen.discontinued,
    )


async def _line(basket_id: int, line_id: int, by: Viewer, wanted: Wanted | None = None) -> tuple[Contents, LineSum]:
    """The line among the contents of its basket, which is locked; raises Missing, or Refused where it is frozen.

    Raises Stale where somebody has removed what `by` has typed into (BASKET-10).
    """
    basket = await baskets.held(by, basket_id)
    baskets.require_edit(basket, by)
    contents = await basket_contents.read(by, basket)
    line = contents.line(line_id)
    if line is None:
        await overtaken.require_there(basket_id, line_id, wanted or Wanted())
        raise Missing
    return contents, contents.judged(line)


@atomic
async def change(basket_id: int, line_id: int, wanted: Wanted, by: Viewer) -> Deed:
    """Another quantity or note; raises Invalid, Missing, and Stale for a change of an older version."""
    contents, line = await _line(basket_id, line_id, by, wanted)
    overtaken.require_fresh(line, wanted)
    quantity = line.line.quantity if wanted.quantity is None else wanted.quantity
    note = line.line.note if wanted.note is None else wanted.note
    seen = Seen(line.line.seen_price_cents, line.line.seen_ships, line.line.seen_discontinued)
    if quantity != line.line.quantity:
        _require_quantity(quantity)
        seen = _seen(contents.judged(replace(line.line, quantity=quantity)))
    await sql.run(rows.CHANGE, line.id, by.id, quantity, *seen, note)
    written = replace(_written(line.line, quantity, seen), note=note)
    return await _deed(contents.with_line(written), line.id, line.line.quantity)


async def _deed(contents: Contents, line_id: int, was: int) -> Deed:
    opened = await baskets.settle_contents(contents)
    line = opened.sums.line(line_id)
    assert line is not None
    return Deed(opened, line, was)


@atomic
async def remove(basket_id: int, line_id: int, by: Viewer, version: int | None = None) -> tuple[Opened, LineSum]:
    """Take a line out; gives the basket without it, and what it was. Raises Stale for a line of an older version."""
    contents, line = await _line(basket_id, line_id, by)
    overtaken.require_unchanged(line, version)
    await sql.run(rows.REMOVE, line_id, by.id, datetime.now(UTC))
    return await baskets.settle_contents(contents.without(line_id)), line


async def removed(basket_id: int, line_id: int) -> sql.Row | None:
    """`id`, `code` and `quantity` of a line that can be brought back into a basket that the asker has opened."""
    since = datetime.now(UTC) - timedelta(hours=settings.undo_hours)
    return await sql.row(REMOVED, basket_id, line_id, since) if 0 < line_id <= baskets.LARGEST_ID else None


@atomic
async def restore(basket_id: int, line_id: int, by: Viewer) -> Deed:
    """Undo a removal, at the same place; once more changes nothing. Raises Missing, Invalid past the limit."""
    basket = await baskets.held(by, basket_id)
    baskets.require_edit(basket, by)
    if await removed(basket.id, line_id):
        _require_room(await sql.value(COUNT, basket.id))
        await sql.run(rows.RESTORE, line_id, by.id)
    opened = await baskets.settle(basket.id, by)
    line = opened.sums.line(line_id)
    if line is None:
        raise Missing
    return Deed(opened, line)
