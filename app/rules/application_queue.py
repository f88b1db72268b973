"""The desk's queue of applications: reading them, asking the applicant, declining (JOIN-4)."""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from app.rules import application_documents as documents
from app.rules import application_duplicates as duplicates
from app.rules import audit, notices
from app.rules.application_duplicates import Likeness
from app.rules.applications import STATES, base_url, state_path, write
from app.rules.privileges import Role
from app.rules.refusals import Invalid, Missing, Refused, Stale
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.sql import Row

PAGE_SIZE = 50
MOST_ID = 2**31 - 1
LONGEST_MESSAGE = 4_000
CHANGED = "Somebody has changed this application in the meantime. It is now {}."
MATCHES = """confirmed_at IS NOT NULL AND ($1 = '' OR state = $1)
    AND ($2 = '' OR lower(reference || ' ' || legal_name || ' ' || trading_name || ' ' || email || ' '
        || registration_number) LIKE $2 ESCAPE '\\')"""
COUNT = f"SELECT count(*) FROM applications WHERE {MATCHES}"  # noqa: S608 (our own words)
PAGE = f"""SELECT id, reference, state, legal_name, trading_name, registration_number, contact_name, email, email_key,
    company, submitted_at FROM applications WHERE {MATCHES}
    ORDER BY CASE state WHEN 'open' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END,
        CASE WHEN state IN ('open', 'waiting') THEN id ELSE -id END LIMIT $3 OFFSET $4"""  # noqa: S608 (our own words)
ONE = """SELECT a.*, u.name AS decided_by_name, c.account_number FROM applications a
    LEFT JOIN users u ON u.id = a.decided_by LEFT JOIN companies c ON c.id = a.company
    WHERE a.id = $1 AND a.confirmed_at IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the queue, what waits longest first; how many there are in each state, whatever is searched for."""

    rows: list[Row]
    count: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Whole:
    """An application with all that the desk reads of it."""

    row: Row
    answers: dict[str, str]
    messages: list[Row]
    documents: list[Row]
    likenesses: list[Likeness]
    age: str

    @property
    def is_undecided(self) -> bool:
        return self.row["state"] in ("open", "waiting")


def only_sales(by: Viewer) -> None:
    """Raises Refused for all but staff with the role sales."""
    if not by.has_role(Role.SALES):
        raise Refused("Applications are for the role sales of the desk. An administrator of the desk can give it.")


async def listed(state: str, q: str, page: int, by: Viewer) -> Found:
    """Applications in one of STATES ("" is any) that hold `q`; pages count from 1."""
    only_sales(by)
    match = (state if state in STATES else "", _pattern(q))
    rows = await sql.rows(PAGE, *match, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    alike, now = await duplicates.of(rows), datetime.now(UTC)
    for row in rows:
        row["age"] = notices.age(row["submitted_at"], now)
        row["alike"] = list(dict.fromkeys(what for likeness in alike[row["id"]] for what in likeness.alike))
    counted = await sql.rows(
        "SELECT state, count(*) AS n FROM applications WHERE confirmed_at IS NOT NULL GROUP BY state"
    )
    counts = {**dict.fromkeys(STATES, 0), **{row["state"]: row["n"] for row in counted}}
    return Found(rows, await sql.value(COUNT, *match), counts)


async def find(application_id: int, by: Viewer) -> Row:
    """A row of applications; raises Missing."""
    only_sales(by)
    row = await sql.row(ONE, application_id if 0 < application_id <= MOST_ID else 0)
    if row is None:
        raise Missing
    return row


async def whole(application_id: int, by: Viewer) -> Whole:
    """Raises Missing."""
    row = await find(application_id, by)
    messages = await sql.rows(
        """SELECT m.text, m.written_at, u.name AS by_name FROM application_messages m LEFT JOIN users u ON u.id = m.by
            WHERE m.application = $1 ORDER BY m.id""",
        row["id"],
    )
    found, alike = await documents.listed(row["id"]), (await duplicates.of([row]))[row["id"]]
    age = notices.age(row["submitted_at"], datetime.now(UTC))
    return Whole(row, json.loads(row["answers"]), messages, found, alike, age)


async def document(application_id: int, document_id: int, by: Viewer) -> Row:
    """Raises Missing."""
    only_sales(by)
    known = all(0 < number <= MOST_ID for number in (application_id, document_id))
    return await documents.content(*(application_id, document_id) if known else (0, 0))


async def move(application_id: int, version: int, state: str, by: Viewer) -> Row:
    """Into another state, if it is undecided and as the desk saw it. Raises Missing, Stale.

    Call it in the transaction of the deed.
    """
    row = await find(application_id, by)
    moved = await sql.row(
        """UPDATE applications SET state = $3, version = version + 1
            WHERE id = $1 AND version = $2 AND state IN ('open', 'waiting') RETURNING *""",
        *(row["id"], version, state),
    )
    if moved is None:
        raise Stale(CHANGED.format(STATES[row["state"]]))
    return moved


def _pattern(q: str) -> str:
    """What LIKE looks for; "" for any."""
    typed = notices.plain(q, 200).lower()
    for special in ("\\", "%", "_"):
        typed = typed.replace(special, f"\\{special}")
    return f"%{typed}%" if typed else ""


def _said(text: str, missing: str) -> str:
    words = text.strip()
    if not words:
        raise Invalid({"text": missing})
    if len(words) > LONGEST_MESSAGE:
        raise Invalid({"text": f"This is {len(words):,} characters long; at most {LONGEST_MESSAGE:,} are kept."})
    return words


@atomic
async def ask(application_id: int, version: int, text: str, by: Viewer) -> None:
    """Mail a question with the link to the state page; the application waits for the answer. Raises Invalid, Stale."""
    words = _said(text, "Type the question.")
    row = await move(application_id, version, "waiting", by)
    await sql.run(
        "INSERT INTO application_messages (application, by, text, written_at) VALUES ($1, $2, $3, $4)",
        *(row["id"], by.id, words, datetime.now(UTC)),
    )
    link = base_url() + state_path(row["reference"])
    await write(row, "question", f"asked {secrets.token_hex(4)}", "A question on your application", link, text=words)
    await audit.note("application_asked", by, subject=f"application {row['id']}", subject_name=row["reference"])


@atomic
async def decline(application_id: int, version: int, text: str, by: Viewer) -> None:
    """For good, with a reason that is mailed; raises Invalid, Stale."""
    words = _said(text, "Say why: the applicant reads it.")
    row = await move(application_id, version, "declined", by)
    await sql.run(
        "UPDATE applications SET decline_reason = $2, decided_at = $3, decided_by = $4 WHERE id = $1",
        *(row["id"], words, datetime.now(UTC), by.id),
    )
    link = base_url() + state_path(row["reference"])
    await write(row, "declined", "declined", "Your application", link, text=words)
    subject = f"application {row['id']}"
    await audit.note("application_declined", by, subject=subject, subject_name=row["reference"], after=words)
