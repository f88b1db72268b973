"""Verbs that happen wholly or not at all, tried again where the database asks for it."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import asyncpg

from db import sql
from db.conf import DB

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 5
# What PostgreSQL answers when nothing of the transaction was kept: it lost a race, or its server went away.
LOST_RACE = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
LOST_SERVER = (
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.ConnectionDoesNotExistError,
    ConnectionError,
)


class CommitUnknown(Exception):
    """The server went away while it committed: whether the deed is done must be looked up, never assumed."""


def atomic(verb: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Run a verb in one transaction; the outermost one is tried again after a lost race or a lost server.

    A loss during COMMIT is not tried again: it raises CommitUnknown, since the deed may have been done.
    """

    @wraps(verb)
    async def whole(*args: P.args, **kwargs: P.kwargs) -> T:
        if DB.current_transaction.get() is not None:
            async with sql.transaction():
                return await verb(*args, **kwargs)
        for attempt in range(1, TRIES + 1):
            finished = False
            try:
                async with sql.transaction():
                    result = await verb(*args, **kwargs)
                    finished = True
                return result
            except LOST_RACE:
                if attempt == TRIES:
                    raise
            except LOST_SERVER as lost:
                if finished:
                    raise CommitUnknown from lost
                if attempt == TRIES:
                    raise
            await asyncio.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 (a pause, not a secret)
        raise AssertionError("unreachable")

    return whole
