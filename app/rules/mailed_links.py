"""Links that were mailed: each for one purpose, once, and for a time. Looking at one changes nothing."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.rules.refusals import Refused
from db import sql
from db.atomic import atomic

GONE = (
    "It has been used, has expired, was replaced by a newer one, or was ended by wrong answers. "
    "Ask for a new one where you asked for this one."
)
FIND = """SELECT id, "user" AS user_id, bound_to, wrong_answers, expires_at FROM mailed_links
WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3"""


class LinkGone(Refused):
    """Used, expired, replaced, or never there: one answer for all (403), but for who has just ended it."""

    def __init__(self, reason: str = GONE) -> None:
        super().__init__(reason)
        self.cause_known = reason != GONE


@dataclass(frozen=True, slots=True)
class Link:
    """`user_id` is 0 where nobody of the portal is meant; `bound_to` is an address or the number of a thing."""

    id: int
    user_id: int
    bound_to: str
    wrong_answers: int
    expires_at: datetime


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@atomic
async def make(purpose: str, lasts: timedelta, user_id: int | None = None, bound_to: str = "") -> str:
    """A token for the mail; older links of the same purpose, person and thing end with it."""
    await end(purpose, user_id, bound_to)
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    await sql.run(
        """INSERT INTO mailed_links (purpose, token_hash, "user", bound_to, made_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)""",
        *(purpose, _digest(token), user_id, bound_to, now, now + lasts),
    )
    return token


async def end(purpose: str, user_id: int | None, bound_to: str = "") -> None:
    """What is open of that purpose for the person (and the thing) works no more."""
    await sql.run(
        """UPDATE mailed_links SET used_at = $1 WHERE purpose = $2 AND used_at IS NULL AND bound_to = $4
            AND ("user" = $3 OR ("user" IS NULL AND CAST($3 AS INTEGER) IS NULL))""",
        *(datetime.now(UTC), purpose, user_id, bound_to),
    )


async def end_all(user_id: int) -> None:
    """No link that was mailed for the person works any more; call it in the transaction that ends their log-in."""
    await sql.run(
        'UPDATE mailed_links SET used_at = $2 WHERE "user" = $1 AND used_at IS NULL', user_id, datetime.now(UTC)
    )


async def find(purpose: str, token: str) -> Link:
    """Raises LinkGone; to be called by GET, since it changes nothing."""
    row = await sql.row(FIND, _digest(token[:200]), purpose, datetime.now(UTC))
    if row is None:
        raise LinkGone
    return Link(row["id"], row["user_id"] or 0, row["bound_to"], row["wrong_answers"], row["expires_at"])


async def use(purpose: str, token: str) -> Link:
    """The link, which works no more; call it in the deed's transaction. Raises LinkGone, for the second of two too."""
    link = await find(purpose, token)
    now = datetime.now(UTC)
    used = await sql.value(
        "UPDATE mailed_links SET used_at = $2 WHERE id = $1 AND used_at IS NULL RETURNING id", link.id, now
    )
    if used is None:
        raise LinkGone
    return link


async def answered_wrongly(link: Link, most: int) -> int:
    """Count a wrong answer; the link ends with the last of `most`. Gives how many are left."""
    count: int = await sql.value(
        "UPDATE mailed_links SET wrong_answers = wrong_answers + 1 WHERE id = $1 RETURNING wrong_answers", link.id
    )
    if count >= most:
        await sql.run("UPDATE mailed_links SET used_at = $2 WHERE id = $1", link.id, datetime.now(UTC))
    return max(0, most - count)


async def forget_old() -> None:
    """Clear what nobody can use any more."""
    await sql.run("DELETE FROM mailed_links WHERE expires_at < $1", datetime.now(UTC) - timedelta(days=7))
