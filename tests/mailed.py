"""What the tests read of mail that was written: its texts, and the secrets that are sealed in it."""

import json

from app.rules import resets
from app.rules.sealed import unseal
from app.rules.viewers import Viewer
from db import sql
from db.sql import Row
from tests.cast import Person


async def letters(kind: str) -> list[Row]:
    """Every mail of a kind, the oldest first."""
    return await sql.rows("SELECT * FROM notices WHERE kind = $1 ORDER BY id", kind)


async def secret(kind: str, name: str) -> str:
    """A secret of the newest mail of a kind."""
    newest = (await letters(kind))[-1]
    return str(json.loads(unseal("mail", newest["sealed_secrets"]))[name])


async def link(kind: str) -> str:
    """The path that the newest mail of a kind leads to."""
    return "/" + (await secret(kind, "link")).partition("//")[2].partition("/")[2]


async def reset_link(person: Person) -> str:
    """Ask for a new password as the person, and open the mail."""
    await resets.ask(person.email, Viewer(network_address="10.0.0.1"))
    return await link("password_reset")
