"""Passwords: hashed whole and slowly, off the event loop, a few at a time."""

import asyncio
import base64
import hmac
import unicodedata
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import bcrypt

from app.rules.settings import settings

P = ParamSpec("P")
T = TypeVar("T")

LONGEST = 200
# Salt and digest, made beforehand, so that the first unknown person takes as long as the next.
NOBODYS = "1jW/jkZwtqRjtyRYTb.D1Ox/VPvhey/Ovr2/zkzhE1sqMbHm1pbY2"
AT_ONCE = 2
MOST_WAITING = 32

_turns = asyncio.Semaphore(AT_ONCE)
_waiting = 0


class Overloaded(Exception):
    """Too many log-ins wait for their turn (503)."""


def _whole(password: str) -> bytes:
    """Every character counts although bcrypt reads 72 bytes: it gets a digest in base64, which has no NUL."""
    normal = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    return base64.b64encode(hmac.digest(b"portal password", normal, "sha384"))


def hashed(password: str) -> str:
    """A bcrypt hash with a salt of its own; takes as long as `PORTAL_BCRYPT_COST` says."""
    return bcrypt.hashpw(_whole(password), bcrypt.gensalt(settings.bcrypt_cost)).decode()


def is_weak(stored: str) -> bool:
    """Whether it was made at a lower cost than `PORTAL_BCRYPT_COST`."""
    cost = stored.split("$")[2] if stored.count("$") > 2 else ""
    return cost.isdigit() and int(cost) < settings.bcrypt_cost


def _nobodys() -> str:
    """A hash that costs what a real one does; what it fits is never let in."""
    return f"$2b${settings.bcrypt_cost:02d}${NOBODYS}"


def _matches(password: str, stored: str) -> bool:
    if len(password) > LONGEST:
        password, stored = "", ""
    found = bcrypt.checkpw(_whole(password), (stored or _nobodys()).encode())
    return found and bool(stored)


async def _in_turn(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Slow work in a thread, when its turn comes; raises Overloaded."""
    global _waiting
    if _waiting >= MOST_WAITING:
        raise Overloaded
    _waiting += 1
    try:
        async with _turns:
            return await asyncio.to_thread(work, *args, **kwargs)
    finally:
        _waiting -= 1


async def match(password: str, stored: str) -> bool:
    """Whether the password fits; takes the same time for an empty `stored` (unknown person). Raises Overloaded."""
    return await _in_turn(_matches, password, stored)


async def fits_any(password: str, stored: list[str]) -> bool:
    """Whether it is one of several: each takes a turn of its own, so that others who log in come in between."""
    for one in stored:
        if await match(password, one):
            return True
    return False


async def make(password: str) -> str:
    """A hash to keep; to be made before the transaction that keeps it. Raises Overloaded."""
    return await _in_turn(hashed, password)
