"""The drivers' errors, by what they mean for who asked: only this room knows the drivers' own names."""

import asyncio
import sqlite3

import asyncpg

from db.atomic import LOST_RACE, LOST_SERVER
from db.sqlite_connections import Unavailable

# What passes: the database is away, hangs, is locked or full, or others were faster too often.
PASSING = (Unavailable, asyncio.TimeoutError, asyncpg.QueryCanceledError, *LOST_RACE, *LOST_SERVER)
UNREACHABLE = (OSError, asyncpg.PostgresConnectionError, asyncpg.InvalidCatalogNameError)
DOUBLE = (sqlite3.IntegrityError, asyncpg.UniqueViolationError)  # another row holds it already
UNUSABLE = (sqlite3.OperationalError, asyncpg.UndefinedTableError)


def lacks_tables(error: BaseException) -> bool:
    """Whether it was never migrated."""
    return isinstance(error, asyncpg.UndefinedTableError) or "no such table" in str(error)
