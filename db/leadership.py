"""Work that one of all processes does: whoever holds the lock, until it stops or loses the database."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any
from zlib import crc32

import asyncpg

from db.conf import DB
from db.postgres import PortalPostgres

LOOK_SECONDS = 5.0
GONE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)

Work = Callable[[asyncio.Event], Awaitable[None]]


async def lead(name: str, work: Work, stop: asyncio.Event) -> None:
    """Do `work` while this process leads; a SQLite file has one serving process, which leads always."""
    if not isinstance(DB, PortalPostgres):
        await work(stop)
        return
    while not stop.is_set():
        with contextlib.suppress(*GONE):  # while the database is away nobody leads
            await _once(DB, name, work, stop)
        await _pause(stop, LOOK_SECONDS)


async def _once(engine: PortalPostgres, name: str, work: Work, stop: asyncio.Event) -> None:
    """Try for the lock, and work as long as its connection lives."""
    connection: Any = await engine.get_new_connection()
    try:
        if await connection.fetchval("SELECT pg_try_advisory_lock($1)", crc32(name.encode())):
            await _work(connection, work, stop)
    finally:
        await connection.close()


async def _work(connection: Any, work: Work, stop: asyncio.Event) -> None:
    over = asyncio.Event()
    connection.add_termination_listener(lambda _: over.set())
    watch = asyncio.create_task(stop.wait())
    watch.add_done_callback(lambda _: over.set())
    try:
        await work(over)
    finally:
        watch.cancel()


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
