"""A forgotten password: a mailed link, the challenge question behind it, and a new password (LOGIN-6)."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.rules import (
    audit,
    challenges,
    limits,
    mailed_links,
    new_passwords,
    notices,
    password_policy,
    passwords,
    second_steps,
    sessions,
)
from app.rules.email_addresses import LONGEST, email_key
from app.rules.mailed_links import LinkGone
from app.rules.password_changes import typed_twice
from app.rules.refusals import Invalid, Refused, Stale
from app.rules.settings import settings
from app.rules.steady import steady
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.sql import Row

PURPOSE = "reset"
ANSWERED_FOR = timedelta(minutes=15)
FIRST_THE_ANSWER = (
    "The question has to be answered first, in this browser, and not long ago. Open the link in your mail again."
)
NO_CHALLENGE = "This log-in has no challenge question, so a link cannot reset its password."
COLUMNS = """u.id, u.name, u.email, u.company, u.password_hash, u.challenge_question, u.challenge_answer_hash,
    c.name AS company_name, c.account_number
FROM users u LEFT JOIN companies c ON c.id = u.company
WHERE u.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM suspensions s WHERE s."user" = u.id)
    AND NOT EXISTS (SELECT 1 FROM company_suspensions s WHERE s.company = u.company)"""
BY_ADDRESS = f"SELECT {COLUMNS} AND u.email_key = $1"
BY_ID = f"SELECT {COLUMNS} AND u.id = $1"
TRY = """UPDATE mailed_links SET wrong_answers = wrong_answers + 1
WHERE id = $1 AND used_at IS NULL AND wrong_answers < $2 RETURNING wrong_answers"""
ANSWERED = """UPDATE mailed_links SET answered_by = $2, answered_at = $3, wrong_answers = wrong_answers - 1
WHERE id = $1 AND used_at IS NULL"""
WHO_ANSWERED = "SELECT answered_by FROM mailed_links WHERE id = $1 AND answered_at > $2"


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands between the link and a new password.

    `kind` is "question" (the challenge), "code" (of the second step), "none" (the link is enough), or "lost": there
    is no question, and only people can help (LOGIN-7).
    """

    link_id: int
    user: Row
    kind: str

    @property
    def question(self) -> str:
        return str(self.user["challenge_question"])


async def ask(email: str, by: Viewer) -> None:
    """Mail a link where the address may log in; neither the answer nor its time tells, nor a limit that is reached."""
    async with steady():
        key = email_key(email)[:LONGEST]
        # Who asks too much uses up nobody else's tries.
        is_open = await limits.is_within("reset from", by.network_address, settings.login_address_failures)
        is_open = is_open and await limits.is_within("reset of", key, settings.asked_per_hour)
        user = await sql.row(BY_ADDRESS, key)
        if user and is_open:
            await _mail(user, by)


@atomic
async def _mail(user: Row, by: Viewer) -> None:
    lasts = timedelta(minutes=settings.reset_minutes)
    token = await mailed_links.make(PURPOSE, lasts, user["id"])
    context = {
        "name": user["name"],
        "minutes": settings.reset_minutes,
        "account_number": user["account_number"],
        "company_name": user["company_name"],
        "challenge": settings.challenge,
    }
    now = datetime.now(UTC)
    await notices.write(
        "password_reset",
        f"reset of user {user['id']} asked at {now.isoformat()}",
        user["email"],
        f"Set a new password at {settings.distributor}",
        "password_reset",
        context,
        user["company"],
        secrets={"link": f"{notices.base_url()}/password/reset/{token}"},
        secrets_until=now + lasts,
    )
    await audit.note("password_reset_asked", by, user["company"], f"user {user['id']}", user["name"])


async def find(token: str) -> Asked:
    """What a link asks; changes nothing. Raises LinkGone."""
    link = await mailed_links.find(PURPOSE, token)
    user = await sql.row(BY_ID, link.user_id)
    if user is None or link.wrong_answers >= settings.challenge_tries:
        raise LinkGone
    return Asked(link.id, user, await _kind(user))


