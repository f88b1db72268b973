"""The audit trail of a company, for its website administrators: read, searched, exported (USER-7)."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get

from app.answers import Asked, download, page
from app.files import csv_files, xlsx_files
from app.files.cells import Cell
from app.formats import day, here
from app.forms import Said
from app.routes.guards import administrators
from app.routes.paging import day_of, line_asked
from app.rules import audit_lists, audit_words
from app.rules.audit_lists import DEED, MOST_COUNTED, Filter
from app.rules.refusals import Invalid
from db.sql import Row

NAMES = ("q", "action", "person", "account", "from", "to")
LONGEST_ID = 9  # digits
COLUMNS = {
    "When": 20,
    "Who": 24,
    "Acting for": 24,
    "What": 30,
    "Whom": 30,
    "Before": 40,
    "After": 40,
    "From where": 18,
    "Company": 24,
    "Account": 10,
    "Entry": 10,
}


@get("/account/audit", name="audit:index", guards=[administrators(DEED)])
async def index(request: Asked) -> Response[Any]:
    return await answered(request, "/account/audit")


async def answered(request: Asked, at: str) -> Response[Any]:
    """The list that stands at the address `at`, or with `?format=csv` or `xlsx` its file."""
    typed = {name: line_asked(request, name, 80) for name in NAMES}
    errors = Said()
    asked, kind = asked_of(typed, errors, audit_lists.reads_all(request.user)), request.query_params.get("format", "")
    try:
        if kind in ("csv", "xlsx") and not errors:
            return await _file(request, asked, kind)
        return await _page(request, at, typed, asked, errors)
    except Invalid as wrong:
        errors.update(wrong.errors)
        return await _page(request, at, typed, Filter(), errors)


async def _page(request: Asked, at: str, typed: dict[str, str], asked: Filter, errors: Said) -> Response[Any]:
    found = await audit_lists.listed(asked, request.user, _id(request, "before"), _id(request, "after"))
    shown = {
        "found": found,
        "many": found.count >= MOST_COUNTED,
        "groups": audit_words.groups(audit_lists.reads_all(request.user)),
        "label": audit_words.label,
        "but_log_ins": audit_words.BUT_LOG_INS,
        "typed": Said(typed),
        "errors": errors,
        "query": urlencode({name: text for name, text in typed.items() if text}),
        "is_paged": bool({"before", "after"} & set(request.query_params)),
        "at": at,
        "reads_all": audit_lists.reads_all(request.user),
    }
    return page(request, "templates/audit/index.html", 422 if errors else 200, **shown)


def asked_of(typed: dict[str, str], errors: Said, reads_all: bool) -> Filter:
    offered = {audit_words.BUT_LOG_INS}.union(*audit_words.groups(reads_all).values())
    if typed["action"] and typed["action"] not in offered:
        errors["action"] = "Choose one of these."
    first, last = day_of(typed["from"], "from", errors), day_of(typed["to"], "to", errors)
    if first and last and first > last:
        errors["to"] = f"This is before {day(first)}. Choose a later day."
        last = None
    action = "" if errors["action"] else typed["action"]
    return Filter(typed["q"], action, typed["person"], typed["account"], first, last)


def _id(request: Asked, name: str) -> int:
    """An entry's number from the address; 0 for anything else."""
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else 0


async def _file(request: Asked, asked: Filter, kind: str) -> Response[Any]:
    batches = await audit_lists.export(asked, kind, request.user)
    zone, width = request.user.time_zone, len(COLUMNS) - (0 if audit_lists.reads_all(request.user) else 3)
    heading = [f"When ({zone})", *list(COLUMNS)[1:width]]
    rows = _cells(batches, zone, width)
    name = f"audit-{_today(zone).isoformat()}.{kind}"
    if kind == "csv":
        return download(name, csv_files.KIND, csv_files.chunks(heading, rows))
    return download(name, xlsx_files.KIND, xlsx_files.chunks(heading, list(COLUMNS.values())[:width], rows))


def _today(zone: str) -> date:
    return here(datetime.now(UTC), zone).date()


async def _cells(batches: AsyncIterator[list[Row]], zone: str, width: int) -> AsyncIterator[list[list[Cell]]]:
    async for batch in batches:
        yield [_row(entry, zone)[:width] for entry in batch]


def _row(entry: Row, zone: str) -> list[Cell]:
    """The entry's cells, as COLUMNS names them."""
    return [
        here(entry["at"], zone).replace(microsecond=0),
        entry["actor_name"],
        entry["acting_as_name"],
        entry["what"],
        entry["subject_name"] or entry["subject"],
        entry["before"],
        entry["after"],
        entry["network_address"],
        entry["company_name"],
        entry["account_number"],
        entry["id"],
    ]
