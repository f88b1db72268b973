"""Putting baskets away, and what was put away: archived by hand, ordered, or deleted in the last day (BASKET-13)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.rules import baskets, orders
from app.rules.basket_finders import COLUMNS, VISIBLE_TO, basket_of
from app.rules.basket_lists import NAMED, PAGE_SIZE, pattern
from app.rules.baskets import Basket
from app.rules.privileges import Privilege
from app.rules.refusals import Refused
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

ARCHIVED = f"""FROM baskets b JOIN users u ON u.id = b.owner
WHERE {VISIBLE_TO} AND b.owner = $1 AND b.archived_at IS NOT NULL AND {NAMED}"""
PAGE = f"""SELECT {COLUMNS}, (SELECT max(o.number) FROM orders o WHERE o.company = $2 AND o.basket = b.id
    AND ($4 = 0 OR o.placed_by = $4)) AS ordered
{ARCHIVED} ORDER BY b.archived_at DESC, b.id DESC LIMIT $5 OFFSET $6"""  # noqa: S608 (the pieces are constants)
DELETED = """SELECT id, name, line_count, deleted_at FROM baskets WHERE owner = $1 AND company = $2 AND deleted_at > $3
    AND ($4 = '' OR name_key LIKE $4 ESCAPE '\\') ORDER BY deleted_at DESC, id DESC LIMIT $5"""
PUT_AWAY = "UPDATE baskets SET archived_at = $2, archived_by = $3 WHERE id = $1"


@dataclass(frozen=True, slots=True)
class Archived:
    """A basket that was put away; `ordered` is its order's number where that is the viewer's to see."""

    basket: Basket
    ordered: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was put away, how much there is in all, and what was deleted in the last day."""

    archived: list[Archived]
    count: int
    deleted: list[sql.Row]


def _since() -> datetime:
    return datetime.now(UTC) - timedelta(hours=settings.undo_hours)


def why_not_back(basket: Basket) -> str:
    """Why an archived basket cannot be brought back, and what to do; nothing where it can, room apart."""
    if not basket.archiver:
        return "It was ordered, and cannot be brought back. Copy it instead."
    if basket.archived_at is None or basket.archived_at <= _since():
        return f"Archiving can be undone for {settings.undo_hours} hours. Copy it instead."
    return ""


async def listed(q: str, page: int, viewer: Viewer) -> Found:
    """The viewer's own, the newest first, in three statements; what was deleted stands on the first page alone."""
    company, person = orders.scope(viewer)
    like = pattern(q)
    rows = await sql.rows(PAGE, viewer.id, company, like, person, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    count = await sql.value(f"SELECT count(*) {ARCHIVED}", viewer.id, company, like)
    deleted = await sql.rows(DELETED, viewer.id, company, _since(), like, PAGE_SIZE) if page == 1 else []
    return Found([Archived(basket_of(row), row["ordered"]) for row in rows], count, deleted)


async def undoable(basket_id: int, by: Viewer) -> Basket | None:
    """A basket that the user has put away and can have back."""
    rows = await sql.rows(
        f"SELECT {COLUMNS} {ARCHIVED} AND b.id = $4",
        *(by.id, by.company_id, "", basket_id if 0 < basket_id <= baskets.LARGEST_ID else 0),
    )
    found = [basket for basket in map(basket_of, rows) if not why_not_back(basket)]
    return found[0] if found else None


@atomic
async def put_away(basket_id: int, by: Viewer) -> Basket:
    """Archive it: it changes no more, and makes room (BASKET-2). Once more changes nothing."""
    by.require(Privilege.USE_BASKETS, baskets.DEED)
    basket = await baskets.own(by, basket_id)
    if not basket.archived_at:
        await sql.run(PUT_AWAY, basket.id, datetime.now(UTC), by.id)
    return basket


@atomic
async def bring_back(basket_id: int, by: Viewer) -> None:
    """Undo it for a day; raises Refused for what was ordered, and Invalid at the limit (BASKET-2)."""
    by.require(Privilege.USE_BASKETS, baskets.DEED)
    await baskets.lock_owner(by)
    basket = await baskets.own(by, basket_id)
    if not basket.archived_at:
        return
    if reason := why_not_back(basket):
        raise Refused(f"“{basket.name}” stays archived. {reason}")
    if not basket.template_at:
        await baskets.require_room(by)
    await sql.run(PUT_AWAY, basket.id, None, None)
