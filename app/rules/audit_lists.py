"""Reading the audit trail: a company's own for its administrators, all of it for the desk's (USER-7)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date

from app.rules import audit, audit_words, days
from app.rules.privileges import Role
from app.rules.refusals import Invalid, Refused
from app.rules.viewers import Viewer, not_administrator
from db import audit_queries, sql
from db.audit_queries import Wanted
from db.sql import Row

PAGE_SIZE = 50
MOST_COUNTED = 10_000
MOST_EXPORTED = 1_000_000  # rows that a workbook can hold
BATCH = 250  # small enough that others hardly wait
DEED = "read the audit trail"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; empty asks for every entry. Days are the viewer's own; `person` is who did it."""

    q: str = ""
    action: str = ""
    person: str = ""
    account: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Entries, newest first, each as audit_words.told gives it; whether there are `newer` and `older` ones beside them.

    `count` ends at MOST_COUNTED, and then there are more.
    """

    rows: list[Row]
    count: int
    newer: bool
    older: bool


def reads_all(by: Viewer) -> bool:
    """Whether the trail of every company is theirs to read."""
    return by.has_role(Role.ADMINISTRATOR)


def _own(by: Viewer) -> int:
    """The company whose entries may be read, 0 for all of them; raises Refused."""
    if reads_all(by):
        return 0
    if not by.company_id or not by.is_administrator:
        raise Refused(not_administrator(by, DEED))
    return by.company_id


async def _wanted(asked: Filter, by: Viewer) -> Wanted:
    """Raises Refused, and Invalid for an account number that nobody has."""
    own = _own(by)
    company = own or (await _company_of(asked.account) if asked.account else 0)
    begun = (*(f"@{word}" for word in audit.words_of(asked.person)), *audit.words_of(asked.q))
    if asked.action == audit_words.BUT_LOG_INS:
        wanted = Wanted(company, begun=begun, without=audit_words.LOG_INS)
    else:
        wanted = Wanted(company, asked.action, begun)
    if not asked.first_day and not asked.last_day:
        return wanted
    since, until = days.moments(asked.first_day, asked.last_day, by.time_zone)
    first, last = await audit_queries.span(since, until)
    return replace(wanted, since=since, until=until, first=first, last=last)


async def _company_of(account: str) -> int:
    found: int | None = await sql.value("SELECT id FROM companies WHERE account_number = $1", account)
    if found is None:
        raise Invalid({"account": f"No company has the account number {account}."})
    return found


async def listed(asked: Filter, by: Viewer, before: int = 0, after: int = 0) -> Found:
    """A page: the newest entries, or those next to the entry `before` or `after`; three statements at most."""
    wanted = await _wanted(asked, by)
    rows = await audit_queries.page(wanted, PAGE_SIZE + 1, before, after)
    count = await audit_queries.count(wanted, MOST_COUNTED)
    more = len(rows) > PAGE_SIZE
    shown = (rows[1:] if after else rows[:PAGE_SIZE]) if more else rows
    return Found(
        [audit_words.told(row) for row in shown],
        count,
        newer=more if after else bool(before),
        older=bool(after) or more,
    )


async def export(asked: Filter, kind: str, by: Viewer) -> AsyncIterator[list[Row]]:
    """Every entry that the filter finds, newest first, in batches; that it was exported becomes an entry as well."""
    wanted = await _wanted(asked, by)
    await audit.note("exported", by, subject="audit trail", subject_name="Audit trail", after=_words(asked, kind))
    return _batches(wanted)


async def _batches(wanted: Wanted) -> AsyncIterator[list[Row]]:
    before, left = 0, MOST_EXPORTED
    while left and (rows := await audit_queries.page(wanted, min(BATCH, left), before)):
        yield [audit_words.told(row) for row in rows]
        before, left = rows[-1]["id"], left - len(rows)


def _words(asked: Filter, kind: str) -> str:
    said = {
        "words": asked.q,
        "action": audit_words.label(asked.action),
        "person": asked.person,
        "account": asked.account,
        "from": str(asked.first_day or ""),
        "to": str(asked.last_day or ""),
    }
    return ", ".join([kind, *(f"{name} {text}" for name, text in said.items() if text)])
