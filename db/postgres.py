"""PostgreSQL for Piccolo with a pool that never loses a connection, whatever COMMIT answers."""

import asyncio
import socket
from contextlib import AbstractAsyncContextManager, suppress
from types import TracebackType
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString

from db.savepoints import Nested

Row = dict[str, Any]

POOL_WAIT_SECONDS = 2.0
KEPT_FOR_READING = 4
DEED_WAIT_SECONDS = 10.0  # a deed waits longer for its turn than a look does: it is not lightly asked for again
STATEMENT_TIMEOUT_MS = 5_000


async def _connected(*args: Any, **options: Any) -> Any:
    """A connection; raises ConnectionError where the server cannot be found or none of several takes writes."""
    try:
        return await asyncpg.connect(*args, **options)
    except (socket.gaierror, asyncpg.TargetServerAttributeNotMatched) as nobody:
        raise ConnectionError(str(nobody)) from nobody


class Transaction(PostgresTransaction):
    """One asyncpg transaction; its connection goes back to the pool in every case."""

    engine: "PortalPostgres"

    def __init__(self, engine: "PortalPostgres", **options: Any) -> None:
        super().__init__(engine)
        self._options = options

    async def begin(self) -> None:
        await self.transaction.start()

    async def commit(self) -> None:
        await self.transaction.commit()
        self._committed = True

    async def __aenter__(self) -> "Transaction":
        self.pool = await self.engine.pool_now()
        self.turns = None if self._options.get("readonly") else self.engine.turns
        self.connection = await self._connection()
        self.transaction = self.connection.transaction(**self._options)
        try:
            await self.begin()
        except BaseException:
            await self._give_back()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def _connection(self) -> Any:
        """One of the pool's; deeds wait for their turn, so that looking goes on while many are done at once."""
        if self.turns is None:
            return await self.pool.acquire(timeout=POOL_WAIT_SECONDS)
        await asyncio.wait_for(self.turns.acquire(), DEED_WAIT_SECONDS)
        try:
            return await self.pool.acquire(timeout=POOL_WAIT_SECONDS)
        except BaseException:
            self.turns.release()
            raise

    async def _give_back(self) -> None:
        if self.turns is not None:
            self.turns.release()
        await asyncio.shield(self.pool.release(self.connection))

    async def _undo(self) -> None:
        """Roll back; what a lost connection has not kept needs no undoing."""
        with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            await self.transaction.rollback()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        try:
            if error is None and not self._committed and not self._rolled_back:
                await self.commit()
            elif error is not None:
                await self._undo()
        finally:  # the pool rolls back what is still open
            self.engine.current_transaction.reset(self.context)
            await self._give_back()
        return False


class PortalPostgres(PostgresEngine):
    """`url` may name several hosts; the pool goes to the one that takes writes."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        self._opening = asyncio.Lock()
        self.turns = asyncio.Semaphore(pool_size - KEPT_FOR_READING)
        self.statements = 0
        config = {
            "dsn": url,
            "min_size": 1,
            "max_size": pool_size,
            "target_session_attrs": "read-write",
            "server_settings": {
                "application_name": "portal",
                "timezone": "UTC",
                "statement_timeout": str(STATEMENT_TIMEOUT_MS),
                # Short look-ups all: compiling or spreading one takes longer than running it.
                "jit": "off",
                "max_parallel_workers_per_gather": "0",
            },
        }
        super().__init__(config=config)

    async def check_version(self) -> None:
        """Stock Piccolo opens a connection while the module is imported; this one waits until it is used."""

    async def get_new_connection(self) -> Any:
        config = {name: value for name, value in self.config.items() if name not in {"min_size", "max_size"}}
        return await asyncpg.connect(**config)

    async def start_connection_pool(self, **_: Any) -> None:
        """Open the pool; does nothing when it is open."""
        await self.pool_now()

    async def pool_now(self) -> Any:
        async with self._opening:
            if self.pool is None:
                self.pool = await asyncpg.create_pool(connect=_connected, **self.config)
        return self.pool

    async def close_connection_pool(self) -> None:
        pool, self.pool = self.pool, None
        if pool:
            await pool.close()

    async def fetch(self, sql: str, args: tuple[Any, ...] | list[Any]) -> list[Row]:
        """Run one statement with `$1` parameters, inside the running transaction where there is one."""
        self.statements += 1
        transaction = self.current_transaction.get()
        if transaction is not None:
            return [dict(row) for row in await transaction.connection.fetch(sql, *args)]
        pool = self.pool or await self.pool_now()
        async with pool.acquire(timeout=POOL_WAIT_SECONDS) as connection:
            return [dict(row) for row in await connection.fetch(sql, *args)]

    async def run_many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """Run one statement for each row, inside a transaction."""
        self.statements += 1
        async with self.transaction() as transaction:
            await transaction.connection.executemany(sql, rows)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> list[Row]:
        sql, args = querystring.compile_string(engine_type="postgres")
        return await self.fetch(sql, args)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> list[Row]:
        return await self.fetch(ddl, ())

    def transaction(self, allow_nested: bool = True) -> AbstractAsyncContextManager[Any]:  # type: ignore[override]
        """A writing transaction; inside another one it is a savepoint."""
        outer = self.current_transaction.get()
        return Nested(outer) if outer and allow_nested else Transaction(self)

    def snapshot(self) -> AbstractAsyncContextManager[Any]:
        """Several reads of one moment."""
        outer = self.current_transaction.get()
        return Nested(outer) if outer else Transaction(self, isolation="repeatable_read", readonly=True)
