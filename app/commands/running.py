"""Run a coroutine with the database open, and say in one line when it cannot be reached."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from app.commands.problems import CommandFailed
from db.conf import DB
from db.troubles import UNREACHABLE, UNUSABLE, lacks_tables

T = TypeVar("T")


async def _whole(work: Coroutine[Any, Any, T]) -> T:
    try:
        return await work
    finally:
        await DB.close_connection_pool()


def run(work: Coroutine[Any, Any, T]) -> T:
    """The coroutine's result; raises CommandFailed for a database that is not there or has no tables yet."""
    try:
        return asyncio.run(_whole(work))
    except UNREACHABLE as lost:
        raise CommandFailed(f"The database cannot be reached ({lost}). Check PORTAL_DATABASE_URL.") from lost
    except UNUSABLE as wrong:
        if lacks_tables(wrong):
            raise CommandFailed("The database has no tables yet. Run: portal migrate") from wrong
        raise CommandFailed(f"The database cannot be used ({wrong}). Check PORTAL_DATABASE_URL.") from wrong
