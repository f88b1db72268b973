"""Baskets: making, renaming, deleting and choosing them (BASKET-2, BASKET-4, BASKET-6, BASKET-7)."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2s

from app.rules.basket_access import VISIBILITIES
from app.rules.basket_finders import (
    LARGEST_ID,
    Basket,
    Opened,
    find,
    is_current,
    may_edit,
    open,
    owns,
    require_edit,
    visit,
    why_not_edit,
    why_not_order,
    why_not_theirs,
    with_current,
)
from app.rules.basket_settling import settle, settle_contents
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing, Refused
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import FOR_UPDATE

__all__ = [
    "LARGEST_ID",
    "Basket",
    "Opened",
    "change",
    "create",
    "find",
    "full",
    "held",
    "insert",
    "is_current",
    "lock_owner",
    "may_edit",
    "open",
    "own",
    "owns",
    "remove",
    "require_edit",
    "require_free",
    "require_room",
    "restore",
    "settle",
    "settle_contents",
    "undoable",
    "visit",
    "why_not_edit",
    "why_not_make",
    "why_not_order",
    "why_not_theirs",
    "with_current",
]

NAME_LENGTH = 80
NOTE_LENGTH = 1_000
DEED = "use baskets"

ACTIVE = """SELECT count(*) FROM baskets WHERE owner = $1
    AND deleted_at IS NULL AND archived_at IS NULL AND template_at IS NULL"""
NAMED = "SELECT 1 FROM baskets WHERE owner = $1 AND name_key = $2 AND deleted_at IS NULL AND id <> $3"
INSERT = """
INSERT INTO baskets (company, owner, name, name_key, visibility, note, home_warehouse, created_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING id
"""
UPDATE = """UPDATE baskets SET name = $2, name_key = $3, note = $4, home_warehouse = $5, visibility = $6,
    changed_at = $7 WHERE id = $1"""
UNDOABLE = """SELECT id, name, archived_at IS NULL AND template_at IS NULL AS was_active FROM baskets
    WHERE id = $1 AND owner = $2 AND deleted_at > $3"""


def name_key(name: str) -> str:
    """How names are compared: case and look-alike forms of a letter do not count."""
    key = unicodedata.normalize("NFKC", name).casefold()
    if len(key) <= NAME_LENGTH:
        return key
    end = blake2s(key.encode(), digest_size=16).hexdigest()  # one letter may stand for many: what differs still does
    return key[: NAME_LENGTH - len(end)] + end


def why_not_make(active: int) -> str:
    """Why there can be no further basket, and how to make room; nothing where there is room (BASKET-2)."""
    most = settings.max_active_baskets
    if active < most:
        return ""
    how = "Order, archive or delete one that you need no more."
    return f"You have {active:,} active baskets, and {most:,} is the most. {how}"


async def lock_owner(by: Viewer) -> None:
    """Let one transaction at a time count and name the baskets of a user; raises Missing for who was just deleted."""
    if await sql.row(f"SELECT id FROM users WHERE id = $1 AND deleted_at IS NULL{FOR_UPDATE}", by.id) is None:  # noqa: S608
        raise Missing


async def held(by: Viewer, basket_id: int) -> Basket:
    """The basket, locked until the transaction ends; raises Missing."""
    if 0 < basket_id <= LARGEST_ID:
        await sql.row(f"SELECT id FROM baskets WHERE id = $1{FOR_UPDATE}", basket_id)  # noqa: S608 (a constant)
    return await find(by, basket_id)


async def own(by: Viewer, basket_id: int) -> Basket:
    """The same for who manages it; raises Refused for others who see it."""
    basket = await held(by, basket_id)
    if not owns(basket, by):
        raise Refused(f"Only {basket.owner_name}, who created “{basket.name}”, can do this.")
    return basket


async def full(by: Viewer) -> str:
    """Why the user can make no further basket; nothing where there is room."""
    return why_not_make(await sql.value(ACTIVE, by.id))


async def require_room(by: Viewer) -> None:
    """Raises Invalid at the limit; under `lock_owner` the 101st is refused at the same moment too."""
    if reason := await full(by):
        raise Invalid(reason)


async def require_free(name: str, by: Viewer, basket_id: int = 0) -> None:
    if await sql.value(NAMED, by.id, name_key(name), basket_id):
        raise Invalid({"name": f"You have another basket named “{name}”. Give this one a name of its own."})


def _require_visibility(visibility: str) -> None:
    if visibility not in VISIBILITIES:
        raise Invalid({"visibility": "Choose private, public or shared."})


async def insert(name: str, note: str, visibility: str, by: Viewer) -> int:
    """The row alone: whoever calls it has locked the owner, and looked for room and for the name."""
    now = datetime.now(UTC)
    made: int = await sql.value(
        INSERT, by.company_id, by.id, name, name_key(name), visibility, note, by.home_warehouse_id, now
    )
    return made


@atomic
async def create(name: str, visibility: str, note: str, by: Viewer) -> int:
    """A new basket's id; raises Invalid past the limit (BASKET-2) and for a name that the user has already."""
    by.require(Privilege.USE_BASKETS, DEED)
    _require_visibility(visibility)
    await lock_owner(by)
    await require_room(by)
    await require_free(name, by)
    return await insert(name, note, visibility, by)


@atomic
async def change(
    basket_id: int,
    name: str | None,
    note: str | None,
    home_warehouse: int | None,
    by: Viewer,
    visibility: str | None = None,
) -> Basket:
    """Rename it, or change its note, home warehouse or visibility; None leaves a thing as it is (BASKET-6)."""
    await lock_owner(by)
    basket = await own(by, basket_id)
    if basket.archived_at:
        raise Refused(why_not_edit(basket, by))
    name, note = basket.name if name is None else name, basket.note if note is None else note
    await require_free(name, by, basket.id)
    warehouse = basket.home_warehouse if home_warehouse is None else home_warehouse
    if not await sql.value("SELECT 1 FROM warehouses WHERE id = $1", warehouse):
        raise Invalid({"home_warehouse": "Choose one of the warehouses."})
    seen_by = basket.visibility if visibility is None else visibility
    _require_visibility(seen_by)
    await sql.run(UPDATE, basket.id, name, name_key(name), note, warehouse, seen_by, datetime.now(UTC))
    return replace(basket, name=name, note=note, home_warehouse=warehouse, visibility=seen_by)


@atomic
async def remove(basket_id: int, by: Viewer) -> None:
    """Delete it; `restore` undoes that for a day. What was the current basket is so again once it is back."""
    basket = await own(by, basket_id)
    await sql.run("UPDATE baskets SET deleted_at = $2 WHERE id = $1", basket.id, datetime.now(UTC))


async def undoable(basket_id: int, by: Viewer) -> sql.Row | None:
    """`id` and `name` of a basket that the user has deleted and can have back."""
    since = datetime.now(UTC) - timedelta(hours=settings.undo_hours)
    return await sql.row(UNDOABLE, basket_id, by.id, since) if 0 < basket_id <= LARGEST_ID else None


@atomic
async def restore(basket_id: int, by: Viewer) -> None:
    """Undo a deletion; raises Invalid at the limit (BASKET-2), or where its name is taken by now."""
    await lock_owner(by)
    deleted = await undoable(basket_id, by)
    if deleted is None:
        raise Missing
    if deleted["was_active"]:
        await require_room(by)
    await require_free(deleted["name"], by)
    await sql.run("UPDATE baskets SET deleted_at = NULL WHERE id = $1", basket_id)
