"""Statements in SQL for both databases: parameters are `$1`, `$2`; rows come back as dicts."""

from contextlib import AbstractAsyncContextManager
from typing import Any

from db.conf import DB

Row = dict[str, Any]


async def rows(sql: str, *args: Any) -> list[Row]:
    """Every row of a statement."""
    return await DB.fetch(sql, args)


async def row(sql: str, *args: Any) -> Row | None:
    """The first row, or None."""
    found = await DB.fetch(sql, args)
    return found[0] if found else None


async def value(sql: str, *args: Any) -> Any:
    """The first column of the first row, or None."""
    found = await DB.fetch(sql, args)
    return next(iter(found[0].values())) if found else None


async def run(sql: str, *args: Any) -> None:
    """A statement whose rows nobody wants."""
    await DB.fetch(sql, args)


async def run_many(sql: str, many: list[tuple[Any, ...]]) -> None:
    """One statement for each tuple, in one transaction."""
    if many:
        await DB.run_many(sql, many)


def marks(count: int, start: int = 1) -> str:
    """`$1, $2, $3`: places for a list of values."""
    return ", ".join(f"${number}" for number in range(start, start + count))


def transaction() -> AbstractAsyncContextManager[Any]:
    """A writing transaction, a savepoint inside another."""
    return DB.transaction()


def snapshot() -> AbstractAsyncContextManager[Any]:
    """Several reads of one moment."""
    return DB.snapshot()


def statements() -> int:
    """How many statements this process has run."""
    return DB.statements
