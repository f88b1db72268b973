"""Bring the database to the tables of this version: one runner at a time, however many servers start."""

import contextlib
import io
from collections.abc import AsyncIterator

import asyncpg
from piccolo.apps.migrations.commands.forwards import run_forwards

from db.conf import DB
from db.postgres import PortalPostgres

LOCK = 723_115_022  # any number, the same in every process


class MigrationFailed(RuntimeError):
    """A migration did not go through; what it had done is undone."""


@contextlib.asynccontextmanager
async def _alone() -> AsyncIterator[None]:
    """Hold an advisory lock on PostgreSQL; a SQLite file has one writing process anyway."""
    if not isinstance(DB, PortalPostgres):
        yield
        return
    connection: asyncpg.Connection = await DB.get_new_connection()
    try:
        await connection.execute("SET statement_timeout = 0")
        await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
        yield
    finally:
        await connection.close()


async def migrate() -> None:
    """Run every migration that has not run; raises MigrationFailed."""
    async with _alone():
        with contextlib.redirect_stdout(io.StringIO()):
            result = await run_forwards("portal")
    if not result.success:
        raise MigrationFailed(result.message or "A migration failed.")
