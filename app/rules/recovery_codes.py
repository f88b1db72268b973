"""Recovery codes: ten that stand in for a lost app, each once; only digests of them are kept (LOGIN-10)."""

import base64
import hmac
import json
import secrets
from datetime import UTC, datetime, timedelta

from app.rules.sealed import Unreadable, seal, unseal
from app.rules.secret import key_for
from app.rules.settings import settings
from db import sql

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
HALF = 5
SHOWN_WITHIN = timedelta(minutes=5)


def _new() -> str:
    halves = ("".join(secrets.choice(LETTERS) for _ in range(HALF)) for _ in range(2))
    return "-".join(halves)


def _digest(user_id: int, typed: str) -> str:
    """Keyed with the portal's secret: a copy of the database cannot be searched for it."""
    code = "".join(letter for letter in typed[:100].lower() if letter in LETTERS)
    return hmac.digest(
        base64.urlsafe_b64decode(key_for("recovery codes")), f"{user_id} {code}".encode(), "sha256"
    ).hex()


async def renew(user_id: int) -> list[str]:
    """New codes in place of all older ones; call it in the deed's transaction. They are kept nowhere as text."""
    await forget(user_id)
    codes, now = [_new() for _ in range(settings.recovery_codes)], datetime.now(UTC)
    await sql.run_many(
        'INSERT INTO recovery_codes ("user", code_hash, made_at) VALUES ($1, $2, $3)',
        [(user_id, _digest(user_id, code), now) for code in codes],
    )
    return codes


async def take(user_id: int, typed: str) -> bool:
    """Whether it is one of the person's codes; each is taken once, by one of two at once."""
    taken = await sql.value(
        """UPDATE recovery_codes SET used_at = $3 WHERE "user" = $1 AND code_hash = $2 AND used_at IS NULL
        RETURNING id""",
        *(user_id, _digest(user_id, typed), datetime.now(UTC)),
    )
    return taken is not None


async def left(user_id: int) -> int:
    count: int = await sql.value('SELECT count(*) FROM recovery_codes WHERE "user" = $1 AND used_at IS NULL', user_id)
    return count


async def forget(user_id: int) -> None:
    await sql.run('DELETE FROM recovery_codes WHERE "user" = $1', user_id)


def sealed_for(session_id: int, codes: list[str]) -> str:
    """Codes on their way to the page that shows them once, for this session alone and for five minutes."""
    until = (datetime.now(UTC) + SHOWN_WITHIN).timestamp()
    return seal("recovery codes shown", json.dumps([session_id, until, codes]))


def unsealed_for(session_id: int, sealed: str) -> list[str]:
    """None for another session, after the time, and for what the portal has not sealed."""
    try:
        whose, until, codes = json.loads(unseal("recovery codes shown", sealed))
    except Unreadable:
        return []
    return list(codes) if whose == session_id and until > datetime.now(UTC).timestamp() else []
