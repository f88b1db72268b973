"""Help for who can no longer get in by themselves: from the company's administrator, or from the desk (LOGIN-7)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from app.rules import cases, limits, notices
from app.rules.email_addresses import LONGEST, email_key, why_not
from app.rules.refusals import Invalid
from app.rules.settings import settings
from app.rules.steady import steady
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.sql import Row

MOST_STRANGERS = 20  # of an hour for whom the administrators of one company are asked
LIMITS = {"email": LONGEST, "account_number": 20}
TOO_MANY = "Too many messages came from your network. Write an e-mail or call: both stand at the foot of the page."
MISSING = {
    "account_number": "Type the account number: it is on every invoice.",
    "name": "Type your name.",
    "text": "Write what has happened.",
}
USER = """SELECT u.id, u.name, u.company, EXISTS (SELECT 1 FROM staff_roles r WHERE r."user" = u.id) AS is_staff
FROM users u WHERE u.email_key = $1 AND u.deleted_at IS NULL"""
COMPANY = "SELECT id FROM companies WHERE account_number = $1"
LOGS_IN = """u.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM suspensions s WHERE s."user" = u.id)"""
ADMINISTRATORS = f"""SELECT u.id, u.name, u.email, c.id AS company, c.name AS company_name, c.account_number
FROM users u JOIN companies c ON c.id = u.company
WHERE c.id = $1 AND u.is_administrator AND u.id <> $2 AND {LOGS_IN}
    AND NOT EXISTS (SELECT 1 FROM company_suspensions s WHERE s.company = c.id)"""  # noqa: S608 (our own words)
DESK_ADMINISTRATORS = f"""SELECT u.id, u.name, u.email, NULL AS company, '' AS company_name, '' AS account_number
FROM users u WHERE u.id <> $1 AND {LOGS_IN}
    AND EXISTS (SELECT 1 FROM staff_roles r WHERE r."user" = u.id AND r.role = 'administrator')"""  # noqa: S608 (our own words)


async def ask_administrator(email: str, account_number: str, by: Viewer) -> None:
    """Mail the administrators of the user's company, or of the account where there is no profile yet.

    Whether anybody was found is not told, by the answer or its time. Raises Invalid for what is no address.
    """
    if wrong := why_not(email):
        raise Invalid({"email": wrong})
    async with steady():
        # Who asks too much uses up nobody else's tries.
        is_open = await limits.is_within("help from", by.network_address, settings.login_address_failures)
        if is_open and await limits.is_within("help for", email_key(email)[:LONGEST], settings.asked_per_hour):
            await _mail_administrators(email, account_number)


async def _mail_administrators(email: str, account_number: str) -> None:
    user = await sql.row(USER, email_key(email))
    if user is None:
        company = await sql.value(COMPANY, account_number.strip()[:20])
        is_open = company and await limits.is_within("help of company", str(company), MOST_STRANGERS)
        found = await sql.rows(ADMINISTRATORS, company, 0) if is_open else []
        await _mail(found, email, "", f"/account/users/new?email={quote(email)}")
    elif user["company"]:
        found = await sql.rows(ADMINISTRATORS, user["company"], user["id"])
        await _mail(found, email, user["name"], f"/account/users/{user['id']}")
    elif user["is_staff"]:
        await _mail(await sql.rows(DESK_ADMINISTRATORS, user["id"]), email, user["name"], "/desk/staff")


@atomic
async def _mail(administrators: list[Row], email: str, who: str, path: str) -> None:
    now = datetime.now(UTC)
    for one in administrators:
        context = {
            "name": one["name"],
            "who": who,
            "email": email,
            "path": path,
            "account_number": one["account_number"],
            "company_name": one["company_name"],
        }
        await notices.write(
            "login_help",
            f"help for {email_key(email)} asked at {now.isoformat()}",
            one["email"],
            f"{who or email} cannot log in and asks for your help",
            "login_help",
            context,
            one["company"],
        )


async def write_to_distributor(typed: Mapping[str, str], by: Viewer) -> int:
    """Open a case at the desk and give its number; raises Invalid, or TooMany from one network address."""
    given = {name: typed.get(name, "").strip() for name in cases.LIMITS}
    errors = {name: words for name, words in MISSING.items() if not given[name]}
    if wrong := why_not(given["email"]):
        errors["email"] = wrong
    if errors:
        raise Invalid(errors)
    await limits.count("login case", by.network_address, settings.asked_per_hour, TOO_MANY)
    return await cases.open_login_case(given["account_number"], given["name"], given["email"], given["text"], by)
