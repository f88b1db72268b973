"""Logging in: an address and a password, a few tries, and one answer for every failure (LOGIN-1, LOGIN-2, LOGIN-5)."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.rules import audit, passwords, sessions
from app.rules.email_addresses import LONGEST, email_key
from app.rules.limits import network
from app.rules.refusals import Invalid
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import FOR_UPDATE, hold
from db.sql import Row
from db.users import LoginFailure, PendingLogin

LOCKED = """
SELECT (SELECT count(*) FROM login_failures WHERE email_key = $1 AND at > $3) >= $4
    OR (SELECT count(*) FROM login_failures WHERE network_address = $2 AND at > $3) >= $5 AS locked
"""
WHO = """
SELECT u.id, u.name, u.company, u.password_hash, u.password_expires_at, u.password_changed_at,
    EXISTS (SELECT 1 FROM suspensions WHERE "user" = u.id)
        OR EXISTS (SELECT 1 FROM company_suspensions WHERE company = u.company) AS suspended,
    EXISTS (SELECT 1 FROM authenticators a WHERE a."user" = u.id AND a.confirmed_at IS NOT NULL) AS has_second_step
FROM users u WHERE u.email_key = $1 AND u.deleted_at IS NULL
"""
PLACE = "SELECT count(*) FROM login_failures WHERE email_key = $1 AND at > $2 AND id <= $3"
WRONG = (
    "That is not your current password, or too many wrong ones have been tried: then none is taken for "
    f"{settings.login_failure_minutes} minutes."
)


class LoginFailed(Exception):
    """One answer for every cause (LOGIN-5)."""


@dataclass(frozen=True, slots=True)
class Entered:
    """The token of a session, or, where the second step is owed, of a log-in that waits for it (LOGIN-10)."""

    token: str
    owes_second_step: bool = False


def _since() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=settings.login_failure_minutes)


async def is_locked(key: str, address: str) -> bool:
    """Whether the log-in, known or not, or the network address, is locked for a while."""
    limits = (settings.login_failures, settings.login_address_failures)
    return bool(await sql.value(LOCKED, key, network(address), _since(), *limits))


async def count_failure(key: str, address: str) -> int:
    """Count a failure towards the lock, of a password or of a second step; gives its id."""
    failure = LoginFailure(email_key=key, network_address=network(address), at=datetime.now(UTC))
    noted = await LoginFailure.insert(failure)
    return int(noted[0]["id"])


async def locks(key: str, failure: int) -> bool:
    """Whether this failure is the one that locks the log-in."""
    return bool(await sql.value(PLACE, key, _since(), failure) == settings.login_failures)


@atomic
async def _attempt(key: str, address: str) -> int:
    """Note an attempt before the password is looked at, as a failure until it fits; 0 while locked."""
    await hold(f"login {key}")
    if await is_locked(key, address):
        return 0
    return await count_failure(key, address)


@atomic
async def _failed(key: str, attempt: int, user: Row | None, address: str) -> None:
    """Keep the failure in the trail, and the lock with the last; of an unknown address nothing that was typed."""
    by = Viewer(network_address=address)
    subject, name = (f"user {user['id']}", user["name"]) if user else ("", "unknown address")
    company = user["company"] if user else None
    await audit.note("login_failed", by, company, subject, name)
    if await locks(key, attempt):
        await audit.note("login_locked", by, company, subject, name)


async def _forget(attempt: int) -> None:
    await LoginFailure.delete().where(LoginFailure.id == attempt)


async def _fits(password: str, stored: str, attempt: int) -> bool:
    """Whether the password fits; an attempt that nobody had time for is none. Raises Overloaded."""
    try:
        return await passwords.match(password, stored)
    except passwords.Overloaded:
        await _forget(attempt)
        raise


def _stored(user: Row | None) -> str:
    """The hash that the password must fit; empty for nobody, the suspended, and a temporary one past its time."""
    if user is None or user["suspended"]:
        return ""
    expires = user["password_expires_at"]
    return "" if expires and expires < datetime.now(UTC) else str(user["password_hash"])


async def log_in(email: str, password: str, address: str, agent: str) -> Entered:
    """A token for the browser; raises LoginFailed for any wrong pair, Overloaded when too many wait."""
    key = email_key(email)[:LONGEST]
    if await is_locked(key, address) or not (attempt := await _attempt(key, address)):
        raise LoginFailed
    user = await sql.row(WHO, key)
    stored = _stored(user)
    if not await _fits(password, stored, attempt) or user is None:
        await _failed(key, attempt, user, address)
        raise LoginFailed
    await _strengthen(user["id"], password, stored)
    try:
        entered = await _enter(key, user, address, agent)
    except sessions.SpentPassword as spent:
        await _failed(key, attempt, user, address)
        raise LoginFailed from spent
    await _forget(attempt)
    return entered


@atomic
async def _enter(key: str, user: Row, address: str, agent: str) -> Entered:
    """Let in whose password fitted; raises SpentPassword where it, or the person, counts no more by now.

    Comparing takes a while, and a reset or a suspension in it has ended only what it found.
    """
    await sql.row(f"SELECT id FROM users WHERE id = $1{FOR_UPDATE}", user["id"])  # noqa: S608 (a constant)
    now = await sql.row(WHO, key)
    if now is None or now["suspended"] or any(now[fact] != user[fact] for fact in ("id", "password_changed_at")):
        raise sessions.SpentPassword
    if now["has_second_step"]:
        return Entered(await _wait_for_second_step(now["id"], address, agent), owes_second_step=True)
    return Entered(await sessions.start(now["id"], key, address, agent))


async def own_password(password: str, by: Viewer) -> str:
    """The hash that one's current password fits; wrong ones count as failed log-ins do. Raises Invalid, Overloaded."""
    if not password:
        raise Invalid({"current_password": "Type your current password."})
    key, user = email_key(by.email), {"id": by.id, "name": by.name, "company": by.company_id or None}
    if await is_locked(key, by.network_address) or not (attempt := await _attempt(key, by.network_address)):
        raise Invalid({"current_password": WRONG})
    stored = str(await sql.value("SELECT password_hash FROM users WHERE id = $1", by.id) or "")
    if not await _fits(password, stored, attempt):
        await _failed(key, attempt, user, by.network_address)
        raise Invalid({"current_password": WRONG})
    await _forget(attempt)
    return stored


async def _strengthen(user_id: int, password: str, stored: str) -> None:
    """Hash anew where the setting has grown since; while many wait another log-in will do it."""
    if not passwords.is_weak(stored):
        return
    with suppress(passwords.Overloaded):
        stronger = await passwords.make(password)
        await sql.run(
            "UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2", user_id, stored, stronger
        )


async def _wait_for_second_step(user_id: int, address: str, agent: str) -> str:
    token = secrets.token_urlsafe(32)
    await PendingLogin.insert(
        PendingLogin(
            token_hash=sessions.digest(token),
            user=user_id,
            started_at=datetime.now(UTC),
            network_address=address[:45],
            user_agent=agent[:300],
            passkey_challenge=secrets.token_urlsafe(32),
        )
    )
    return token
