"""A new basket with the lines of another, at today's prices (BASKET-12, BASKET-13, BASKET-16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.rules import basket_bulk, baskets, left_out_lines
from app.rules.basket_bulk import Outcome, Wish
from app.rules.baskets import NAME_LENGTH, Basket, Opened, name_key
from app.rules.privileges import Privilege
from app.rules.refusals import Missing
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

DEED = "copy baskets"
NAMES = "SELECT name_key FROM baskets WHERE owner = $1 AND deleted_at IS NULL"
LIKE_SOURCE = "UPDATE baskets SET home_warehouse = $2 WHERE id = $1"
CURRENT = "UPDATE users SET current_basket = $2 WHERE id = $1"


@dataclass(frozen=True, slots=True)
class Copied:
    """The new basket, and what it was made from."""

    made: int
    source: Basket
    outcome: Outcome


def wishes_of(opened: Opened) -> list[Wish]:
    """Its lines as wishes for another basket."""
    return [Wish(line.product["id"], line.line.quantity, line.line.note) for line in opened.sums.lines]


def name_for(basket: Basket, by: Viewer) -> str:
    """How a copy is called where nobody says otherwise: one that starts from a template carries the day."""
    now = datetime.now(UTC).astimezone(ZoneInfo(by.time_zone))
    return _ending(basket.name, f", {now.day} {now:%b %Y}" if basket.template_at else ", copy")


def _ending(name: str, end: str) -> str:
    return name[: NAME_LENGTH - len(end)].rstrip() + end


async def _free(name: str, by: Viewer) -> str:
    """The name, or the same with a number."""
    taken = {row["name_key"] for row in await sql.rows(NAMES, by.id)}
    names: Sequence[str] = [name, *(_ending(name, f" {number}") for number in range(2, len(taken) + 3))]
    return next(one for one in names if name_key(one) not in taken)


@atomic
async def make(basket_id: int, name: str, by: Viewer) -> Copied:
    """A private basket of one's own with the lines of any that one may see; one from a template is the current one.

    The name that is proposed gets a number where it is taken; for any other, and at the limit, it raises Invalid.
    What cannot be bought any more is left out, and kept to be read (`left_out_lines`).
    """
    by.require(Privilege.USE_BASKETS, DEED)
    await baskets.lock_owner(by)
    opened = await baskets.open(by, basket_id)
    source, proposed = opened.basket, name_for(opened.basket, by)
    await baskets.require_room(by)
    if name and name != proposed:
        await baskets.require_free(name, by)
    made = await baskets.insert(
        name if name and name != proposed else await _free(proposed, by), source.note, "private", by
    )
    await sql.run(LIKE_SOURCE, made, source.home_warehouse)
    wishes = wishes_of(opened)
    outcome = await basket_bulk.put(made, wishes, by)
    await left_out_lines.keep(made, wishes, outcome)
    if source.template_at:
        await sql.run(CURRENT, by.id, made)
    return Copied(made, source, outcome)


async def source_of(basket_id: int, viewer: Viewer) -> Basket | None:
    """What a notice names as the source; nothing where it is not the viewer's to see any more."""
    try:
        return await baskets.find(viewer, basket_id)
    except Missing:
        return None
