"""The few words that SQLite and PostgreSQL spell differently; nobody else asks which engine it is."""

import json
from collections.abc import Iterable
from typing import Any

from db.conf import DB
from db.sqlite import PortalSQLite

SQLITE = isinstance(DB, PortalSQLite)

# Row locks: SQLite's writing transactions hold the whole file already.
FOR_UPDATE = "" if SQLITE else " FOR UPDATE"
SKIP_LOCKED = "" if SQLITE else " FOR UPDATE SKIP LOCKED"


def among(column: str, place: int, kind: str = "bigint") -> str:
    """A condition that `column` is in the list bound at `$place` by `array()`."""
    if SQLITE:
        return f"{column} IN (SELECT value FROM json_each(${place}))"  # noqa: S608
    return f"{column} = ANY(${place}::{kind}[])"


def array(values: Iterable[Any]) -> Any:
    """A list as one parameter for `among` and `unnested`."""
    listed = list(values)
    return json.dumps(listed) if SQLITE else listed


def joined(column: str) -> str:
    """An aggregate that writes a text column's values with blanks between them."""
    return f"group_concat({column}, ' ')" if SQLITE else f"string_agg({column}, ' ')"


async def hold(name: str) -> None:
    """Let one transaction of that name run at a time; SQLite's writing transactions are alone already."""
    if not SQLITE:
        await DB.fetch("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", (name,))
