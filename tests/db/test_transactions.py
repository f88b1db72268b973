"""What a transaction promises on either engine: whole or not at all, and never a lost connection."""

import asyncio

import pytest

from db import sql
from db.atomic import CommitUnknown, atomic
from db.conf import DB
from tests.cast import Cast

MORE = "UPDATE stock SET available = available + 1 WHERE product = $1 AND warehouse = 1"
UNITS = "SELECT available FROM stock WHERE product = $1 AND warehouse = 1"


class Change(Exception):
    """Somebody changed their mind."""


async def test_a_failure_undoes_the_whole(cast: Cast) -> None:
    with pytest.raises(Change):
        async with sql.transaction():
            await sql.run(MORE, cast.scarce.id)
            raise Change
    assert await sql.value(UNITS, cast.scarce.id) == 12


async def test_a_nested_failure_undoes_its_own_part(cast: Cast) -> None:
    async with sql.transaction():
        await sql.run(MORE, cast.scarce.id)
        with pytest.raises(Change):
            async with sql.transaction():
                await sql.run(MORE, cast.scarce.id)
                raise Change
    assert await sql.value(UNITS, cast.scarce.id) == 13


async def test_writers_queue_instead_of_failing(cast: Cast) -> None:
    @atomic
    async def one_more() -> None:
        units = await sql.value(UNITS + (" FOR UPDATE" if DB.engine_type == "postgres" else ""), cast.scarce.id)
        await sql.run("UPDATE stock SET available = $2 WHERE product = $1 AND warehouse = 1", cast.scarce.id, units + 1)

    await asyncio.gather(*(one_more() for _ in range(40)))
    assert await sql.value(UNITS, cast.scarce.id) == 52


async def test_the_product_counts_what_its_warehouses_hold(cast: Cast) -> None:
    await sql.run(MORE, cast.scarce.id)
    assert await sql.value("SELECT available FROM products WHERE id = $1", cast.scarce.id) == 21


async def test_a_lost_server_is_tried_again_until_it_is_back(cast: Cast) -> None:
    tries = []

    @atomic
    async def shaky() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise ConnectionResetError
        return "done"

    assert await shaky() == "done"
    assert len(tries) == 3


async def test_a_server_lost_at_commit_is_never_called_done(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    class Lost:
        async def __aenter__(self) -> None:
            return None

        async def __aexit__(self, *_: object) -> None:
            raise ConnectionResetError

    tries = []

    @atomic
    async def deed() -> None:
        tries.append(1)

    monkeypatch.setattr(sql, "transaction", Lost)
    with pytest.raises(CommitUnknown):
        await deed()
    assert len(tries) == 1


async def test_no_connection_is_lost_when_transactions_fail(cast: Cast) -> None:
    for _ in range(30):
        with pytest.raises(Change):
            async with sql.transaction():
                raise Change
    found = await asyncio.gather(*(sql.value("SELECT 1") for _ in range(30)))
    assert found == [1] * 30


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE stock SET available = -1 WHERE product = $1",
        "UPDATE basket_lines SET quantity = 0 WHERE product = $1",
        "UPDATE products SET msrp_cents = -1 WHERE id = $1",
        "UPDATE products SET sku = '' || 'C6Y3GE' WHERE id = $1",
        "UPDATE products SET vendor = 999999 WHERE id = $1",
        "INSERT INTO baskets (company, owner, name, name_key, visibility, home_warehouse, created_at, changed_at) "
        "SELECT 1, 1, 'x', 'x', 'secret', 1, created_at, created_at FROM products WHERE id = $1",
    ],
)
async def test_the_database_itself_refuses_nonsense(cast: Cast, wrong: str) -> None:
    await sql.run(
        "INSERT INTO baskets (company, owner, name, name_key, visibility, home_warehouse, created_at, changed_at) "
        "SELECT 1, 1, 'b', 'b', 'private', 1, created_at, created_at FROM products WHERE id = $1",
        cast.dock.id,
    )
    await sql.run(
        "INSERT INTO basket_lines (basket, product, quantity, added_at) "
        "SELECT (SELECT max(id) FROM baskets), id, 1, created_at FROM products WHERE id = $1",
        cast.dock.id,
    )
    with pytest.raises(Exception, match=r"(?i)constraint"):
        await sql.run(wrong, cast.dock.id)
