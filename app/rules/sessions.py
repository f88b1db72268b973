"""Sessions: a random token in the browser, its digest in the database, one look-up a request (LOGIN-9)."""

import hashlib
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.rules import audit, basket_access
from app.rules.marks import is_demo
from app.rules.privileges import Privilege
from app.rules.settings import settings
from app.rules.viewers import CurrentBasket, Viewer
from db import sql
from db.atomic import atomic
from db.dialect import joined
from db.users import LoginFailure, Session

SEEN_EVERY = timedelta(minutes=1)

# `p` is who has logged in, `u` whom the pages are for: another one where staff act for a customer (DESK-6).
FIND = f"""
SELECT s.id AS session_id, s.started_at, s.last_seen_at, s.acting_until, p.id AS person_id, p.name AS person_name,
    u.id, u.name, u.email, u.time_zone, u.density, u.shortcuts, u.quick_links, u.is_administrator,
    u.password_is_temporary, u.challenge_answer_hash <> '' AS has_challenge,
    c.id AS company_id, c.name AS company_name, c.account_number, c.home_warehouse,
    b.id AS basket_id, b.name AS basket_name, b.line_count, b.total_cents,
    (SELECT {joined("privilege")} FROM user_privileges WHERE "user" = u.id) AS privileges,
    (SELECT {joined("role")} FROM staff_roles WHERE "user" = u.id) AS roles,
    (SELECT a.name FROM users a WHERE a.company = c.id AND a.is_administrator
        AND a.deleted_at IS NULL ORDER BY a.id LIMIT 1) AS administrator,
    CASE WHEN u.company IS NULL OR c.requires_second_step THEN NOT EXISTS (
        SELECT 1 FROM authenticators t WHERE t."user" = u.id AND t.confirmed_at IS NOT NULL)
        ELSE FALSE END AS owes_second_step
FROM sessions s
JOIN users p ON p.id = s."user" AND p.deleted_at IS NULL
JOIN users u ON u.deleted_at IS NULL
    AND u.id = CASE WHEN s.acting_as IS NOT NULL AND s.acting_until > $2 THEN s.acting_as ELSE s."user" END
LEFT JOIN companies c ON c.id = u.company
LEFT JOIN baskets b ON b.id = u.current_basket AND b.deleted_at IS NULL AND b.archived_at IS NULL
    AND b.template_at IS NULL AND b.company = u.company AND {basket_access.where("edits", viewer="u.id")}
WHERE s.token_hash = $1
    AND NOT EXISTS (SELECT 1 FROM suspensions x WHERE x."user" = p.id OR x."user" = u.id)
    AND NOT EXISTS (SELECT 1 FROM company_suspensions y WHERE y.company = u.company)
    AND (u.id = p.id OR EXISTS (
        SELECT 1 FROM staff_roles r WHERE r."user" = p.id AND r.role IN ('sales', 'administrator')))
"""  # noqa: S608 (`joined` takes a column's name)


class SpentPassword(Exception):
    """The password counts no more: a temporary one worked once already (LOGIN-2), or another was set meanwhile."""


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _basket(row: dict[str, Any]) -> CurrentBasket | None:
    if not row["basket_id"]:
        return None
    return CurrentBasket(row["basket_id"], row["basket_name"], row["line_count"], row["total_cents"])


def _remaining(row: dict[str, Any]) -> tuple[str, ...]:
    """The first steps that the person still owes (LOGIN-3, LOGIN-10); staff who act as somebody owe none of theirs."""
    if row["person_id"] != row["id"]:
        return ()
    owed = {
        "password": row["password_is_temporary"],
        "challenge": settings.challenge == "question" and not row["has_challenge"],
        "second_step": row["owes_second_step"] and not (row["company_id"] is None and is_demo()),
    }
    return tuple(step for step, is_owed in owed.items() if is_owed)


def _viewer(row: dict[str, Any], network_address: str) -> Viewer:
    acted = row["person_id"] != row["id"]
    viewer = Viewer(
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
        network_address=network_address,
        keys=bool(row["shortcuts"]),
        quick_links=row["quick_links"],
        remaining=_remaining(row),
        staff_id=row["person_id"] if acted else 0,
        staff_name=row["person_name"] if acted else "",
        acting_until=row["acting_until"] if acted else None,
    )
    return viewer if viewer.may(Privilege.USE_BASKETS) else replace(viewer, basket=None)


