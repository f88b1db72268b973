"""My Profile: what a person says of themselves, and who is there for them (PROFILE-1)."""

from collections.abc import Mapping

from app.rules import audit, time_zones, user_accounts
from app.rules.refusals import Invalid, Missing, Stale
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.sql import Row

LIMITS = {**user_accounts.LIMITS, "time_zone": 64}
LABELS = {"name": "Name", "phone": "Phone", "job_title": "Job title", "time_zone": "Time zone"}
NO_NAME = "Type your name."
FIND = """SELECT u.name, u.phone, u.job_title, u.time_zone, u.email, u.version, u.password_changed_at,
    u.challenge_answer_hash <> '' AS has_challenge
FROM users u WHERE u.id = $1 AND u.deleted_at IS NULL"""
CHANGE = """UPDATE users SET name = $2, phone = $3, job_title = $4, time_zone = $5, version = version + 1
WHERE id = $1"""
ADMINISTRATORS = """SELECT name, email, phone FROM users
WHERE company = $1 AND is_administrator AND deleted_at IS NULL ORDER BY id"""
MANAGER = """SELECT m.name, m.email, m.phone FROM companies c JOIN users m ON m.id = c.account_manager
WHERE c.id = $1 AND m.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM suspensions s WHERE s."user" = m.id)"""


class Overtaken(Stale):
    """The profile was changed since it was shown: what it is now (409)."""

    def __init__(self, now: Row) -> None:
        super().__init__("This was changed in the meantime. What differs stands at the field; save to keep yours.")
        self.now = now


async def find(by: Viewer) -> Row:
    """Raises Missing for somebody who was deleted a moment ago."""
    found = await sql.row(FIND, by.id)
    if found is None:
        raise Missing
    return found


async def administrators(by: Viewer) -> list[Row]:
    """The website administrators of the viewer's company."""
    return await sql.rows(ADMINISTRATORS, by.company_id)


async def account_manager(by: Viewer) -> Row | None:
    """Who at the distributor looks after the viewer's company."""
    return await sql.row(MANAGER, by.company_id)


def checked(typed: Mapping[str, str]) -> dict[str, str]:
    """Name, phone, job title and time zone as they are kept; raises Invalid with a sentence for each wrong one."""
    zone = typed.get("time_zone", "")
    errors = {} if not zone or time_zones.is_zone(zone) else {"time_zone": "Choose one of these."}
    try:
        given = user_accounts.checked(typed)
    except Invalid as wrong:
        told = {"name": NO_NAME} if wrong.errors.get("name") == user_accounts.NO_NAME else {}
        raise Invalid(wrong.errors | told | errors) from wrong
    if errors:
        raise Invalid(errors)
    return {**given, "time_zone": zone}


@atomic
async def change(typed: Mapping[str, str], version: int | None, by: Viewer) -> Row:
    """The profile as it is then. Raises Invalid; Overtaken where `version` is no longer the one that counts."""
    given = checked(typed)
    before = await find(by)
    if version is not None and version != before["version"]:
        raise Overtaken(before)
    differing = [name for name in given if given[name] != before[name]]
    if not differing:
        return before
    await sql.run(CHANGE, by.id, *(given[name] for name in LIMITS))
    was, now = (_words(facts, differing) for facts in (before, given))
    await audit.note("profile_changed", by, subject=f"user {by.id}", subject_name=given["name"], before=was, after=now)
    return await find(by)


def _words(facts: Mapping[str, str], names: list[str]) -> str:
    return ", ".join(f"{LABELS[name].lower()}: {facts[name] or 'none'}" for name in names)
