"""The second step of the log-in: who has one, who must, and how it is set up and taken away (LOGIN-10, DESK-1)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.rules import (
    audit,
    authenticators,
    fresh_passwords,
    passkeys,
    recovery_codes,
    second_step_requirement,
    sessions,
)
from app.rules.privileges import Role
from app.rules.refusals import Invalid, Missing, Refused
from app.rules.second_step_mails import tell
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.sql import Row

DEED = "change the second step of the log-in"
NO_FIT = "This code does not fit. Check that the clock of the phone is right, and type the code it shows now."
NOT_BEGUN = (
    "This set-up has ended: it is done already, or was begun anew. My Profile, Second step, shows what there is."
)
DONE = """UPDATE sessions SET sealed_authenticator = '', second_step_at = $3
WHERE id = $1 AND sealed_authenticator = $2 RETURNING id"""
FIRST_THE_APP = "A passkey stands beside an authenticator app: set up the app first."


@dataclass(frozen=True, slots=True)
class Held:
    """What a person holds for the second step; without `since` there is none."""

    since: datetime | None
    passkeys: list[Row]
    codes_left: int


async def has(user_id: int) -> bool:
    """Whether the person's log-in has a second step: an app that a code has confirmed."""
    found = await sql.value('SELECT 1 FROM authenticators WHERE "user" = $1 AND confirmed_at IS NOT NULL', user_id)
    return found is not None


async def held(viewer: Viewer) -> Held:
    since = await sql.value('SELECT confirmed_at FROM authenticators WHERE "user" = $1', viewer.id)
    return Held(since, await passkeys.of(viewer.id), await recovery_codes.left(viewer.id))


async def verify(user_id: int, typed: str) -> bool:
    """Whether it is a code of the person's app or a recovery code: each is taken once. Count the wrong ones."""
    if authenticators.digits_of(typed):
        return await authenticators.take(user_id, typed)
    return await recovery_codes.take(user_id, typed)


async def begin(viewer: Viewer) -> None:
    """Give this session a secret for an app; it counts once a code has confirmed it."""
    viewer.own_hands(DEED)
    await fresh_passwords.need(viewer)
    sealed = authenticators.sealed(authenticators.new_secret())
    await sql.run("UPDATE sessions SET sealed_authenticator = $2 WHERE id = $1", viewer.session_id, sealed)


async def begun(viewer: Viewer) -> str:
    """The secret that waits for its first code; raises Refused where none does, or the password is long past."""
    await fresh_passwords.need(viewer)
    return authenticators.unsealed(await _begun(viewer))


async def _begun(viewer: Viewer) -> str:
    sealed = await sql.value("SELECT sealed_authenticator FROM sessions WHERE id = $1", viewer.session_id)
    if not sealed:
        raise Refused(NOT_BEGUN)
    return str(sealed)


@atomic
async def confirm(viewer: Viewer, typed: str) -> list[str]:
    """Make the app count, and end the person's other sessions; gives the recovery codes, kept nowhere as text.

    Raises Invalid for a wrong code.
    """
    viewer.own_hands(DEED)
    await fresh_passwords.need(viewer)
    sealed = await _begun(viewer)
    secret = authenticators.unsealed(sealed)
    counter = authenticators.counter_of(secret, typed)
    if not counter:
        raise Invalid({"code": NO_FIT})
    if await sql.value(DONE, viewer.session_id, sealed, datetime.now(UTC)) is None:
        raise Refused(NOT_BEGUN)
    await authenticators.keep(viewer.id, secret, counter)
    await sessions.end_others(viewer)
    await changed("second_step_added", "app", viewer)
    return await recovery_codes.renew(viewer.id)


@atomic
async def renew_codes(viewer: Viewer) -> list[str]:
    """New recovery codes; the older ones work no more."""
    await need_to_change(viewer)
    await audit.note("recovery_codes_made", viewer, subject=f"user {viewer.id}", subject_name=viewer.name)
    await tell("codes", viewer.id, viewer)
    return await recovery_codes.renew(viewer.id)


async def remove(viewer: Viewer, password: str) -> None:
    """Log in with the password alone from now on; raises Refused where a second step is required, Invalid.

    The password is asked for with the deed itself: one press of a button removes nothing.
    """
    await need_one(viewer)
    await _need_none_required(viewer)
    await fresh_passwords.give(viewer, password)
    await _remove(viewer)


async def _need_none_required(viewer: Viewer) -> None:
    if reason := await second_step_requirement.why(viewer):
        raise Refused(f"You cannot remove the second step. {reason}")


@atomic
async def _remove(viewer: Viewer) -> None:
    await need_to_change(viewer)
    await _need_none_required(viewer)
    await _forget(viewer.id)
    await sql.run("UPDATE sessions SET second_step_at = NULL WHERE id = $1", viewer.session_id)
    await sessions.end_others(viewer)
    await changed("second_step_removed", "removed", viewer)


@atomic
async def reset(user_id: int, by: Viewer) -> None:
    """Take the second step from somebody who has lost it, for the desk; ends their sessions.

    Of staff an administrator of the desk does it, of a company's users sales does too. Raises Missing, Refused.
    """
    user = await sql.row("SELECT id, name, company FROM users WHERE id = $1 AND deleted_at IS NULL", user_id)
    roles = (Role.SALES,) if user and user["company"] else ()
    if not by.has_role(*roles) or by.is_acted:
        raise Refused("You cannot reset a second step: an administrator of the desk can, and sales for customers.")
    if user is None:
        raise Missing
    if user_id == by.id:
        raise Refused("You cannot reset your own second step here. Another administrator of the desk can.")
    await _forget(user_id)
    await sessions.end_all(user_id)
    await audit.note("second_step_removed", by, user["company"], f"user {user_id}", user["name"], after="reset")
    await tell("reset", user_id, by)


async def need_to_change(viewer: Viewer) -> None:
    """Raises Refused for other hands than the person's, without the password, and before there is an app."""
    await need_one(viewer)
    await fresh_passwords.need(viewer)


async def need_one(viewer: Viewer) -> None:
    """Raises Refused for other hands than the person's, and before there is an app."""
    viewer.own_hands(DEED)
    if not await has(viewer.id):
        raise Refused(FIRST_THE_APP)


async def changed(action: str, what: str, viewer: Viewer, after: str = "") -> None:
    """Keep it in the trail, and tell the person; `what` is one of second_step_mails.WORDS."""
    await audit.note(action, viewer, subject=f"user {viewer.id}", subject_name=viewer.name, after=after or what)
    await tell(what, viewer.id, viewer)


async def _forget(user_id: int) -> None:
    await sql.run('DELETE FROM authenticators WHERE "user" = $1', user_id)
    await passkeys.forget(user_id)
    await recovery_codes.forget(user_id)
