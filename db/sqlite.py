"""SQLite for Piccolo with kept connections: one writer that queues, a few readers, each in its own thread."""

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from types import TracebackType
from typing import Any

from piccolo.engine.exceptions import TransactionError
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType
from piccolo.querystring import QueryString

from db.savepoints import Nested
from db.sqlite_connections import Connection, Pool, Row, numbered

READERS = 4
BUSY_TIMEOUT_MS = 10_000
# busy_timeout stands before journal_mode, which may have to wait; FULL keeps an answered order through a power cut.
PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    "PRAGMA cache_size=-65536",
    "PRAGMA mmap_size=1073741824",
    "PRAGMA temp_store=MEMORY",
)


class Transaction(SQLiteTransaction):
    """BEGIN IMMEDIATE on the writer, or a read-only snapshot on a reader; the connection always goes back."""

    engine: "PortalSQLite"
    closed = False

    async def begin(self) -> None:
        await self.connection.execute(f"BEGIN {self.transaction_type.value}")

    async def commit(self) -> None:
        await self.connection.execute("COMMIT")
        self._committed = True

    async def __aenter__(self) -> "Transaction":
        self.pool = await self.engine.pool_now()
        self.reads_only = self.transaction_type is TransactionType.deferred
        if self.reads_only:
            self.connection = await self.pool.readers.get()
        else:
            await self.pool.lock.acquire()
            self.connection = self.pool.writer
        try:
            await self.begin()
        except BaseException:
            await self._give_back()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def _give_back(self) -> None:
        self.closed = True
        try:
            await asyncio.shield(self.connection.rollback_what_is_open())
        finally:
            if self.reads_only:
                self.pool.readers.put_nowait(self.connection)
            else:
                self.pool.lock.release()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        try:
            if error is None and not self._rolled_back and not self._committed:
                await asyncio.shield(self.commit())
        finally:
            self.engine.current_transaction.reset(self.context)
            await self._give_back()
        return False


class PortalSQLite(SQLiteEngine):
    """One process per file; every statement takes one hop to a kept connection."""

    def __init__(self, path: str) -> None:
        self._pool: Pool | None = None
        self._opening = asyncio.Lock()
        self.statements = 0
        super().__init__(path=path, timeout=BUSY_TIMEOUT_MS / 1000)

    async def start_connection_pool(self, **_: Any) -> None:
        """Open the writer and the readers; does nothing when they are open."""
        await self.pool_now()

    async def pool_now(self) -> Pool:
        async with self._opening:
            if self._pool is None:
                self._pool = await self._open()
        return self._pool

    async def _open(self) -> Pool:
        if self.path != ":memory:":
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        options = {**self.connection_kwargs, "check_same_thread": False, "cached_statements": 512}
        writer, readers = Connection(), [Connection() for _ in range(READERS)]
        await writer.open(options, PRAGMAS)
        for reader in readers:
            await reader.open(options, (*PRAGMAS, "PRAGMA query_only=ON"))
        return Pool(writer, readers)

    async def close_connection_pool(self) -> None:
        pool, self._pool = self._pool, None
        for connection in pool.all if pool else []:
            await connection.close()

    async def run(self, sql: str, args: Any = ()) -> list[Row]:
        """Run one statement with `?` or `?1` parameters, inside the running transaction where there is one."""
        self.statements += 1
        transaction = self.open_transaction()
        if transaction is not None:
            connection: Connection = transaction.connection
            return await connection.fetch(sql, args)
        pool = self._pool or await self.pool_now()
        if sql.lstrip()[:6].upper() in {"SELECT", "WITH R"}:
            return await pool.read(sql, args)
        return await pool.write(sql, args)

    async def fetch(self, sql: str, args: tuple[Any, ...]) -> list[Row]:
        """Run one statement with `$1` parameters."""
        return await self.run(numbered(sql), args)

    async def run_many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """Run one statement for each row, inside a transaction."""
        async with self.transaction():
            self.statements += 1
            transaction = self.open_transaction()
            assert transaction is not None
            await transaction.connection.executemany(sql, rows)

    def open_transaction(self) -> Transaction | None:
        transaction: Any = self.current_transaction.get()
        if transaction is not None and transaction.closed:
            raise TransactionError("This task was started inside a transaction that has ended.")
        found: Transaction | None = transaction
        return found

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[Row]:
        sql, args = querystring.compile_string(engine_type="sqlite")
        return await self.run(sql, args)

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> list[Row]:
        return await self.run(ddl)

    def transaction(  # type: ignore[override]
        self, transaction_type: TransactionType = TransactionType.immediate, allow_nested: bool = True
    ) -> AbstractAsyncContextManager[Any]:
        """A writing transaction; inside another one it is a savepoint."""
        outer = self.open_transaction()
        return Nested(outer) if outer and allow_nested else Transaction(self, transaction_type, allow_nested)

    def snapshot(self) -> AbstractAsyncContextManager[Any]:
        """Several reads of one moment."""
        return self.transaction(TransactionType.deferred)
