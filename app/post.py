"""The post: sends the mail that is due, over one connection for a batch (NOTIFY-3)."""

import asyncio
import logging
from email.headerregistry import Address

from app.mail import messages, servers
from app.rules import notices
from app.rules.settings import settings
from db.sql import Row

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
WOKEN = asyncio.Event()


def wake() -> None:
    """Look for mail now: after a deed that has written some, when its transaction has ended."""
    WOKEN.set()


async def deliver_due(stop: asyncio.Event | None = None) -> int:
    """Send what is due, and tell how much of it the server took; several may run at once.

    Ends early when `stop` is set or the server cannot be talked to. Raises servers.WrongServer or
    messages.NoAddress where PORTAL_SMTP_URL or PORTAL_MAIL_FROM does not fit. Between the server's OK and our
    note a crash makes one repetition, with the same Message-ID.
    """
    if not settings.smtp_url:
        return 0
    sender = messages.sender(notices.sender(), settings.distributor)
    connection = servers.Connection(servers.Server.at(settings.smtp_url))
    taken = 0
    try:
        while not (connection.broken or (stop and stop.is_set())) and (notice := await notices.claim()):
            taken += await _deliver(notice, sender, connection)
    finally:
        await connection.close()
    return taken


async def _deliver(notice: Row, sender: Address, connection: servers.Connection) -> bool:
    try:
        await connection.send(messages.composed(notice, sender))
    except servers.NotTaken as refusal:
        log.warning("Mail %s was not taken: %s", notice["id"], refusal.words)
        await notices.not_taken(notice, refusal.words, refusal.for_good)
        return False
    except messages.NoAddress as wrong:
        await notices.not_taken(notice, str(wrong), for_good=True)
        return False
    await notices.sent(notice)
    return True


async def work(stop: asyncio.Event) -> None:
    """Send mail until `stop` is set, also after the database was away; raises what deliver_due() raises."""
    while not stop.is_set():
        try:
            await deliver_due(stop)
        except (servers.WrongServer, messages.NoAddress):
            raise
        except Exception:
            log.exception("The post could not look for mail; it looks again in %s seconds", LOOK_SECONDS)
        await _pause(stop)


async def _pause(stop: asyncio.Event) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in (stop, WOKEN)]
    await asyncio.wait(waits, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    WOKEN.clear()
