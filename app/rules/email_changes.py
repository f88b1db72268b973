"""Another e-mail address: it counts once the link sent there is confirmed, and the old one is told (PROFILE-2)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.rules import audit, fresh_passwords, limits, mailed_links, new_passwords, notices, notification_addresses
from app.rules.email_addresses import email_key, why_not
from app.rules.mailed_links import LinkGone
from app.rules.refusals import Invalid
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import hold
from db.sql import Row
from db.troubles import DOUBLE

PURPOSE = "email_change"
DEED = "change the e-mail address"
TOO_OFTEN = "This was asked for too often. Try again in an hour."
END_OPEN = 'UPDATE mailed_links SET used_at = $2 WHERE purpose = $3 AND "user" = $1 AND used_at IS NULL'
OPEN = """SELECT m.bound_to AS email, m.expires_at FROM mailed_links m JOIN users u ON u.id = m."user"
WHERE m.purpose = $2 AND m."user" = $1 AND m.used_at IS NULL AND m.expires_at > $3
    AND (u.password_changed_at IS NULL OR m.made_at >= u.password_changed_at) ORDER BY m.id DESC LIMIT 1"""
# A link from before the password was changed may be that of whoever knew the old one.
WHO = """SELECT u.id, u.name, u.email, u.email_key, u.company, c.account_number, c.name AS company_name
FROM mailed_links m JOIN users u ON u.id = m."user" LEFT JOIN companies c ON c.id = u.company
WHERE m.id = $1 AND u.deleted_at IS NULL AND (u.password_changed_at IS NULL OR m.made_at >= u.password_changed_at)
    AND NOT EXISTS (SELECT 1 FROM suspensions s WHERE s."user" = u.id)"""
OWNER = """SELECT u.name, u.email, u.company, c.account_number, c.name AS company_name
FROM users u LEFT JOIN companies c ON c.id = u.company WHERE u.email_key = $1"""
SET = """UPDATE users SET email = $2, email_key = $3, version = version + 1
WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM users o WHERE o.email_key = $3 AND o.id <> $1) RETURNING id"""


@dataclass(frozen=True, slots=True)
class Change:
    """Whose address becomes which."""

    who: Row
    email: str


async def open_change(by: Viewer) -> Row | None:
    """The address (`email`) that waits for its link, until `expires_at`; the same whether somebody has it or not."""
    return await sql.row(OPEN, by.id, PURPOSE, datetime.now(UTC))


def checked(typed: str, by: Viewer) -> str:
    """The address as typed; raises Invalid."""
    email = typed.strip()
    if wrong := why_not(email):
        raise Invalid({"email": wrong})
    if email_key(email) == email_key(by.email):
        raise Invalid({"email": "This is your address already."})
    return email


async def ask(typed: str, password: str, by: Viewer) -> None:
    """Send the link to the new address. An address that somebody has gets other words, and the answer is the same.

    Raises Invalid, Refused, TooMany, Stale. Compares the password: outside any transaction.
    """
    by.own_hands(DEED)
    email = checked(typed, by)
    await fresh_passwords.give(by, password)
    for what, key in (("email change of user", str(by.id)), ("email change to", email_key(email))):
        await limits.count(what, key, settings.asked_per_hour, TOO_OFTEN)
    await _ask(email, by)


@atomic
async def _ask(email: str, by: Viewer) -> None:
    await new_passwords.still_here(by)  # whoever was locked out while the password was compared asks for nothing
    lasts = timedelta(hours=settings.confirmation_hours)
    now = datetime.now(UTC)
    await sql.run(END_OPEN, by.id, now, PURPOSE)
    token = await mailed_links.make(PURPOSE, lasts, by.id, email)
    owner = await sql.row(OWNER, email_key(email))
    event = f"email change of user {by.id} at {now.isoformat()}"
    if owner:
        await _write("email_taken", event, owner, owner["email"], "Your e-mail address was asked for", {})
    else:
        context = {"name": by.name, "company_name": by.company_name, "account_number": by.account_number}
        await notices.write(
            *("email_change", event, email, "Confirm your new e-mail address", "email_change"),
            {**context, "old": by.email, "until": now + lasts, "time_zone": by.time_zone},
            by.company_id or None,
            secrets={"link": f"{notices.base_url()}/email-changes/{token}"},
            secrets_until=now + lasts,
        )
    await audit.note("email_change_asked", by, subject=f"user {by.id}", subject_name=by.name, after=email)


async def _write(template: str, event: str, who: Row, to: str, subject: str, more: dict[str, str]) -> None:
    """A mail to somebody of the portal, without a secret."""
    greeting = {name: who[name] for name in ("name", "account_number", "company_name")}
    await notices.write(template, event, to, subject, template, {**greeting, **more}, who["company"])


@atomic
async def give_up(by: Viewer) -> None:
    """The open link works no more."""
    by.own_hands(DEED)
    await sql.run(END_OPEN, by.id, datetime.now(UTC), PURPOSE)


async def find(token: str) -> Change:
    """What the link would do; changes nothing. Raises LinkGone."""
    link = await mailed_links.find(PURPOSE, token)
    who = await sql.row(WHO, link.id)
    if who is None:
        raise LinkGone
    return Change(who, link.bound_to)


@atomic
async def confirm(token: str, by: Viewer) -> None:
    """Make it the person's address; `by` is whoever opened the link. Raises LinkGone, for a taken address too."""
    change = await find(token)
    await mailed_links.use(PURPOSE, token)
    who, key = change.who, email_key(change.email)
    await hold(f"email {key}")
    try:
        async with sql.transaction():
            if await sql.value(SET, who["id"], change.email, key) is None:
                raise LinkGone
    except DOUBLE as taken:
        raise LinkGone from taken
    await notification_addresses.follow(who["id"], who["email_key"], change.email)
    for purpose in new_passwords.SETTING:  # what waits in the old mailbox
        await mailed_links.end(purpose, who["id"])
    event = f"email of user {who['id']} changed at {datetime.now(UTC).isoformat()}"
    subject = "Your e-mail address was changed"
    await _write("email_changed", event, who, who["email"], subject, {"old": who["email"], "new": change.email})
    person = Viewer(id=who["id"], name=who["name"], company_id=who["company"] or 0, network_address=by.network_address)
    await audit.note(
        *("email_changed", person, None, f"user {who['id']}", who["name"]), before=who["email"], after=change.email
    )
