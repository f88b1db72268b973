"""Sheets of Quick Order: typed, pasted or loaded rows, kept until the good ones are in a basket (BASKET-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from app.files.code_lists import Read, Typed
from app.rules import baskets
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import FOR_UPDATE

DEED = "use Quick Order"
KEPT = timedelta(days=7)
PAD_ROWS = 200
CODE_LENGTH = 100
QUANTITY_LENGTH = 40
NOTE_LENGTH = 200
FLAW_LENGTH = 300
SOURCE_LENGTH = 200
TOLD_LENGTH = 2_000
NOTHING = "Nothing is typed yet. Type or paste part numbers and quantities, or choose a file that holds some."

LEFT = "The list {} was dropped with the rows that waited in it: {:,} lists are the most that are kept."

COLUMNS = "s.id, s.source, s.made_at, s.told, s.basket, s.basket_name"
OWN = f'SELECT {COLUMNS} FROM sheets s WHERE s.id = $1 AND s."user" = $2 AND s.company = $3'  # noqa: S608 (constants)
FIND = f"{OWN} AND s.removed_at IS NULL"
DROPPED = f"{OWN} AND s.removed_at > $4"
WAITING = f"""
SELECT {COLUMNS}, count(*) AS all_rows, count(CASE WHEN r.went_at IS NULL THEN 1 END) AS rows FROM sheets s
JOIN sheet_rows r ON r.sheet = s.id AND r.removed_at IS NULL
WHERE s."user" = $1 AND s.company = $2 AND s.removed_at IS NULL GROUP BY {COLUMNS}
HAVING count(CASE WHEN r.went_at IS NULL THEN 1 END) > 0 ORDER BY s.made_at DESC, s.id DESC
"""  # noqa: S608 (constants)
INSERT = """INSERT INTO sheets ("user", company, basket, basket_name, source, told, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"""
INSERT_ROW = """INSERT INTO sheet_rows (sheet, number, code, quantity, note, flaw) VALUES ($1, $2, $3, $4, $5, $6)"""
# The sheets beyond the most: those where no row waits go first, then the oldest.
OLDER = """SELECT s.id, s.source, count(r.id) AS rows FROM sheets s
LEFT JOIN sheet_rows r ON r.sheet = s.id AND r.went_at IS NULL AND r.removed_at IS NULL
WHERE s."user" = $1 AND s.removed_at IS NULL GROUP BY s.id, s.source, s.made_at
ORDER BY CASE WHEN count(r.id) > 0 THEN 0 ELSE 1 END, s.made_at DESC, s.id DESC LIMIT 1000 OFFSET $2"""
REMOVE = "UPDATE sheets SET removed_at = $2 WHERE id = $1"
RESTORE = "UPDATE sheets SET removed_at = NULL WHERE id = $1"
FORGET = """DELETE FROM sheets WHERE "user" = $1 AND removed_at IS NOT NULL AND id NOT IN (
    SELECT id FROM sheets WHERE "user" = $1 AND removed_at IS NOT NULL ORDER BY removed_at DESC, id DESC LIMIT $2)"""
TELL = "UPDATE sheets SET told = $2 WHERE id = $1"


class Target(NamedTuple):
    """Where good rows go: a basket, or with id 0 a new one; without a name that takes the next free one."""

    basket_id: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet without its rows; `rows` counts those that wait among `all_rows`, where they were counted."""

    id: int
    source: str
    made_at: datetime
    told: tuple[str, ...]
    target: Target
    rows: int = 0
    all_rows: int = 0


def _sheet(row: sql.Row) -> Sheet:
    target = Target(row["basket"] or 0, row["basket_name"])
    told = tuple(row["told"].splitlines())
    return Sheet(row["id"], row["source"], row["made_at"], told, target, row.get("rows", 0), row.get("all_rows", 0))


async def find(sheet_id: int, viewer: Viewer, lock: str = "") -> Sheet:
    """Raises Missing for what is not the viewer's own."""
    row = None
    if 0 < sheet_id <= baskets.LARGEST_ID:
        row = await sql.row(FIND + lock, sheet_id, viewer.id, viewer.company_id)
    if row is None:
        raise Missing
    return _sheet(row)


async def held(sheet_id: int, by: Viewer) -> Sheet:
    """The sheet, locked until the transaction ends; raises Missing."""
    return await find(sheet_id, by, FOR_UPDATE)


async def waiting(viewer: Viewer) -> list[Sheet]:
    """The viewer's sheets that hold rows which are in no basket yet, the newest first."""
    return [_sheet(row) for row in await sql.rows(WAITING, viewer.id, viewer.company_id)]


def joined(reads: Sequence[Read]) -> Read:
    """Several lists as one: the first keeps its row numbers, each other one counts on."""
    rows, told, last = [], [], 0
    for read in reads:
        rows += [row._replace(number=row.number + last) for row in read.rows]
        told += read.told
        last = rows[-1].number if rows else 0
    return Read(rows, told)


@atomic
async def create(read: Read, source: str, target: Target, by: Viewer) -> int:
    """Keep the rows as a sheet; gives its id. Raises Invalid where there are none. Beyond the most others go."""
    by.require(Privilege.USE_BASKETS, DEED)
    if not read.rows:
        raise Invalid(NOTHING)
    await baskets.lock_owner(by)
    if target.basket_id:
        await _require_known(target.basket_id, by)
    kept = (plain(source)[:SOURCE_LENGTH], "\n".join(read.told)[:TOLD_LENGTH], datetime.now(UTC))
    made: int = await sql.value(INSERT, by.id, by.company_id, target.basket_id or None, target.name, *kept)
    await sql.run_many(INSERT_ROW, [_kept(made, row) for row in read.rows])
    await _make_room(made, read.told, by)
    return made


async def _make_room(made: int, told: Sequence[str], by: Viewer) -> None:
    """Drop the sheets beyond the most; the new one says which of them held rows that waited."""
    await sql.run(FORGET, by.id, settings.max_sheets)
    now, left = datetime.now(UTC), []
    for row in await sql.rows(OLDER, by.id, settings.max_sheets):
        await sql.run(REMOVE, row["id"], now)
        if row["rows"]:
            name = f"“{row['source']}”" if row["source"] else "that was typed"
            left.append(LEFT.format(name, settings.max_sheets))
    if left:
        await sql.run(TELL, made, "\n".join([*left, *told])[:TOLD_LENGTH])


def _kept(sheet_id: int, row: Typed) -> tuple[int | str, ...]:
    limits = (CODE_LENGTH, QUANTITY_LENGTH, NOTE_LENGTH, FLAW_LENGTH)
    texts = (row.code, row.quantity, row.note, row.flaw)
    return sheet_id, row.number, *(plain(text)[:most] for text, most in zip(texts, limits, strict=True))


def plain(text: str) -> str:
    """On one line, of characters that both databases keep."""
    return "".join(char if char.isprintable() else " " for char in text).strip()


async def _require_known(basket_id: int, by: Viewer) -> None:
    """Raises Invalid for a basket that the user cannot see."""
    try:
        await baskets.find(by, basket_id)
    except Missing as gone:
        raise Invalid({"basket": "That basket is gone, or no longer yours to change. Choose another."}) from gone


@atomic
async def remove(sheet_id: int, by: Viewer) -> None:
    """Drop the sheet with the rows that wait; what went into a basket stays there. It can come back for a day."""
    await held(sheet_id, by)
    await sql.run(REMOVE, sheet_id, datetime.now(UTC))


@atomic
async def restore(sheet_id: int, by: Viewer) -> None:
    """Undo a drop of the last day; raises Missing. One that is there already stays."""
    row = None
    if 0 < sheet_id <= baskets.LARGEST_ID:
        row = await sql.row(DROPPED + FOR_UPDATE, sheet_id, by.id, by.company_id, _undoable_since())
    if row is None:
        await held(sheet_id, by)
    await sql.run(RESTORE, sheet_id)


async def clear() -> None:
    """Forget the sheets of a week ago, and what was dropped before it can come back no more."""
    await sql.run("DELETE FROM sheets WHERE made_at < $1", datetime.now(UTC) - KEPT)
    await sql.run("DELETE FROM sheets WHERE removed_at < $1", _undoable_since())


def _undoable_since() -> datetime:
    return datetime.now(UTC) - timedelta(hours=settings.undo_hours)
