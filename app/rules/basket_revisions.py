"""What others have changed of a basket since somebody looked at it (BASKET-10)."""

from collections.abc import Collection
from dataclasses import dataclass

from app.rules import basket_access, baskets
from app.rules.basket_access import TABLE, Part
from app.rules.basket_finders import VISIBLE_TO
from app.rules.baskets import Basket, Opened
from app.rules.refusals import Missing
from app.rules.viewers import Viewer
from db import sql

OTHERS = "l.basket = b.id AND l.revision > $4 AND coalesce(l.changed_by, 0) <> $1"
STATE = f"""
SELECT b.visibility, b.archived_at, b.owner, {basket_access.IS_APPROVED} AS is_approved,
    b.revision > $4 AND EXISTS (SELECT 1 FROM basket_lines l WHERE {OTHERS}) AS has_changed
FROM baskets b WHERE {VISIBLE_TO} AND b.id = $3
"""  # noqa: S608 (constants)
CHANGED = f"""
SELECT l.id, l.quantity, l.version, l.removed_at, u.name AS changed_by, p.sku,
    CASE WHEN p.vpn = '' THEN p.sku ELSE p.vpn END AS code
FROM baskets b JOIN basket_lines l ON {OTHERS}
JOIN products p ON p.id = l.product LEFT JOIN users u ON u.id = l.changed_by
WHERE b.id = $3 AND {VISIBLE_TO} ORDER BY l.revision, l.added_at, l.id
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Revision:
    """The basket as it is now, and the lines that others changed: rows with `id`, `code`, `quantity`, `changed_by`."""

    opened: Opened
    changed: tuple[sql.Row, ...]
    is_other_right: bool  # its reader may do another thing with it by now than when it was drawn


def may_be_changed_by_others(basket: Basket, viewer: Viewer) -> bool:
    """Whether somebody else can change it while the viewer looks at it."""
    if basket.archived_at:
        return False
    others = (TABLE[basket.visibility, part].edits for part in (Part.APPROVED, Part.COLLEAGUE))
    return any(others) or not baskets.owns(basket, viewer)


async def since(
    basket_id: int, revision: int, could_edit: bool, viewer: Viewer, again: Collection[int] = ()
) -> Revision | None:
    """What others changed after that revision, or None, told by one statement; raises Missing.

    `again` are lines that were held back before and are to be shown now, whether they changed or not.
    """
    if not 0 < basket_id <= baskets.LARGEST_ID or not 0 <= revision <= baskets.LARGEST_ID:
        raise Missing
    state = await sql.row(STATE, viewer.id, viewer.company_id, basket_id, revision)
    if state is None:
        raise Missing
    part = basket_access.part_of(viewer.id, state["owner"], bool(state["is_approved"]))
    can_edit = not state["archived_at"] and TABLE[state["visibility"], part].edits
    if can_edit == could_edit and not state["has_changed"] and not again:
        return None
    async with sql.snapshot():
        opened = await baskets.open(viewer, basket_id)
        changed = await sql.rows(CHANGED, viewer.id, viewer.company_id, basket_id, revision)
    return Revision(opened, tuple(changed), can_edit != could_edit)
