"""What was written to somebody: the mail's row, and the address of the link in it."""

import json

from app.rules.sealed import unseal
from db import sql
from db.sql import Row


async def mail_to(address: str) -> list[Row]:
    """Every mail to an address, the newest first."""
    return await sql.rows("SELECT * FROM notices WHERE lower(recipient) = lower($1) ORDER BY id DESC", address)


async def link_to(address: str) -> str:
    """The path of the link in the newest mail to an address."""
    newest = (await mail_to(address))[0]
    link: str = json.loads(unseal("mail", newest["sealed_secrets"]))["link"]
    assert link.startswith("http://localhost:8000/"), link
    return link.removeprefix("http://localhost:8000")
