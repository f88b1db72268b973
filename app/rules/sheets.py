"""Sheets of Quick Order: typed, pasted or loaded rows, kept until the good ones are in a basket (BASKET-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from app.files.code_lists import Read, Typed
from app.rules import baskets
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import FOR_UPDATE

DEED = "use Quick Order"
KEPT = timedelta(days=7)
MOST_KEPT = 20
PAD_ROWS = 200
CODE_LENGTH = 100
QUANTITY_LENGTH = 40
NOTE_LENGTH = 200
FLAW_LENGTH = 300
SOURCE_LENGTH = 200
TOLD_LENGTH = 2_000
NOTHING = "There is no row in it. Type or paste part numbers and quantities, or choose a file that holds some."

COLUMNS = "s.id, s.source, s.made_at, s.told, s.basket, s.basket_name"
FIND = f'SELECT {COLUMNS} FROM sheets s WHERE s.id = $1 AND s."user" = $2 AND s.company = $3'  # noqa: S608 (constants)
WAITING = f"""
SELECT {COLUMNS}, count(r.id) AS rows FROM sheets s JOIN sheet_rows r ON r.sheet = s.id AND r.went_at IS NULL
WHERE s."user" = $1 AND s.company = $2 GROUP BY {COLUMNS} ORDER BY s.made_at DESC, s.id DESC
"""  # noqa: S608 (constants)
INSERT = """INSERT INTO sheets ("user", company, basket, basket_name, source, told, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"""
INSERT_ROW = """INSERT INTO sheet_rows (sheet, number, code, quantity, note, flaw) VALUES ($1, $2, $3, $4, $5, $6)"""
OLDER = """DELETE FROM sheets WHERE "user" = $1 AND id NOT IN (
    SELECT id FROM sheets WHERE "user" = $1 ORDER BY made_at DESC, id DESC LIMIT $2)"""


class Target(NamedTuple):
    """Where good rows go: a basket, or with id 0 a new one; without a name that takes the next free one."""

    basket_id: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet without its rows; `rows` counts those that wait, where they were counted."""

    id: int
    source: str
    made_at: datetime
    told: tuple[str, ...]
    target: Target
    rows: int = 0


def _sheet(row: sql.Row) -> Sheet:
    target = Target(row["basket"] or 0, row["basket_name"])
    told = tuple(row["told"].splitlines())
    return Sheet(row["id"], row["source"], row["made_at"], told, target, row.get("rows", 0))


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
    """Keep the rows as a sheet; gives its id. Raises Invalid where there are none. The oldest beyond the most go."""
    by.require(Privilege.USE_BASKETS, DEED)
    if not read.rows:
        raise Invalid(NOTHING)
    await baskets.lock_owner(by)
    if target.basket_id:
        await _require_known(target.basket_id, by)
    kept = (plain(source)[:SOURCE_LENGTH], "\n".join(read.told)[:TOLD_LENGTH], datetime.now(UTC))
    made: int = await sql.value(INSERT, by.id, by.company_id, target.basket_id or None, target.name, *kept)
    await sql.run_many(INSERT_ROW, [_kept(made, row) for row in read.rows])
    await sql.run(OLDER, by.id, MOST_KEPT)
    return made


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
    """Drop the sheet with the rows that wait; what went into a basket stays there."""
    await held(sheet_id, by)
    await sql.run("DELETE FROM sheets WHERE id = $1", sheet_id)


async def clear() -> None:
    """Forget the sheets of a week ago."""
    await sql.run("DELETE FROM sheets WHERE made_at < $1", datetime.now(UTC) - KEPT)
