"""Who gave the right password and still owes the second step: ten minutes, a few codes, one session (LOGIN-10)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.rules import audit, log_ins, passkeys, recovery_codes, second_steps, sessions
from app.rules.authenticators import digits_of
from app.rules.second_step_mails import tell
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import hold

# A log-in that waits ends with whatever ends a log-in: its time, too many codes, a suspension, another password.
FIND = """
SELECT l.id, l."user" AS user_id, l.passkey_challenge, l.wrong_codes, u.name, u.email_key, u.company
FROM pending_logins l JOIN users u ON u.id = l."user" AND u.deleted_at IS NULL
WHERE l.token_hash = $1 AND l.started_at > $2 AND l.wrong_codes < $3
    AND (u.password_changed_at IS NULL OR u.password_changed_at <= l.started_at)
    AND EXISTS (SELECT 1 FROM authenticators a WHERE a."user" = u.id AND a.confirmed_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM suspensions x WHERE x."user" = u.id)
    AND NOT EXISTS (SELECT 1 FROM company_suspensions y WHERE y.company = u.company)
"""
END = "DELETE FROM pending_logins WHERE id = $1 RETURNING id"
COUNT = "UPDATE pending_logins SET wrong_codes = wrong_codes + 1 WHERE id = $1"


class PendingGone(Exception):
    """The log-in waits no more: it has to start with the password again."""


class WrongCode(Exception):
    """It does not fit, or the log-in is locked: one answer for both (LOGIN-5)."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A log-in that waits for its second step."""

    id: int
    user_id: int
    passkey_challenge: str
    wrong_codes: int
    name: str
    email_key: str
    company: int | None


Check = Callable[[Pending], Awaitable[bool]]


async def find(token: str) -> Pending:
    """The log-in that waits under this token; raises PendingGone. Changes nothing."""
    since = datetime.now(UTC) - timedelta(minutes=settings.pending_login_minutes)
    row = await sql.row(FIND, sessions.digest(token), since, settings.second_step_tries) if token else None
    if row is None:
        raise PendingGone
    return Pending(**row)


async def enter_by_code(token: str, typed: str, address: str, agent: str) -> str:
    """The token of a new session, for a code of the app or a recovery code; raises WrongCode, PendingGone."""

    async def fits(pending: Pending) -> bool:
        if digits_of(typed):
            return await second_steps.verify(pending.user_id, typed)
        return await _recovered(pending, typed, address)

    return await _entered(token, fits, address, agent)


async def enter_by_passkey(token: str, answer: str, address: str, agent: str) -> str:
    """The same for what the browser answered with a passkey."""

    async def fits(pending: Pending) -> bool:
        return await passkeys.take(pending.user_id, pending.passkey_challenge, answer)

    return await _entered(token, fits, address, agent)


async def _recovered(pending: Pending, typed: str, address: str) -> bool:
    if not await recovery_codes.take(pending.user_id, typed):
        return False
    by = _by(pending, address)
    left = f"{await recovery_codes.left(pending.user_id)} left"
    await audit.note("recovery_code_used", by, subject=f"user {by.id}", subject_name=by.name, after=left)
    await tell("code_used", by.id, by)
    return True


async def _entered(token: str, fits: Check, address: str, agent: str) -> str:
    session = await _try(token, fits, address, agent)
    if not session:
        raise WrongCode
    return session


@atomic
async def _try(token: str, fits: Check, address: str, agent: str) -> str:
    """Empty for what does not fit: raised, it would undo the count of the tries."""
    pending = await find(token)
    await hold(f"login {pending.email_key}")
    pending = await find(token)  # what another try made of it meanwhile
    if await log_ins.is_locked(pending.email_key, address):
        return ""
    if not await fits(pending):
        await _failed(pending, address)
        return ""
    try:
        session = await sessions.start(pending.user_id, pending.email_key, address, agent, second_step=True)
    except sessions.SpentPassword as spent:
        raise PendingGone from spent
    if await sql.value(END, pending.id) is None:  # by a reset or a suspension that was quicker
        raise PendingGone
    return session


async def _failed(pending: Pending, address: str) -> None:
    """Count it here and towards the lock of the log-in; the last try ends what waits."""
    await sql.run(COUNT, pending.id)
    failure = await log_ins.count_failure(pending.email_key, address)
    by, subject = Viewer(network_address=address), f"user {pending.user_id}"
    await audit.note("second_step_failed", by, pending.company, subject, pending.name)
    if await log_ins.locks(pending.email_key, failure):
        await audit.note("login_locked", by, pending.company, subject, pending.name)


def _by(pending: Pending, address: str) -> Viewer:
    return Viewer(id=pending.user_id, name=pending.name, company_id=pending.company or 0, network_address=address)
