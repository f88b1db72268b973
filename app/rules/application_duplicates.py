"""Applications that look like a company that is a customer already, or like another application (JOIN-4)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from db import sql
from db.sql import Row

# Everybody can have an address there, so a common domain says nothing.
FREE_MAIL = """
gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.nz yahoo.com.au icloud.com me.com
mac.com aol.com gmx.com gmx.net gmx.de web.de mail.com proton.me protonmail.com pm.me zoho.com yandex.com fastmail.com
hey.com tutanota.com xtra.co.nz slingshot.co.nz orcon.net.nz vodafone.co.nz outlook.co.nz hotmail.co.nz bigpond.com
optusnet.com.au hotmail.co.uk yahoo.co.uk btinternet.com qq.com 163.com
"""
LEGAL_FORMS = """
ltd limited pty proprietary inc incorporated llc llp plc corp corporation co company gmbh ag bv nv sa sarl the trust
trustees partnership lp and
"""
FREE, FORMS = frozenset(FREE_MAIL.split()), frozenset(LEGAL_FORMS.split())
OTHERS = """SELECT id, reference, state, legal_name, trading_name, registration_number, email_key FROM applications
    WHERE confirmed_at IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """With whom, and what is alike: "registration number", "e-mail domain", "name"."""

    alike: list[str]
    name: str
    company_id: int = 0
    application_id: int = 0
    reference: str = ""  # of the other application, or the account number of the company


def name_key(name: str) -> str:
    """A name without its legal form, accents, case and signs."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    words = [word for word in letters.split() if word not in FORMS]
    return "".join(words)


def number_key(number: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def domain_of(email: str) -> str:
    """The domain, where it belongs to somebody; empty for the big free mailers."""
    domain = email.rpartition("@")[2].casefold()
    return "" if domain in FREE else domain


def _names(row: Row) -> set[str]:
    return {key for name in ("legal_name", "trading_name", "name") if (key := name_key(row.get(name) or ""))}


def _alike(row: Row, other: Row, domains: Iterable[str]) -> list[str]:
    number, domain = number_key(row["registration_number"]), domain_of(row["email_key"])
    found = []
    if number and number == number_key(other["registration_number"]):
        found.append("registration number")
    if domain and domain in domains:
        found.append("e-mail domain")
    if _names(row) & _names(other):
        found.append("name")
    return found


async def _domains(rows: Iterable[Row]) -> dict[int, set[str]]:
    """Of these applications' domains, those that the users of each company have."""
    wanted = sorted({domain for row in rows if (domain := domain_of(row["email_key"]))})
    if not wanted:
        return {}
    either = " OR ".join(f"email_key LIKE ${place} ESCAPE '\\'" for place in range(1, len(wanted) + 1))
    patterns = ["%@" + re.sub(r"([\\%_])", r"\\\1", domain) for domain in wanted]
    users = await sql.rows(
        f"SELECT company, email_key FROM users WHERE company IS NOT NULL AND deleted_at IS NULL AND ({either})",  # noqa: S608
        *patterns,
    )
    found: dict[int, set[str]] = {}
    for user in users:
        found.setdefault(user["company"], set()).add(domain_of(user["email_key"]))
    return found


async def of(rows: list[Row]) -> dict[int, list[Likeness]]:
    """Whom each of these rows of applications is like, by its id; the company that it became does not count."""
    if not rows:
        return {}
    companies = await sql.rows("SELECT id, account_number, name, legal_name, registration_number FROM companies")
    others, domains = await sql.rows(OTHERS), await _domains(rows)
    found: dict[int, list[Likeness]] = {}
    for row in rows:
        known = [
            Likeness(
                _alike(row, one, domains.get(one["id"], ())), one["name"], one["id"], reference=one["account_number"]
            )
            for one in companies
            if one["id"] != row["company"]
        ]
        applied = [
            Likeness(
                _alike(row, one, (domain_of(one["email_key"]),)),
                one["legal_name"],
                application_id=one["id"],
                reference=one["reference"],
            )
            for one in others
            if one["id"] != row["id"]
        ]
        found[row["id"]] = [one for one in known + applied if one.alike]
    return found
