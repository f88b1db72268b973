"""Templates: baskets that many others start from, and that are never ordered themselves (BASKET-13)."""

from datetime import UTC, datetime

from app.rules import basket_access, baskets
from app.rules.basket_finders import COLUMNS, VISIBLE_TO, basket_of
from app.rules.basket_lists import NAMED, PAGE_SIZE, pattern
from app.rules.baskets import Basket
from app.rules.privileges import Privilege
from app.rules.refusals import Refused
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

LISTED = f"""FROM baskets b JOIN users u ON u.id = b.owner
WHERE {VISIBLE_TO} AND b.archived_at IS NULL AND b.template_at IS NOT NULL AND {NAMED}"""
TURN = "UPDATE baskets SET template_at = $2 WHERE id = $1"


async def listed(place: str, q: str, page: int, viewer: Viewer) -> tuple[list[Basket], int]:
    """One page of the templates that stand in a list, basket_access.MY or COMPANY, by name; and how many there are."""
    stands = f"{LISTED} AND {basket_access.where('stands_in', place)}"
    values = (viewer.id, viewer.company_id, pattern(q))
    statement = f"SELECT {COLUMNS} {stands} ORDER BY b.name_key, b.id LIMIT $4 OFFSET $5"
    rows = await sql.rows(statement, *values, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return [basket_of(row) for row in rows], await sql.value(f"SELECT count(*) {stands}", *values)


async def _own_open(basket_id: int, by: Viewer) -> Basket:
    by.require(Privilege.USE_BASKETS, baskets.DEED)
    await baskets.lock_owner(by)
    basket = await baskets.own(by, basket_id)
    if basket.archived_at:
        raise Refused(baskets.why_not_edit(basket, by))
    return basket


@atomic
async def make(basket_id: int, by: Viewer) -> None:
    """Turn a basket into a template, which makes room (BASKET-2); once more changes nothing."""
    basket = await _own_open(basket_id, by)
    if not basket.template_at:
        await sql.run(TURN, basket.id, datetime.now(UTC))


@atomic
async def unmake(basket_id: int, by: Viewer) -> None:
    """Turn a template into an active basket again; raises Invalid at the limit (BASKET-2)."""
    basket = await _own_open(basket_id, by)
    if basket.template_at:
        await baskets.require_room(by)
        await sql.run(TURN, basket.id, None)