async def _kind(user: Row) -> str:
    if settings.challenge == "question":
        return "question" if user["challenge_answer_hash"] else "lost"
    return "code" if await second_steps.has(user["id"]) else "none"


async def answer(token: str, text: str, visit: str, by: Viewer) -> None:
    """Let this browser (`visit`) set a new password with the link. Raises Invalid, or LinkGone after the last try.

    Each try is counted before it is looked at, so that many at once are no more than the limit.
    """
    asked = await find(token)
    if not text.strip():
        raise Invalid({"answer": "Type the answer." if asked.kind == "question" else "Type the code."})
    place = await sql.value(TRY, asked.link_id, settings.challenge_tries)
    if place is None or asked.kind not in ("question", "code"):
        raise LinkGone
    if not await _looked_at(asked, text):
        await _wrong(asked, token, settings.challenge_tries - place, by)
    await sql.run(ANSWERED, asked.link_id, _digest(visit), datetime.now(UTC))


async def _looked_at(asked: Asked, text: str) -> bool:
    """Whether it fits; a try that nobody had time for is given back."""
    try:
        return await _fits(asked, text)
    except passwords.Overloaded:
        await sql.run("UPDATE mailed_links SET wrong_answers = wrong_answers - 1 WHERE id = $1", asked.link_id)
        raise


async def _fits(asked: Asked, text: str) -> bool:
    if asked.kind == "code":
        return await second_steps.verify(asked.user["id"], text)
    return await challenges.fits(text, asked.user["challenge_answer_hash"])


async def _wrong(asked: Asked, token: str, left: int, by: Viewer) -> None:
    await _note_wrong(asked, left, by)
    if left == 0:
        raise LinkGone(f"That did not fit either. {settings.challenge_tries} wrong answers ended the link.")
    raise Invalid({"answer": f"That does not fit. {left} more {'try' if left == 1 else 'tries'}, then the link ends."})


@atomic
async def _note_wrong(asked: Asked, left: int, by: Viewer) -> None:
    user = asked.user
    await audit.note("challenge_failed", by, user["company"], f"user {user['id']}", user["name"])
    if left == 0:
        await mailed_links.end(PURPOSE, user["id"])


def _digest(visit: str) -> str:
    return hashlib.sha256(visit.encode()).hexdigest()


async def opened(token: str, visit: str) -> Asked:
    """The link, once this browser has answered; changes nothing. Raises LinkGone, Stale before that, Refused."""
    asked = await find(token)
    if asked.kind == "lost":
        raise Refused(NO_CHALLENGE)
    if asked.kind != "none":
        answered_by = await sql.value(WHO_ANSWERED, asked.link_id, datetime.now(UTC) - ANSWERED_FOR)
        if not visit or answered_by != _digest(visit):
            raise Stale(FIRST_THE_ANSWER)
    return asked


async def set_password(token: str, visit: str, new: str, repeated: str, by: Viewer) -> None:
    """Set it, end every session, lift the lock, tell by mail. Raises LinkGone, Refused, Invalid or Stale."""
    asked = await opened(token, visit)
    await password_policy.check_requirements(asked.user["id"], new)
    typed_twice(new, repeated)
    await password_policy.check_past(asked.user["id"], new)
    await _set_password(asked, token, visit, await passwords.make(new), by)


@atomic
async def _set_password(asked: Asked, token: str, visit: str, hashed: str, by: Viewer) -> None:
    await opened(token, visit)
    await mailed_links.use(PURPOSE, token)
    user = asked.user
    await new_passwords.keep(user["id"], user["password_hash"], hashed)
    await sessions.end_all(user["id"])
    await new_passwords.lift_lock(user["id"])
    await new_passwords.tell(user["id"], "password", by, by_link=True)
    await audit.note("password_reset", by, user["company"], f"user {user['id']}", user["name"])
