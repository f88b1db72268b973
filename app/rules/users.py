"""Users and their log-ins: changing, disabling, unlocking, a new password, who administers (USER-2, USER-3, USER-6)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from app.rules import audit, mailed_links, new_passwords, sessions, temporary_passwords, user_privileges
from app.rules.limits import count, is_reached
from app.rules.refusals import Invalid, Refused, Stale, TooMany
from app.rules.temporary_passwords import Prepared
from app.rules.user_accounts import LIMITS, TAKEN, checked, create
from app.rules.user_administrators import appoint, demote, require_another
from app.rules.user_finders import LARGEST_ID, User, asked, find, held, may_manage, why_not
from app.rules.user_privileges import Boxes, Ticked
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

__all__ = [
    "LARGEST_ID",
    "Changed",
    "User",
    "add",
    "appoint",
    "change",
    "demote",
    "disable",
    "enable",
    "find",
    "known",
    "lift_lock",
    "may_manage",
    "send_password",
    "tick",
    "why_no_password",
    "why_not",
    "why_not_add",
]

DEED = "administer users"
NO_BOX = "One of the boxes is not known any more. Load the page again."
LABELS = {"name": "name", "phone": "phone", "job_title": "job title"}
MOST_TAKEN = 20  # addresses in use that a company may try in an hour, before it adds nobody for the rest of it
TOO_MANY_TAKEN = "Too many addresses that are in use were tried. Nobody can be added for an hour."
UPDATE = "UPDATE users SET name = $2, phone = $3, job_title = $4, version = version + 1 WHERE id = $1"
SUSPEND = """INSERT INTO suspensions ("user", by, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id"""


class Changed(Stale):
    """Somebody else has changed the user since the form was shown; `now` is what counts."""

    def __init__(self, now: User) -> None:
        super().__init__(f"{now.name} was changed by somebody else in the meantime.")
        self.now = now


def why_not_add(by: Viewer) -> str:
    """Why `by`, an administrator, can add nobody and reset no password; nothing where they can (DESK-6)."""
    return f"You act as {by.name}. Only they themselves have passwords sent." if by.is_acted else ""


def why_no_password(user: User, by: Viewer) -> str:
    """Why no new password can be sent to this user, and who can change it."""
    if user.state == "disabled":
        return f"{user.name} is disabled, and a new password would open nothing. Enable {user.name} first."
    return why_not(user, by) or why_not_add(by)


async def known(names: Iterable[str], by: Viewer) -> Boxes:
    """The boxes that were posted; a word that is none, such as a desk's role, is kept in the trail. Raises Invalid."""
    try:
        return user_privileges.known(names)
    except ValueError:
        await audit.note("refused", by, after="give a right that no administrator can give")
        raise Invalid({"privileges": NO_BOX}) from None


async def add(fields: Mapping[str, str], boxes: Boxes, by: Viewer) -> int:
    """The id of a new user of the own company, whose password is in the mail; raises Invalid or Refused (USER-2)."""
    by.own_hands("add users")
    if not by.company_id or not by.is_administrator:
        raise Refused(f"You cannot {DEED}.")
    if await is_reached("taken_address", str(by.company_id), MOST_TAKEN):
        raise TooMany(TOO_MANY_TAKEN, 3_600)
    try:
        return await create(by.company_id, fields, boxes, False, await temporary_passwords.prepare(), by)
    except Invalid as wrong:
        if wrong.errors.get("email") == TAKEN:
            await count("taken_address", str(by.company_id), MOST_TAKEN, TOO_MANY_TAKEN)
        raise


def _words(facts: Mapping[str, str], names: list[str]) -> str:
    return ", ".join(f"{LABELS[name]} “{facts[name]}”" for name in names)


async def change(user_id: int, fields: Mapping[str, str], version: int, by: Viewer) -> None:
    """Name, phone and job title; raises Missing, Refused, Invalid, or Changed where `version` is not the last."""
    await asked(by, user_id, "change a user")
    await _change(user_id, checked(fields), version, by)


@atomic
async def _change(user_id: int, given: Mapping[str, str], version: int, by: Viewer) -> None:
    user = await held(by, user_id)
    before = {name: str(getattr(user, name)) for name in LIMITS}
    different = [name for name in LIMITS if given[name] != before[name]]
    if not different:
        return
    if version != user.version:
        raise Changed(user)
    await sql.run(UPDATE, user.id, given["name"], given["phone"], given["job_title"])
    told = (_words(before, different), _words(given, different))
    await audit.note("user_changed", by, user.company_id, f"user {user.id}", user.name, *told)


async def tick(user_id: int, shown: Boxes | None, sent: Boxes, by: Viewer) -> Ticked:
    """Make what was pressed the user's privileges; gives what came or went with it (USER-3, USER-4).

    `shown` is what the form showed as ticked; None where it says nothing.
    """
    await asked(by, user_id, f"give privileges: {user_privileges.listed(sent) or 'none'}")
    return await _tick(user_id, shown, sent, by)


@atomic
async def _tick(user_id: int, shown: Boxes | None, sent: Boxes, by: Viewer) -> Ticked:
    user = await held(by, user_id)
    if not user.company_id or user.is_administrator:
        raise Refused(f"{user.name} has no boxes to tick.")
    shown = user.boxes if shown is None else shown
    after = user_privileges.changed(user.boxes, shown, sent)
    if after != user.boxes:
        await user_privileges.keep(user.id, after, by.id)
        told = [user_privileges.listed(boxes) or "none" for boxes in (user.boxes, after)]
        await audit.note("privileges_changed", by, user.company_id, f"user {user.id}", user.name, *told)
    return user_privileges.besides(user.boxes, sent, after)


async def disable(user_id: int, by: Viewer) -> None:
    """No log-in any more, and no session from this moment on; raises Missing or Refused (USER-2)."""
    await asked(by, user_id, "disable a user")
    await _disable(user_id, by)


@atomic
async def _disable(user_id: int, by: Viewer) -> None:
    user = await held(by, user_id)
    await require_another(user)
    if await sql.value(SUSPEND, user.id, by.id, datetime.now(UTC)) is None:
        return
    await sessions.end_all(user.id)
    await mailed_links.end_all(user.id)
    await _note("disabled", user, by)


async def enable(user_id: int, by: Viewer) -> None:
    """Undo `disable`; raises Missing or Refused."""
    await asked(by, user_id, "enable a user")
    await _enable(user_id, by)


@atomic
async def _enable(user_id: int, by: Viewer) -> None:
    user = await held(by, user_id)
    if await sql.value('DELETE FROM suspensions WHERE "user" = $1 RETURNING id', user.id):
        await _note("enabled", user, by)


async def _note(deed: str, user: User, by: Viewer) -> None:
    kind = "user" if user.company_id else "staff"
    await audit.note(f"{kind}_{deed}", by, user.company_id, f"user {user.id}", user.name)


async def lift_lock(user_id: int, by: Viewer) -> None:
    """Let a locked user try again at once (LOGIN-5); raises Missing or Refused."""
    await asked(by, user_id, "unlock a user")
    await _lift_lock(user_id, by)


@atomic
async def _lift_lock(user_id: int, by: Viewer) -> None:
    user = await held(by, user_id)
    await new_passwords.lift_lock(user.id)
    if user.state == "locked":
        await audit.note("lock_lifted", by, user.company_id, f"user {user.id}", user.name)


async def send_password(user_id: int, by: Viewer) -> None:
    """A new temporary password goes to the user's address, and the old one ends; raises Missing, Refused, Invalid."""
    by.own_hands("reset passwords")
    await asked(by, user_id, "reset a password")
    await _send_password(user_id, await temporary_passwords.prepare(), by)


@atomic
async def _send_password(user_id: int, prepared: Prepared, by: Viewer) -> None:
    user = await held(by, user_id)
    if user.state == "disabled":
        raise Invalid(why_no_password(user, by))
    await temporary_passwords.give(user.id, prepared, "reset", by)