async def viewer_of(token: str, network_address: str = "", *, in_person: bool = True) -> Viewer:
    """Who holds this token; a visitor when nobody does, or the session has ended (LOGIN-9).

    A page that asks by itself is no sign of the person: not `in_person`, it keeps no session from ending.
    """
    visitor, now = Viewer(network_address=network_address), datetime.now(UTC)
    row = await sql.row(FIND, digest(token), now)
    if row is None:
        return visitor
    idle, age = now - row["last_seen_at"], now - row["started_at"]
    longest = timedelta(hours=settings.session_hours)
    if idle > timedelta(minutes=settings.session_idle_minutes) or not -longest < age < longest:
        return visitor
    if in_person and idle > SEEN_EVERY:
        await Session.update({Session.last_seen_at: now}).where(Session.id == row["session_id"])
    return _viewer(row, network_address)


@atomic
async def start(user_id: int, key: str, address: str, agent: str, second_step: bool = False) -> str:
    """A new session of the person: its token, which is kept nowhere but in the browser.

    A temporary password is spent with it, but for the demo's, which has no end; raises SpentPassword where it was.
    """
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    await LoginFailure.delete().where(LoginFailure.email_key == key)
    user = await sql.row(
        """UPDATE users SET last_login_at = $2 WHERE id = $1 RETURNING name, company,
            password_is_temporary AND password_expires_at IS NOT NULL AS works_once""",
        *(user_id, now),
    )
    if user is None or (user["works_once"] and not await _spend(user_id)):
        raise SpentPassword
    await Session.insert(
        Session(
            token_hash=digest(token),
            user=user_id,
            started_at=now,
            last_seen_at=now,
            network_address=address[:45],
            user_agent=agent[:300],
            second_step_at=now if second_step else None,
        )
    )
    by = Viewer(id=user_id, name=user["name"], company_id=user["company"] or 0, network_address=address)
    await audit.note("logged_in", by, subject=f"user {user_id}", subject_name=user["name"])
    return token


async def _spend(user_id: int) -> bool:
    spent = await sql.value(
        "UPDATE users SET password_hash = '' WHERE id = $1 AND password_hash <> '' RETURNING id", user_id
    )
    return spent is not None


@atomic
async def log_out(viewer: Viewer) -> None:
    """End this session; its token is worth nothing at once."""
    await Session.delete().where(Session.id == viewer.session_id)
    await audit.note("logged_out", viewer, subject=f"user {viewer.id}", subject_name=viewer.name)


async def end_others(viewer: Viewer) -> None:
    """End every other session and half log-in of the person (LOGIN-8)."""
    await Session.delete().where((Session.user == viewer.id) & (Session.id != viewer.session_id))
    await sql.run('DELETE FROM pending_logins WHERE "user" = $1', viewer.id)


async def end_all(user_id: int) -> None:
    """End each session and half log-in of a person, and acting as them; call it in the deed's transaction."""
    await sql.run('DELETE FROM sessions WHERE "user" = $1', user_id)
    await sql.run('DELETE FROM pending_logins WHERE "user" = $1', user_id)
    await sql.run("UPDATE sessions SET acting_as = NULL, acting_until = NULL WHERE acting_as = $1", user_id)


async def end_company(company_id: int) -> None:
    """End what a company's users have begun, log-ins and links alike; call it in the deed's transaction."""
    theirs = "(SELECT id FROM users WHERE company = $1)"
    await sql.run(f'DELETE FROM sessions WHERE "user" IN {theirs}', company_id)  # noqa: S608 (our own words)
    await sql.run(f'DELETE FROM pending_logins WHERE "user" IN {theirs}', company_id)  # noqa: S608
    await sql.run(
        f"UPDATE sessions SET acting_as = NULL, acting_until = NULL WHERE acting_as IN {theirs}",  # noqa: S608
        company_id,
    )
    await sql.run(
        f'UPDATE mailed_links SET used_at = $2 WHERE used_at IS NULL AND "user" IN {theirs}',  # noqa: S608
        *(company_id, datetime.now(UTC)),
    )


async def forget_ended() -> None:
    """Clear what has ended long ago, so that the tables stay small."""
    old = datetime.now(UTC) - timedelta(hours=settings.session_hours)
    await Session.delete().where(Session.started_at < old)
    await sql.run("DELETE FROM pending_logins WHERE started_at < $1", old)
    await LoginFailure.delete().where(LoginFailure.at < old)
