"""The post: sends the mail that is due, over one connection for a batch, and clears away what is over (NOTIFY-3)."""

import asyncio
import logging
import time
from collections.abc import Awaitable
from email.headerregistry import Address

from app.mail import messages, servers
from app.rules import notices, rounds
from app.rules.settings import settings
from db.sql import Row

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
ROUND_SECONDS = 3_600.0
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
        await connection.send(messages.composed(await notices.to_send(notice), sender))
    except servers.NotTaken as refusal:
        log.warning("Mail %s was not taken: %s", notice["id"], refusal.words)
        await notices.not_taken(notice, refusal.words, refusal.for_good)
        return False
    except (messages.NoAddress, notices.NotToSend) as wrong:
        await notices.not_taken(notice, str(wrong), for_good=True)
        return False
    await notices.sent(notice)
    return True


async def work(stop: asyncio.Event) -> None:
    """Send mail until `stop` is set, also after the database was away; raises what deliver_due() raises."""
    next_round = 0.0
    while not stop.is_set():
        await _try("look for mail", deliver_due(stop))
        if time.monotonic() >= next_round:
            next_round = time.monotonic() + ROUND_SECONDS
            await _try("clear away what is over", rounds.clear())
        await _pause(stop)


async def _try(what: str, errand: Awaitable[object]) -> None:
    try:
        await errand
    except (servers.WrongServer, messages.NoAddress):
        raise
    except Exception:
        log.exception("The post could not %s; it goes on in %s seconds", what, LOOK_SECONDS)


async def _pause(stop: asyncio.Event) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in (stop, WOKEN)]
    await asyncio.wait(waits, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    WOKEN.clear()
