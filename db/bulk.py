"""Many rows at once: what a database refuses of them, and how others get their turn to write meanwhile."""

import asyncio
import sqlite3
import time

import asyncpg

from db.dialect import SQLITE

# A row that breaks a constraint or does not fit its column, on either database.
UNFIT = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    OverflowError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.DataError,
)

# Another process asks for SQLite's write lock every tenth of a second: a pause that is longer lets it in for sure.
PAUSE_SECONDS = 0.15
WORK_SECONDS = 0.4


class Turns:
    """Lets other processes write in between; PostgreSQL needs no such pause."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    async def give(self) -> None:
        """Call between two transactions."""
        await asyncio.sleep(0)
        if SQLITE and time.monotonic() - self._since > WORK_SECONDS:
            await asyncio.sleep(PAUSE_SECONDS)
            self._since = time.monotonic()
