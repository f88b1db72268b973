"""From a sheet into a basket: good rows once, bad ones stay; added up, or set instead (BASKET-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.rules import basket_bulk, baskets, current_baskets, sheet_additions, sheet_rows
from app.rules.basket_bulk import Wish
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing, Refused
from app.rules.sheet_additions import Addition
from app.rules.sheet_rows import GONE, Row
from app.rules.sheets import DEED, Target, held
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

TOUCHED = "These lines were changed since in the basket, and stay as they are. Change them there."
NONE_GOOD = "No row is good yet. Mend one first: the reason stands at each."
WENT = """UPDATE sheet_rows SET went_at = $3, was = $4, product = $5, quantity = $6, basket = $7
    WHERE sheet = $1 AND number = $2"""
AIM = "UPDATE sheets SET basket = $2, basket_name = $3 WHERE id = $1"


@dataclass(frozen=True, slots=True)
class Put:
    """How many rows went into the basket, and why others did not after all."""

    basket_id: int
    rows: int = 0
    refused: tuple[str, ...] = ()


@atomic
async def aim(sheet_id: int, target: Target, by: Viewer) -> None:
    """Choose where good rows shall go; raises Invalid for a basket that the user cannot change."""
    await held(sheet_id, by)
    if target.basket_id:
        await _changeable(target.basket_id, by)
    await sql.run(AIM, sheet_id, target.basket_id or None, target.name)


async def _changeable(basket_id: int, by: Viewer) -> None:
    try:
        baskets.require_edit(await baskets.find(by, basket_id), by)
    except (Missing, Refused) as no:
        raise Invalid({"basket": no.reason if isinstance(no, Refused) else GONE}) from no


async def _made(target: Target, by: Viewer) -> int:
    """The basket to put into; a new one where none is named. Raises Invalid at the limit (BASKET-2)."""
    if target.basket_id:
        await _changeable(target.basket_id, by)
        return target.basket_id
    if target.name:
        return await baskets.create(target.name, "private", "", by)
    return await (current_baskets.new(by) if by.basket else current_baskets.current_or_new(by))


@atomic
async def put(sheet_id: int, target: Target, by: Viewer) -> Put:
    """Put the good rows in, each once however often it is asked; raises Invalid, and nothing has changed then."""
    by.require(Privilege.USE_BASKETS, DEED)
    sheet = await held(sheet_id, by)
    if target.basket_id:
        await _changeable(target.basket_id, by)
    kept = await sheet_rows.kept(sheet_id)
    basket = await baskets.find(by, target.basket_id) if target.basket_id else None
    good, _ = await sheet_rows.judged(kept.typed, by, basket, kept.chosen)
    if not good and kept.went:
        return Put(sheet.target.basket_id)
    if not good:
        raise Invalid(NONE_GOOD)
    return await _put(sheet_id, await _made(target, by), good, by)


async def _put(sheet_id: int, basket_id: int, good: Sequence[Row], by: Viewer) -> Put:
    wishes = [Wish(row.product_id, row.quantity, row.typed.note) for row in good]
    outcome = await basket_bulk.put(basket_id, wishes, by)
    gone = [row for row in good if row.product_id not in outcome.refused]
    if not gone:
        raise Invalid(next(iter(outcome.refused.values())))
    now = datetime.now(UTC)
    facts = [
        (sheet_id, row.number, now, outcome.was.get(row.product_id, 0), row.product_id, row.quantity) for row in gone
    ]
    await sql.run_many(WENT, [(*fact[:-1], str(fact[-1]), basket_id) for fact in facts])
    await sql.run(AIM, sheet_id, basket_id, "")
    return Put(basket_id, len(gone), tuple(dict.fromkeys(outcome.refused.values())))


@atomic
async def replace(sheet_id: int, by: Viewer, *, undo: bool = False) -> Put:
    """Let lines that were in the basket before hold what the sheet says alone, or with `undo` both added up again.

    Gives how many lines that were; raises Invalid where the basket takes nothing any more. What somebody made of
    a line since stands (BASKET-10).
    """
    by.require(Privilege.USE_BASKETS, DEED)
    sheet = await held(sheet_id, by)
    basket_id = sheet.target.basket_id
    went = [row for row in (await sheet_rows.kept(sheet_id)).went if row.was and row.basket_id == basket_id]
    if not went:
        return Put(basket_id)
    await _changeable(basket_id, by)
    await baskets.held(by, basket_id)
    added = await sheet_additions.of(went, basket_id)
    if undo:
        wishes = [Wish(one.product_id, one.both) for one in added if one.is_replaced]
    else:
        wishes = [Wish(one.product_id, one.alone) for one in added if one.is_added]
    if not wishes:
        return _unchanged(basket_id, added)
    outcome = await basket_bulk.put(basket_id, wishes, by, replacing=True)
    if not outcome.put:
        raise Invalid(next(iter(outcome.refused.values())))
    return Put(basket_id, len(outcome.put), tuple(dict.fromkeys(outcome.refused.values())))


def _unchanged(basket_id: int, added: Sequence[Addition]) -> Put:
    """Nothing to do at a second press; raises Invalid where others have changed all of the lines."""
    if added and not any(one.is_replaced or one.is_added for one in added):
        raise Invalid(TOUCHED)
    return Put(basket_id)
