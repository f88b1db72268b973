"""What the tests of the post share: mail that waits, and time that passes for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from app.rules import notices
from app.rules.settings import settings
from db import sql
from db.sql import Row
from tests.rules.test_notices import confirmation
from tests.smtp_server import MailServer, mail_server


@asynccontextmanager
async def server_in_use() -> AsyncIterator[MailServer]:
    """A mail server that the portal is set to use."""
    async with mail_server() as started:
        object.__setattr__(settings, "smtp_url", started.url)
        try:
            yield started
        finally:
            object.__setattr__(settings, "smtp_url", "")


async def write(*names: str) -> None:
    """Order confirmations to these names at Brightbyte."""
    for name in names:
        address, event = f"{name}@brightbyte.example", "order 20-RK7Q2 placed"
        context = confirmation()
        await notices.write("k", event, address, "Order 20-RK7Q2 für Dana", "order_confirmation", context, None)


async def mail_to(name: str) -> Row:
    found = await sql.row("SELECT * FROM notices WHERE recipient = $1", f"{name}@brightbyte.example")
    assert found
    return found


async def later(**passed: float) -> None:
    """As if that much time had passed for mail that waits."""
    then = datetime.now(UTC) - timedelta(**passed)
    await sql.run("UPDATE notices SET due_at = $1 WHERE sent_at IS NULL", then)
    await sql.run("UPDATE notices SET locked_until = $1 WHERE locked_until IS NOT NULL", then)


def minutes_until(when: datetime) -> int:
    return round((when - datetime.now(UTC)).total_seconds() / 60)
