"""SQLite connections that are kept: each in a thread of its own, one that writes, a few that read."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

Row = dict[str, Any]

# Piccolo's converter takes every whole number through Decimal; the driver gives integers by itself.
sqlite3.converters.pop("INTEGER", None)
sqlite3.register_converter("BOOLEAN", lambda value: value == b"1")


# What SQLite says when the fault is not the statement's: the file is locked, full, away or not to be read.
AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}


class Unavailable(sqlite3.OperationalError):
    """The database file cannot be used now; nothing was kept of the statement."""


@lru_cache(maxsize=2048)
def numbered(sql: str) -> str:
    """`$1` as PostgreSQL counts parameters becomes `?1`."""
    return sql.replace("$", "?")


class Connection:
    """One sqlite3 connection that lives in one thread of its own."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self._raw: sqlite3.Connection

    async def submit(self, job: Callable[..., Any], *args: Any) -> Any:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, job, *args)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in AWAY:
                raise Unavailable(str(error)) from error
            raise

    async def open(self, options: dict[str, Any], pragmas: tuple[str, ...]) -> None:
        await self.submit(self._open, options, pragmas)

    def _open(self, options: dict[str, Any], pragmas: tuple[str, ...]) -> None:
        self._raw = sqlite3.connect(**options)
        for pragma in pragmas:
            self._raw.execute(pragma).fetchall()

    def _fetch(self, sql: str, args: Any) -> list[Row]:
        cursor = self._raw.execute(sql, args)
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    async def fetch(self, sql: str, args: Any = ()) -> list[Row]:
        rows: list[Row] = await self.submit(self._fetch, sql, args)
        return rows

    async def execute(self, sql: str, args: Any = ()) -> None:
        await self.fetch(sql, args)

    def _executemany(self, sql: str, rows: list[tuple[Any, ...]]) -> int:
        return self._raw.executemany(sql, rows).rowcount

    async def executemany(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        await self.submit(self._executemany, numbered(sql), rows)

    def _rollback_what_is_open(self) -> None:
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")

    async def rollback_what_is_open(self) -> None:
        await self.submit(self._rollback_what_is_open)

    async def close(self) -> None:
        await self.submit(self._raw.close)
        self._thread.shutdown()


class Pool:
    """A writer behind a lock and readers behind a queue."""

    def __init__(self, writer: Connection, readers: list[Connection]) -> None:
        self.writer = writer
        self.lock = asyncio.Lock()
        self.all = [writer, *readers]
        self.readers: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
        for reader in readers:
            self.readers.put_nowait(reader)

    async def read(self, sql: str, args: Any) -> list[Row]:
        reader = await self.readers.get()
        try:
            return await reader.fetch(sql, args)
        finally:
            self.readers.put_nowait(reader)

    async def write(self, sql: str, args: Any) -> list[Row]:
        async with self.lock:
            return await asyncio.shield(self.writer.fetch(sql, args))
