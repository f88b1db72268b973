"""Documents of an application: checked by their content, kept in the database, read by the desk alone (JOIN-2)."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from app.files import documents
from app.rules import limits
from app.rules.refusals import Invalid, Missing
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import hold
from db.sql import Row

MOST_ID = 2**31 - 1
MOST_PER_HOUR = 60  # forms with files from one network address
TOO_MANY = "Many documents came from your network in the last hour. Try again later, or write to us."
MISSING = "Choose a file: PDF, PNG or JPEG."
LIST = "SELECT id, name, kind, size, added_at FROM application_documents WHERE application = $1 ORDER BY id"


class Sent(Protocol):
    """A file as it came."""

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...
    def read(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Opened:
    name: str
    kind: str
    content: bytes


def _named(sent: Sent) -> str:
    """The name as an error may say it."""
    return f"“{documents.clean_name(sent.name, documents.PDF).removesuffix('.pdf')}”"


def _opened(sent: Sent) -> Opened:
    """Raises Invalid."""
    if sent.size > settings.application_document_mb * 1024 * 1024:
        limit = settings.application_document_mb
        raise Invalid(
            {"files": f"{_named(sent)} is {sent.size / 1024 / 1024:,.1f} MB long; at most {limit} MB are kept."}
        )
    try:
        kind, content = documents.opened(sent.read())
    except documents.NoDocument as why:
        raise Invalid({"files": f"{_named(sent)} was not kept: {why}. Send a PDF, PNG or JPEG."}) from why
    return Opened(documents.clean_name(sent.name, kind), kind, content)


async def opened(files: Sequence[Sent], by: Viewer) -> list[Opened]:
    """What the files are by their content; raises Invalid for the first that is none, or none at all."""
    await limits.count("application documents", by.network_address, MOST_PER_HOUR, TOO_MANY)
    if not files:
        raise Invalid({"files": MISSING})
    if len(files) > settings.application_documents:
        raise Invalid({"files": f"At most {settings.application_documents} files are taken."})
    return [await asyncio.to_thread(_opened, file) for file in files]


@atomic
async def add(application_id: int, found: Sequence[Opened], most: int) -> None:
    """Keep documents beside those that are there, at most so many in all; raises Invalid."""
    await hold(f"application documents {application_id}")
    count = await sql.value("SELECT count(*) FROM application_documents WHERE application = $1", application_id)
    if count + len(found) > most:
        raise Invalid({"files": f"At most {most} documents are kept; there are {count} already."})
    now = datetime.now(UTC)
    for one in found:
        await sql.run(
            """INSERT INTO application_documents (application, name, kind, size, content, added_at)
                VALUES ($1, $2, $3, $4, $5, $6)""",
            *(application_id, one.name, one.kind, len(one.content), one.content, now),
        )


async def listed(application_id: int) -> list[Row]:
    """Every document without its content, the oldest first."""
    return await sql.rows(LIST, application_id) if application_id else []


async def remove(application_id: int, document_id: int) -> None:
    """Raises Missing."""
    known = document_id if 0 < document_id <= MOST_ID else 0
    gone = await sql.value(
        "DELETE FROM application_documents WHERE id = $2 AND application = $1 RETURNING id", application_id, known
    )
    if gone is None:
        raise Missing


async def content(application_id: int, document_id: int) -> Row:
    """`kind` and `content`; raises Missing."""
    found = await sql.row(
        """SELECT d.id, d.kind, d.content, a.reference FROM application_documents d
            JOIN applications a ON a.id = d.application
            WHERE d.id = $2 AND d.application = $1 AND a.state NOT IN ('draft', 'unconfirmed')""",
        *(application_id, document_id),
    )
    if found is None:
        raise Missing
    return found
