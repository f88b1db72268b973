"""Companies as the desk sees them: searched, one of them, and who of the staff may change what (DESK-3)."""

from dataclasses import dataclass

from app.rules import audit_words, user_lists
from app.rules.email_addresses import email_key
from app.rules.patterns import holding
from app.rules.privileges import Role
from app.rules.refusals import Missing, Refused
from app.rules.user_lists import Filter
from app.rules.viewers import Viewer
from db import sql
from db.sql import Row

READERS = (Role.SALES, Role.CREDIT)
EDITORS = (Role.SALES,)
LIMITERS = (Role.CREDIT,)
PAGE_SIZE = 50
MOST_ID = 2**31 - 1
MOST_HISTORY = 20
ROUTINE = "('saw', 'acted', 'logged_in', 'logged_out')"  # what is in the trail, and no history of the company

MATCHES = """$1 = '' OR lower(c.name || ' ' || c.legal_name) LIKE $1 ESCAPE '\\' OR c.account_number LIKE $1 ESCAPE '\\'
    OR lower(c.registration_number) LIKE $1 ESCAPE '\\' OR EXISTS (SELECT 1 FROM users u WHERE u.company = c.id
        AND u.deleted_at IS NULL AND u.email_key LIKE $2 ESCAPE '\\')"""
COUNT = f"SELECT count(*) FROM companies c WHERE {MATCHES}"  # noqa: S608 (our own words)
PAGE = f"""SELECT c.id, c.account_number, c.name, c.registration_number, c.credit_limit_cents, c.payment_terms_days,
    m.name AS manager, x.at AS suspended_at,
    (SELECT count(*) FROM users u WHERE u.company = c.id AND u.deleted_at IS NULL) AS user_count
FROM companies c LEFT JOIN users m ON m.id = c.account_manager LEFT JOIN company_suspensions x ON x.company = c.id
WHERE {MATCHES} ORDER BY lower(c.name), c.id LIMIT $3 OFFSET $4"""  # noqa: S608 (our own words)
ONE = """SELECT c.*, w.name AS warehouse_name, m.name AS manager_name, x.at AS suspended_at, x.reason AS suspended_for,
    b.name AS suspended_by
FROM companies c JOIN warehouses w ON w.id = c.home_warehouse LEFT JOIN users m ON m.id = c.account_manager
LEFT JOIN company_suspensions x ON x.company = c.id LEFT JOIN users b ON b.id = x.by WHERE c.id = $1"""
PRICE_LISTS = """SELECT p.id, p.code, p.name, EXISTS (
    SELECT 1 FROM company_price_lists h WHERE h.price_list = p.id AND h.company = $1) AS is_held
FROM price_lists p ORDER BY p.name, p.id"""
CERTIFICATIONS = """SELECT p.id, p.code, p.name, h.id IS NOT NULL AS is_held, h.valid_to
FROM certifications p LEFT JOIN company_certifications h ON h.certification = p.id AND h.company = $1
ORDER BY p.name, p.id"""
HISTORY = f"""SELECT * FROM audit_entries WHERE company = $1 AND action NOT IN {ROUTINE}
ORDER BY id DESC LIMIT {MOST_HISTORY}"""  # noqa: S608 (our own words)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of companies by name, and how many there are in all."""

    rows: list[Row]
    count: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A company with all that its page shows; `history` is the newest of its trail."""

    company: Row
    users: user_lists.Found
    price_lists: list[Row]
    certifications: list[Row]
    history: list[Row]


def _role(*roles: Role) -> str:
    return f"that is for the role {' or '.join(roles)}. An administrator of the desk can give it."


def why_not_edit(by: Viewer) -> str:
    """The sentence for staff who may not change a company; empty for who may."""
    return "" if by.has_role(*EDITORS) else f"You cannot change companies: {_role(*EDITORS)}"


def why_not_limit(by: Viewer) -> str:
    """The same for the credit limit."""
    return "" if by.has_role(*LIMITERS) else f"You cannot set credit limits: {_role(*LIMITERS)}"


def require_editor(by: Viewer) -> None:
    """Raises Refused."""
    if reason := why_not_edit(by):
        raise Refused(reason)


def require_limiter(by: Viewer) -> None:
    """Raises Refused."""
    if reason := why_not_limit(by):
        raise Refused(reason)


def _require_reader(by: Viewer) -> None:
    if not by.has_role(*READERS):
        raise Refused(f"You cannot see companies: {_role(*READERS)}")


async def listed(q: str, page: int, by: Viewer) -> Found:
    """Companies by name, account number, registration number, or a user's address; pages count from 1."""
    _require_reader(by)
    patterns = holding(q), holding(email_key(q))
    count = await sql.value(COUNT, *patterns)
    return Found(await sql.rows(PAGE, *patterns, PAGE_SIZE, (page - 1) * PAGE_SIZE), count)


async def find(company_id: int, by: Viewer) -> Row:
    """The row with names of warehouse, manager and who suspended it; raises Missing."""
    _require_reader(by)
    row = await sql.row(ONE, company_id) if 0 < company_id <= MOST_ID else None
    if row is None:
        raise Missing
    return row


async def open(company_id: int, page: int, by: Viewer) -> Opened:
    """Raises Missing; `page` is that of the users, counted from 1."""
    company = await find(company_id, by)
    return Opened(
        company,
        await user_lists.listed(Filter(), page, by, company_id),
        await sql.rows(PRICE_LISTS, company_id),
        await sql.rows(CERTIFICATIONS, company_id),
        [audit_words.told(entry) for entry in await sql.rows(HISTORY, company_id)],
    )


async def warehouses() -> list[tuple[int, str]]:
    rows = await sql.rows("SELECT id, name FROM warehouses ORDER BY position")
    return [(row["id"], row["name"]) for row in rows]


async def managers(current: int | None = None) -> list[tuple[int, str]]:
    """Who can be an account manager: sales and administrators who may log in, and who it is now."""
    rows = await sql.rows(
        """SELECT u.id, u.name FROM users u WHERE u.company IS NULL AND u.deleted_at IS NULL AND (u.id = $1 OR (
            EXISTS (SELECT 1 FROM staff_roles r WHERE r."user" = u.id AND r.role IN ('sales', 'administrator'))
            AND NOT EXISTS (SELECT 1 FROM suspensions x WHERE x."user" = u.id)))
        ORDER BY lower(u.name), u.id""",
        current or 0,
    )
    return [(row["id"], row["name"]) for row in rows]
