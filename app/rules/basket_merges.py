"""The lines of another basket put into one's own (BASKET-12): quantities add up, and it can be undone."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.rules import basket_archive, basket_bulk, baskets, left_out_lines
from app.rules.basket_copies import wishes_of
from app.rules.basket_finders import COLUMNS, VISIBLE_TO, basket_of
from app.rules.basket_selections import HOLD, LESS, TAKEN
from app.rules.baskets import Basket, Opened
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import array

SOURCES = f"""SELECT {COLUMNS} FROM baskets b JOIN users u ON u.id = b.owner
WHERE {VISIBLE_TO} AND b.archived_at IS NULL AND b.id <> $3 ORDER BY b.owner <> $1, b.name_key, b.id"""  # noqa: S608
# The lines as a merge left them, with what it put there, while the other basket is as it was then.
MERGED = """SELECT l.id, l.quantity, other.quantity AS added FROM basket_lines l
    JOIN basket_lines other ON other.product = l.product AND other.basket = $2 AND other.removed_at IS NULL
    JOIN baskets source ON source.id = other.basket AND source.revision = $5
    WHERE l.basket = $1 AND l.removed_at IS NULL AND l.revision = $4 AND l.changed_by = $3"""


@dataclass(frozen=True, slots=True)
class Merged:
    """How many lines came, by what became of them; the two revisions name the merge for its undo."""

    opened: Opened
    source: Basket
    added: int
    added_up: int
    left_out: int
    archived: bool
    source_revision: int


async def sources(basket: Basket, viewer: Viewer) -> list[Basket]:
    """What can be merged into the basket: all that the viewer sees and nobody archived, the viewer's own first."""
    return [basket_of(row) for row in await sql.rows(SOURCES, viewer.id, viewer.company_id, basket.id)]


async def _held(basket_id: int, source_id: int, by: Viewer) -> Basket:
    """The basket to change; both are locked in the order of their ids, as moves lock them."""
    for one in (basket_id, source_id):
        if not 0 < one <= baskets.LARGEST_ID:
            raise Missing
    await sql.rows(HOLD, basket_id, source_id)
    basket = await baskets.find(by, basket_id)
    baskets.require_edit(basket, by)
    return basket


@atomic
async def make(basket_id: int, source_id: int, by: Viewer, *, archive: bool = False) -> Merged:
    """Add the lines of a basket that one may see to one that one may change; `archive` puts the other one away.

    Raises Invalid by field. What cannot be bought any more is kept to be read (`left_out_lines`).
    """
    by.require(Privilege.USE_BASKETS, basket_bulk.DEED)
    await baskets.lock_owner(by)
    if source_id == basket_id:
        await baskets.find(by, basket_id)
        raise Invalid({"from": "Choose another basket than this one."})
    basket = await _held(basket_id, source_id, by)
    opened = await baskets.open(by, source_id)
    source, wishes = opened.basket, wishes_of(opened)
    if not wishes:
        raise Invalid({"from": f"“{source.name}” has no lines."})
    archive = archive and not source.archived_at
    if archive and not baskets.owns(source, by):
        raise Invalid({"archive": f"Only {source.owner_name}, who created “{source.name}”, can archive it."})
    outcome = await basket_bulk.put(basket.id, wishes, by)
    await left_out_lines.keep(basket.id, wishes, outcome)
    if archive:
        await basket_archive.put_away(source.id, by)
    added_up = sum(wish.product_id in outcome.was for wish in outcome.put)
    added, left = len(outcome.put) - added_up, len(outcome.refused)
    return Merged(outcome.opened, source, added, added_up, left, archive, source.revision)


@atomic
async def undo(basket_id: int, source_id: int, revisions: tuple[int, int], by: Viewer, *, archived: bool) -> int:
    """Take out again what a merge put in, as far as neither side has changed since; gives of how many lines.

    `revisions` are the basket's after the merge and the other's at it. Raises Invalid where the other basket was
    archived with it and there is no room to bring it back (BASKET-2).
    """
    by.require(Privilege.USE_BASKETS, basket_bulk.DEED)
    await baskets.lock_owner(by)
    basket = await _held(basket_id, source_id, by)
    await baskets.find(by, source_id)
    known = max(revisions) <= baskets.LARGEST_ID
    found = await sql.rows(MERGED, basket.id, source_id, by.id, *revisions) if known else []
    left = [(row["id"], row["quantity"] - row["added"]) for row in found]
    await sql.run_many(LESS, [(line, by.id, quantity) for line, quantity in left if quantity > 0])
    ended = array(line for line, quantity in left if quantity <= 0)
    await sql.run(TAKEN, basket.id, by.id, datetime.now(UTC), ended)
    if found:
        await baskets.settle(basket.id, by)
    if archived:
        await basket_archive.bring_back(source_id, by)
    return len(found)
