"""One's own passkeys beside the authenticator app: made, renamed and removed (LOGIN-10)."""

import secrets

from app.rules import fresh_passwords, passkeys, second_steps
from app.rules.refusals import Invalid, Missing, Refused
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic


async def begin(viewer: Viewer) -> None:
    """Give this session a challenge for a new passkey; raises Refused."""
    await second_steps.need_to_change(viewer)
    if reason := passkeys.why_none():
        raise Refused(reason)
    challenge = secrets.token_urlsafe(32)
    await sql.run("UPDATE sessions SET passkey_challenge = $2 WHERE id = $1", viewer.session_id, challenge)


async def begun(viewer: Viewer) -> str:
    """What the browser is asked to make; raises Refused where nothing was begun, or the password is long past."""
    return passkeys.asked_to_make(viewer, await passkeys.of(viewer.id), await _challenge(viewer))


async def _challenge(viewer: Viewer) -> str:
    await fresh_passwords.need(viewer)
    challenge = await sql.value("SELECT passkey_challenge FROM sessions WHERE id = $1", viewer.session_id)
    if not challenge:
        raise Refused(second_steps.NOT_BEGUN)
    return str(challenge)


@atomic
async def add(viewer: Viewer, answer: str, name: str) -> None:
    """Keep the passkey that the browser has made, beside the app; raises Invalid, Refused."""
    await second_steps.need_to_change(viewer)
    challenge = await _challenge(viewer)
    if len(await passkeys.of(viewer.id)) >= passkeys.MOST:
        raise Invalid(f"At most {passkeys.MOST} passkeys are kept. Remove one first.")
    await passkeys.add(viewer.id, challenge, answer, name)
    await sql.run("UPDATE sessions SET passkey_challenge = '' WHERE id = $1", viewer.session_id)
    await second_steps.changed("second_step_added", "passkey", viewer, after=f"passkey “{name}”")


async def rename(viewer: Viewer, passkey_id: int, name: str) -> None:
    """Raises Missing."""
    viewer.own_hands(second_steps.DEED)
    await passkeys.rename(viewer.id, passkey_id, name)


async def remove(viewer: Viewer, passkey_id: int, password: str) -> None:
    """With the password, given with the deed itself; raises Missing, Refused, Invalid."""
    await second_steps.need_one(viewer)
    if passkey_id not in {passkey["id"] for passkey in await passkeys.of(viewer.id)}:
        raise Missing
    await fresh_passwords.give(viewer, password)
    await _remove(viewer, passkey_id)


@atomic
async def _remove(viewer: Viewer, passkey_id: int) -> None:
    await second_steps.need_to_change(viewer)
    await passkeys.remove(viewer.id, passkey_id)
    await second_steps.changed("second_step_removed", "passkey_removed", viewer)
