"""A new user: the row, its privileges, its first password and the mail with it, all at once (USER-2, JOIN-5)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from app.rules import audit, temporary_passwords, user_privileges
from app.rules.email_addresses import email_key, why_not
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid
from app.rules.temporary_passwords import Prepared
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

LIMITS = {"name": 100, "phone": 40, "job_title": 100}
JOINERS = "\u200c\u200d"  # some scripts spell names with them
NO_NAME = "Type the person's name."
TAKEN = "This address is in use already. Each person logs in with an address of their own."
TAKEN_HERE = "{} logs in with this address already."
ADD = """INSERT INTO users (company, name, email, email_key, phone, job_title, is_administrator, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (email_key) DO NOTHING RETURNING id"""


def checked(fields: Mapping[str, str]) -> dict[str, str]:
    """Name, phone and job title as they are kept, each on one line; raises Invalid."""
    given = {name: " ".join(fields.get(name, "").split()) for name in LIMITS}
    errors = {} if given["name"] else {"name": NO_NAME}
    for name, limit in LIMITS.items():
        if not all(char.isprintable() or char in JOINERS for char in given[name]):
            errors[name] = "This holds a character that cannot be seen. Type it again without it."
        elif len(given[name]) > limit:
            errors[name] = f"This is {len(given[name]):,} characters long; at most {limit:,} are kept."
    if errors:
        raise Invalid(errors)
    return given


def checked_with_address(fields: Mapping[str, str]) -> dict[str, str]:
    """The same with `email`; every wrong field is told."""
    email = fields.get("email", "").strip()
    errors = {"email": wrong} if (wrong := why_not(email)) else {}
    try:
        given = checked(fields)
    except Invalid as invalid:
        raise Invalid(invalid.errors | errors) from invalid
    if errors:
        raise Invalid(errors)
    return {**given, "email": email}


async def _taken(key: str, company_id: int | None) -> Invalid:
    """Who has the address is told within one company only."""
    name = await sql.value("SELECT name FROM users WHERE email_key = $1 AND company = $2", key, company_id)
    return Invalid({"email": TAKEN_HERE.format(name) if name else TAKEN})


def _words(given: Mapping[str, str], privileges: Iterable[Privilege], is_administrator: bool) -> str:
    facts = [given["email"], given["phone"], given["job_title"]]
    facts.append("website administrator" if is_administrator else user_privileges.listed(privileges))
    return ", ".join(fact for fact in facts if fact)


@atomic
async def create(
    company_id: int | None,
    fields: Mapping[str, str],
    privileges: Iterable[Privilege],
    is_administrator: bool,
    prepared: Prepared | None,
    by: Viewer,
    why: str = "new",
) -> int:
    """The id of a new user; without a company it is staff. Call it in the deed's transaction; the caller asks who may.

    `fields`: name, email, phone, job_title. What the privileges need comes with them. `prepared` is the password to
    mail, `why` as temporary_passwords.give has it; without one nobody can log in until a link gives another.
    Raises Invalid for wrong fields and for an address in use.
    """
    given = checked_with_address(fields)
    boxes = user_privileges.closed(privileges)
    key = email_key(given["email"])
    made: int | None = await sql.value(
        ADD,
        *(company_id, given["name"], given["email"], key, given["phone"], given["job_title"]),
        *(is_administrator, datetime.now(UTC)),
    )
    if made is None:
        raise await _taken(key, company_id)
    await user_privileges.keep(made, boxes, by.id or None)
    await audit.note(
        "user_added" if company_id else "staff_added",
        by,
        company_id,
        f"user {made}",
        given["name"],
        after=_words(given, boxes, is_administrator),
    )
    if prepared:
        await temporary_passwords.give(made, prepared, why, by)
    return made
