"""Fills an empty database with the demo: the same seed and moment give the same demo."""

import asyncio
from contextlib import nullcontext
from datetime import datetime
from zoneinfo import ZoneInfo

from app.demo import baskets, catalogue, contracts, dice, history, people, queues, shop
from app.demo.cast import COMPANIES
from app.rules import starting_data
from app.rules.settings import settings
from db import sql
from db.marks import Mark

LEAST = 200  # below that there are not enough goods to make a history of
IN_ONE_GO = 5_000  # products; more are written batch by batch


class NotEmpty(Exception):
    """The database has data, which the demo would mix with."""

    def __init__(self) -> None:
        super().__init__("The database is not empty. Give PORTAL_DATABASE_URL an empty one for the demo.")


class TooFew(ValueError):
    """So few products hold no history."""

    def __init__(self) -> None:
        super().__init__(f"The demo needs {LEAST} products or more.")


async def is_demo() -> bool:
    """Whether the database is marked as the demo."""
    return await Mark.exists().where(Mark.name == "demo")


async def fill(products: int, seed: int, now: datetime) -> None:
    """Write the whole demo, its dates counted back from `now` (UTC); raises NotEmpty or TooFew."""
    if products < LEAST:
        raise TooFew
    if not await _is_empty():
        raise NotEmpty
    hashing = asyncio.create_task(people.hashes())  # slow, and needs no database
    async with sql.transaction() if products <= IN_ONE_GO else nullcontext():
        await _write(products, seed, now, hashing)


async def _is_empty() -> bool:
    return not await sql.value(
        "SELECT EXISTS (SELECT 1 FROM products) OR EXISTS (SELECT 1 FROM companies)"
        " OR EXISTS (SELECT 1 FROM users) OR EXISTS (SELECT 1 FROM vendors)"
    )


async def _write(products: int, seed: int, now: datetime, hashing: asyncio.Task[dict[str, str]]) -> None:
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    await starting_data.fill_if_empty()
    goods = await catalogue.write(products, seed, now, today)
    async with sql.transaction():
        everybody = await people.write(goods, await hashing)
        await contracts.write(goods, everybody)
        shops = {
            company.name: await shop.opened(goods, everybody.companies[company.name], dice.dice(seed, company.name))
            for company in COMPANIES
        }
        await history.write(goods, everybody, shops, seed)
        await baskets.write(goods, everybody, shops)
        await queues.write(everybody, now)
        await Mark.insert(Mark(name="demo", value="1"))
