"""The audit trail as lists: newest first, from one entry on, with a count that stops at a cap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.dialect import SQLITE
from db.search_dialect import Bound
from db.sql import Row

COLUMNS = """e.id, e.at, e.action, e.company, e.actor, e.actor_name, e.acting_as, e.acting_as_name, e.subject,
    e.subject_name, e.before, e.after, e.network_address, c.name AS company_name, c.account_number"""
# Entries come in the order of their numbers and, but for moments and a clock that was set, in that of their times:
# numbers bound the walk, with room for so many that came out of turn, and times decide.
OUT_OF_TURN = 10_000
SPAN = """SELECT (SELECT id FROM audit_entries WHERE at >= $1 ORDER BY at, id LIMIT 1) AS first,
    (SELECT id FROM audit_entries WHERE at < $2 ORDER BY at DESC, id DESC LIMIT 1) AS last"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; 0, empty and None ask for any. `begun` are words that an entry's words begin with,
    `without` actions that are left out.

    Between `since` and `until` needs `first` and `last` as `span` gives them.
    """

    company: int = 0
    action: str = ""
    begun: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    first: int = 0
    last: int = 0


async def span(since: datetime, until: datetime) -> tuple[int, int]:
    """Numbers between which each entry lies from `since` on and before `until`; where none does, none lies between."""
    row = await sql.row(SPAN, since, until)
    if not row or row["first"] is None or row["last"] is None:
        return 1, -1
    return max(1, row["first"] - OUT_OF_TURN), row["last"] + OUT_OF_TURN


def _match(begun: Sequence[str], whole: Sequence[str]) -> str:
    """Words of letters, digits and markers only, so that nothing in them needs to be escaped."""
    if SQLITE:
        return " AND ".join([*(f'"{word}"' for word in whole), *(f'"{word}" *' for word in begun)])
    return " & ".join([*(f"'{word}'" for word in whole), *(f"'{word}':*" for word in begun)])


def _source(wanted: Wanted, bind: Bound) -> tuple[str, list[str]]:
    """The tables, and the conditions on them; each names the company anew, also where the words name it already."""
    tables, conditions = "audit_entries e", []
    if wanted.begun:
        match = _match(wanted.begun, [f"#{wanted.company}"] if wanted.company else [])
        if SQLITE:
            tables = "audit_words f CROSS JOIN audit_entries e ON e.id = f.rowid"
            conditions.append(f"audit_words MATCH {bind(match)}")
        else:
            conditions.append(f"e.words_vector @@ CAST({bind(match)} AS TEXT)::tsquery")
    if wanted.company:
        conditions.append(f"e.company = {bind(wanted.company)}")
    if wanted.action:
        conditions.append(f"e.action = {bind(wanted.action)}")
    if wanted.without:
        conditions.append(f"e.action NOT IN ({', '.join(bind(action) for action in wanted.without)})")
    if wanted.since and wanted.until:
        number = "f.rowid" if SQLITE and wanted.begun else "e.id"
        conditions += [f"{number} >= {bind(wanted.first)}", f"{number} <= {bind(wanted.last)}"]
        conditions += [f"e.at >= {bind(wanted.since)}", f"e.at < {bind(wanted.until)}"]
    return tables, conditions or ["1 = 1"]


async def page(wanted: Wanted, size: int, before: int = 0, after: int = 0) -> list[Row]:
    """Entries, newest first: the newest of all, the next older than `before`, or the next newer than `after`."""
    bind = Bound()
    tables, conditions = _source(wanted, bind)
    number = "f.rowid" if SQLITE and wanted.begun else "e.id"
    if before:
        conditions.append(f"{number} < {bind(before)}")
    if after:
        conditions.append(f"{number} > {bind(after)}")
    found = f"""SELECT e.id FROM {tables} WHERE {" AND ".join(conditions)}
        ORDER BY {number} {"ASC" if after else "DESC"} LIMIT {bind(size)}"""  # noqa: S608 (our own words)
    return await sql.rows(
        f"""SELECT {COLUMNS} FROM audit_entries e LEFT JOIN companies c ON c.id = e.company
        WHERE e.id IN ({found}) ORDER BY e.id DESC""",  # noqa: S608 (our own words)
        *bind.values,
    )


async def count(wanted: Wanted, cap: int) -> int:
    """How many there are; `cap` where there are as many or more."""
    bind = Bound()
    tables, conditions = _source(wanted, bind)
    found: int = await sql.value(
        f"""SELECT count(*) FROM (SELECT 1 FROM {tables} WHERE {" AND ".join(conditions)}
        LIMIT {bind(cap)}) x""",  # noqa: S608 (our own words)
        *bind.values,
    )
    return found
