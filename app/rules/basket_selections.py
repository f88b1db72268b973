"""Many lines of a basket at one time: removed, brought back, moved and copied (BASKET-8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.rules import basket_bulk, basket_lines, baskets, current_baskets
from app.rules import basket_line_rows as rows
from app.rules.basket_bulk import Wish
from app.rules.basket_sums import LineSum
from app.rules.baskets import Basket, Opened
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import FOR_UPDATE, among, array

NEW = 0  # the target of a move that makes a basket of its own
NONE_CHOSEN = "Select the lines first: tick the box at their left."

HOLD = f"SELECT id FROM baskets WHERE id IN ($1, $2) ORDER BY id{FOR_UPDATE}"  # noqa: S608 (a constant)
TAKEN = f"""UPDATE basket_lines SET removed_at = $3, {rows.CHANGED}
    WHERE basket = $1 AND {among("id", 4)} AND removed_at IS NULL"""  # noqa: S608 (constants)
BATCH = """SELECT id, product, quantity FROM basket_lines
    WHERE basket = $1 AND revision = $3 AND removed_at > $4 AND changed_by = $2"""
BACK = f"""UPDATE basket_lines SET removed_at = NULL, {rows.CHANGED}
    WHERE basket = $1 AND {among("id", 3)} AND removed_at IS NOT NULL"""  # noqa: S608 (constants)
LESS = f"UPDATE basket_lines SET quantity = $3, {rows.CHANGED} WHERE id = $1"  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Removal:
    """The basket without the lines, and what they were; `revision` names the removal for its undo."""

    opened: Opened
    lines: tuple[LineSum, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """What went into `to`, and by line's id why the rest stayed; `revision` names it for the undo of a move."""

    opened: Opened
    to: Basket
    lines: tuple[LineSum, ...]
    kept: bool
    stayed: Mapping[int, str] = field(default_factory=dict)
    revision: int = 0


def _since() -> datetime:
    return datetime.now(UTC) - timedelta(hours=settings.undo_hours)


async def _chosen(basket: Basket, line_ids: Iterable[int], by: Viewer) -> tuple[LineSum, ...]:
    """Those of the lines that are still there, in their order; raises Invalid where none is."""
    wanted = set(line_ids)
    found = tuple(line for line in (await baskets.open(by, basket.id)).sums.lines if line.id in wanted)
    if not found:
        raise Invalid({"line": "These lines are gone in the meantime." if wanted else NONE_CHOSEN})
    return found


async def _take(basket: Basket, lines: Sequence[LineSum], by: Viewer) -> Opened:
    ids = array(line.id for line in lines)
    await sql.run(TAKEN, basket.id, by.id, datetime.now(UTC), ids)
    return await baskets.settle(basket.id, by)


@atomic
async def remove(basket_id: int, line_ids: Sequence[int], by: Viewer) -> Removal:
    """Take the lines out, in one revision; those that are gone already count as done."""
    basket = await baskets.held(by, basket_id)
    baskets.require_edit(basket, by)
    lines = await _chosen(basket, line_ids, by)
    opened = await _take(basket, lines, by)
    return Removal(opened, lines, opened.basket.revision)


async def removed(basket_id: int, revision: int, by: Viewer) -> list[sql.Row]:
    """`id`, `product` and `quantity` of the lines that `by` removed or moved away together, and can have back."""
    return await sql.rows(BATCH, basket_id, by.id, revision, _since()) if 0 < revision <= baskets.LARGEST_ID else []


async def _bring_back(basket: Basket, batch: Sequence[sql.Row], by: Viewer) -> Opened:
    most = settings.max_basket_lines
    if await sql.value(basket_lines.COUNT, basket.id) + len(batch) > most:
        raise Invalid(f"A basket holds at most {most:,} lines. Remove some first, then undo this.")
    await sql.run(BACK, basket.id, by.id, array(row["id"] for row in batch))
    return await baskets.settle(basket.id, by)


@atomic
async def restore(basket_id: int, revision: int, by: Viewer) -> tuple[Opened, int]:
    """Undo a removal of many, and say of how many; once more changes nothing. Raises Invalid past the limit."""
    basket = await baskets.held(by, basket_id)
    baskets.require_edit(basket, by)
    batch = await removed(basket.id, revision, by)
    return await _bring_back(basket, batch, by), len(batch)


async def _pair(basket_id: int, to: int, by: Viewer) -> tuple[Basket, Basket]:
    """Both baskets, locked in the order of their ids, so that two opposite moves wait for one another."""
    for one in (basket_id, to):
        if not 0 < one <= baskets.LARGEST_ID:
            raise Missing
    await sql.rows(HOLD, basket_id, to)
    source, target = await baskets.find(by, basket_id), await baskets.find(by, to)
    baskets.require_edit(target, by)
    return source, target


@atomic
async def move(basket_id: int, line_ids: Sequence[int], to: int, by: Viewer, *, kept: bool = False) -> Transfer:
    """Put the lines into another basket, where the same product adds up, and take them out unless they are `kept`.

    What the other basket cannot take stays, with the reason. Raises Invalid by the line's id where nothing goes.
    """
    by.require(Privilege.USE_BASKETS, basket_lines.DEED)
    if to == basket_id:
        raise Invalid({"to": "Choose another basket than this one."})
    source, target = await _pair(basket_id, to or await current_baskets.new(by), by)
    if not kept:
        baskets.require_edit(source, by)
    lines = await _chosen(source, line_ids, by)
    wishes = [Wish(line.product["id"], line.line.quantity, line.line.note) for line in lines]
    outcome = await basket_bulk.put(target.id, wishes, by)
    stayed = {line.id: outcome.refused[line.product["id"]] for line in lines if line.product["id"] in outcome.refused}
    gone = tuple(line for line in lines if line.id not in stayed)
    if not gone:
        raise Invalid({str(line): reason for line, reason in stayed.items()})
    opened = await (baskets.open(by, source.id) if kept else _take(source, gone, by))
    return Transfer(opened, outcome.opened.basket, gone, kept, stayed, opened.basket.revision)


@atomic
async def move_back(basket_id: int, revision: int, to: int, by: Viewer) -> tuple[Opened, int]:
    """Undo a move: as many of each product go out of the other basket as it still holds of them; once more: nothing."""
    source, target = await _pair(basket_id, to, by)
    baskets.require_edit(source, by)
    batch = await removed(source.id, revision, by)
    products = array(row["product"] for row in batch)
    there = {row["product"]: row for row in await sql.rows(basket_bulk.KEPT, target.id, products)}
    pairs = [(there[row["product"]], row["quantity"]) for row in batch if row["product"] in there]
    left = [(kept["id"], kept["quantity"] - quantity) for kept, quantity in pairs if not kept["removed_at"]]
    await sql.run_many(LESS, [(line, by.id, quantity) for line, quantity in left if quantity > 0])
    ended = array(line for line, quantity in left if quantity <= 0)
    await sql.run(TAKEN, target.id, by.id, datetime.now(UTC), ended)
    await baskets.settle(target.id, by)
    return await _bring_back(source, batch, by), len(batch)
