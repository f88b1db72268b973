"""Logging in and out: a random token in the browser, its digest in the database, one look-up a request."""

import hashlib
import secrets
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

from app.rules import passwords
from app.rules.settings import settings
from app.rules.viewers import VISITOR, CurrentBasket, Viewer
from db import sql
from db.atomic import atomic
from db.dialect import hold, joined
from db.users import LoginFailure, Session, User

SEEN_EVERY = timedelta(minutes=1)

FIND = f"""
SELECT s.id AS session_id, s.started_at, s.last_seen_at, u.id, u.name, u.email, u.time_zone, u.density,
    u.is_administrator, c.id AS company_id, c.name AS company_name, c.account_number, c.home_warehouse,
    b.id AS basket_id, b.name AS basket_name, b.line_count, b.total_cents,
    (SELECT {joined("privilege")} FROM user_privileges WHERE "user" = u.id) AS privileges,
    (SELECT {joined("role")} FROM staff_roles WHERE "user" = u.id) AS roles,
    (SELECT a.name FROM users a WHERE a.company = c.id AND a.is_administrator ORDER BY a.id LIMIT 1) AS administrator
FROM sessions s
JOIN users u ON u.id = s."user"
LEFT JOIN companies c ON c.id = u.company
LEFT JOIN baskets b ON b.id = u.current_basket AND b.deleted_at IS NULL AND b.archived_at IS NULL
    AND b.company = u.company AND (b.owner = u.id OR (b.visibility = 'shared'
        AND EXISTS (SELECT 1 FROM basket_approvals a WHERE a.basket = b.id AND a."user" = u.id)))
WHERE s.token_hash = $1 AND NOT EXISTS (SELECT 1 FROM suspensions p WHERE p."user" = u.id)
"""  # noqa: S608 (`joined` takes a column's name)

LOCKED = """
SELECT (SELECT count(*) FROM login_failures WHERE email_key = $1 AND at > $3) > $4
    OR (SELECT count(*) FROM login_failures WHERE network_address = $2 AND at > $3) > $5 AS locked
"""


class LoginFailed(Exception):
    """One answer for every cause (LOGIN-5)."""


def email_key(email: str) -> str:
    """An address as LOGIN-1 compares it: case and look-alike forms of a letter do not count.

    What no database takes becomes a sign that is in no address.
    """
    kept = email.encode("utf-8", "replace").decode().replace("\0", "?")
    return unicodedata.normalize("NFKC", kept).strip().casefold()


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _basket(row: dict[str, Any]) -> CurrentBasket | None:
    if not row["basket_id"]:
        return None
    return CurrentBasket(row["basket_id"], row["basket_name"], row["line_count"], row["total_cents"])


def _viewer(row: dict[str, Any]) -> Viewer:
    return Viewer(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        session_id=row["session_id"],
        company_id=row["company_id"] or 0,
        company_name=row["company_name"] or settings.distributor,
        account_number=row["account_number"] or "",
        home_warehouse_id=row["home_warehouse"] or 0,
        time_zone=row["time_zone"] or settings.time_zone,
        density=row["density"],
        is_administrator=bool(row["is_administrator"]),
        administrator_name=row["administrator"] or "",
        privileges=frozenset((row["privileges"] or "").split()),
        roles=frozenset((row["roles"] or "").split()),
        basket=_basket(row),
        last_seen_at=row["last_seen_at"],
    )


async def viewer_of(token: str) -> Viewer:
    """Who holds this token; a visitor when nobody does, or the session has ended (LOGIN-9)."""
    row = await sql.row(FIND, digest(token))
    if row is None:
        return VISITOR
    now = datetime.now(UTC)
    idle, age = now - row["last_seen_at"], now - row["started_at"]
    longest = timedelta(hours=settings.session_hours)
    if idle > timedelta(minutes=settings.session_idle_minutes) or not -longest < age < longest:
        return VISITOR
    if idle > SEEN_EVERY:
        await Session.update({Session.last_seen_at: now}).where(Session.id == row["session_id"])
    return _viewer(row)


@atomic
async def _attempt(key: str, address: str) -> int:
    """Note an attempt before the password is looked at; raises LoginFailed while locked (LOGIN-5)."""
    await hold(f"login {key}")
    now = datetime.now(UTC)
    noted = await LoginFailure.insert(LoginFailure(email_key=key, network_address=address, at=now))
    since = now - timedelta(minutes=settings.login_failure_minutes)
    limits = (settings.login_failures, settings.login_address_failures)
    if await sql.value(LOCKED, key, address, since, *limits):
        await LoginFailure.delete().where(LoginFailure.id == noted[0]["id"])
        return 0
    return int(noted[0]["id"])


async def log_in(email: str, password: str, address: str, agent: str) -> str:
    """A new token for the browser; raises LoginFailed for any wrong pair, Overloaded when too many wait."""
    key = email_key(email)[:254]
    attempt = await _attempt(key, address)
    if not attempt:
        raise LoginFailed
    user = await User.select(User.id, User.password_hash).where(User.email_key == key).first()
    suspended = user and await sql.value('SELECT 1 FROM suspensions WHERE "user" = $1', user["id"])
    fits = await passwords.match(password, "" if not user or suspended else user["password_hash"])
    if not user or not fits:
        raise LoginFailed
    return await start(user["id"], key, address, agent)


@atomic
async def start(user_id: int, key: str, address: str, agent: str) -> str:
    """A new session of the person: its token, which is kept nowhere but in the browser."""
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    await LoginFailure.delete().where(LoginFailure.email_key == key)
    await User.update({User.last_login_at: now}).where(User.id == user_id)
    await Session.insert(
        Session(
            token_hash=digest(token),
            user=user_id,
            started_at=now,
            last_seen_at=now,
            network_address=address[:45],
            user_agent=agent[:300],
        )
    )
    return token


async def log_out(viewer: Viewer) -> None:
    """End this session; its token is worth nothing at once."""
    await Session.delete().where(Session.id == viewer.session_id)


async def end_others(viewer: Viewer) -> None:
    """End every other session of the person (LOGIN-8)."""
    await Session.delete().where((Session.user == viewer.id) & (Session.id != viewer.session_id))


async def forget_ended() -> None:
    """Clear what has ended long ago, so that the tables stay small."""
    old = datetime.now(UTC) - timedelta(hours=settings.session_hours)
    await Session.delete().where(Session.started_at < old)
    await LoginFailure.delete().where(LoginFailure.at < old)
