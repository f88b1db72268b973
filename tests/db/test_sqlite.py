"""The SQLite engine: kept connections, safe settings, one hop."""

from pathlib import Path

import pytest

from db.sqlite import PortalSQLite


@pytest.fixture
async def engine(tmp_path: Path):  # type: ignore[no-untyped-def]
    made = PortalSQLite(str(tmp_path / "deep" / "portal.db"))
    yield made
    await made.close_connection_pool()


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)]
)
async def test_an_answered_order_survives_a_power_cut(engine: PortalSQLite, pragma: str, value: object) -> None:
    async with engine.transaction():
        rows = await engine.run(f"PRAGMA {pragma}")
    assert next(iter(rows[0].values())) == value


async def test_reading_goes_on_while_one_writes(engine: PortalSQLite) -> None:
    await engine.run("CREATE TABLE t (n INTEGER)")
    outside = engine._pool
    assert outside is not None
    async with engine.transaction():
        await engine.fetch("INSERT INTO t VALUES ($1)", (1,))
        assert await outside.read("SELECT count(*) AS n FROM t", ()) == [{"n": 0}]
    assert await engine.fetch("SELECT count(*) AS n FROM t", ()) == [{"n": 1}]


async def test_a_failing_begin_gives_the_writer_back(engine: PortalSQLite) -> None:
    await engine.run("CREATE TABLE t (n INTEGER)")
    pool = await engine.pool_now()
    await pool.writer.fetch("BEGIN IMMEDIATE")
    with pytest.raises(Exception, match="within a transaction"):
        async with engine.transaction():
            pass
    async with engine.transaction():
        await engine.fetch("INSERT INTO t VALUES ($1)", (1,))
    assert engine.current_transaction.get() is None


async def test_readers_cannot_write(engine: PortalSQLite) -> None:
    await engine.run("CREATE TABLE t (n INTEGER)")
    async with engine.snapshot():
        with pytest.raises(Exception, match="readonly"):
            await engine.run("INSERT INTO t VALUES (1)")
