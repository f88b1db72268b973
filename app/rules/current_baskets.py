"""The current basket: where "Add to basket" puts products (BASKET-7)."""

from app.rules import baskets
from app.rules.refusals import Missing, Refused
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

CURRENT = """SELECT b.id FROM users u JOIN baskets b ON b.id = u.current_basket
    WHERE u.id = $1 AND b.company = $2 AND b.deleted_at IS NULL AND b.template_at IS NULL"""


@atomic
async def choose(basket_id: int, by: Viewer) -> baskets.Basket:
    """Let "Add to basket" put products there from now on (BASKET-7); raises Refused where they may not be added."""
    basket = await baskets.find(by, basket_id)
    baskets.require_edit(basket, by)
    if basket.template_at:
        raise Refused(f"“{basket.name}” is a template. Start a basket from it, and make that the current one.")
    await sql.run("UPDATE users SET current_basket = $2 WHERE id = $1", by.id, basket.id)
    return basket


@atomic
async def current_or_new(by: Viewer) -> int:
    """The user's current basket; the first add makes one (BASKET-7), at the limit it raises Invalid."""
    await baskets.lock_owner(by)
    current = await sql.value(CURRENT, by.id, by.company_id)
    if current:
        try:
            if baskets.may_edit(await baskets.find(by, current), by):
                return int(current)
        except Missing:
            current = None  # it was shared with the user once
    made = await new(by)
    await sql.run("UPDATE users SET current_basket = $2 WHERE id = $1", by.id, made)
    return made


@atomic
async def new(by: Viewer) -> int:
    """A private basket under the next free name; at the limit it raises Invalid (BASKET-2)."""
    await baskets.lock_owner(by)
    await baskets.require_room(by)
    return await baskets.insert(await _free_name(by), "", "private", by)


async def _free_name(by: Viewer) -> str:
    rows = await sql.rows("SELECT name_key FROM baskets WHERE owner = $1", by.id)
    taken = {row["name_key"] for row in rows}
    names = (f"Basket {number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if baskets.name_key(name) not in taken)
