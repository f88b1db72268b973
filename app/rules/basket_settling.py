"""The end of a change of lines: count and total are kept, and a revision of the basket is over (BASKET-8, BASKET-9)."""

from dataclasses import replace
from datetime import UTC, datetime

from app.rules.basket_contents import Contents
from app.rules.basket_finders import Opened, open
from app.rules.viewers import Viewer
from db import sql

SETTLE = """UPDATE baskets SET line_count = $2, total_cents = $3, changed_at = $4, revision = revision + 1
    WHERE id = $1"""


async def settle(basket_id: int, by: Viewer) -> Opened:
    """The basket after a change of its lines, with count and total kept for the header of every page.

    It ends a revision: whoever changed lines gave them the next one (`NEXT_REVISION`).
    """
    return await _settled(await open(by, basket_id))


async def settle_contents(contents: Contents) -> Opened:
    """The same where the transaction that locked the basket knows its lines already."""
    return await _settled(Opened(contents.basket, contents.sums))


async def _settled(opened: Opened) -> Opened:
    count, cents, now = len(opened.sums.lines), opened.sums.goods_cents, datetime.now(UTC)
    await sql.run(SETTLE, opened.basket.id, count, cents, now)
    revision = opened.basket.revision + 1
    basket = replace(opened.basket, line_count=count, total_cents=cents, changed_at=now, revision=revision)
    return replace(opened, basket=basket)
