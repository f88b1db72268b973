"""Applications that are still being filled in: kept on the server, bound to the browser that began them (JOIN-2)."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.rules import limits, mailed_links
from app.rules.application_answers import LONGEST
from app.rules.application_fields import FIELDS, Step
from app.rules.refusals import Missing
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.sql import Row

CONFIRMATION = "application"  # links that confirm the address
KEPT = timedelta(days=7)
START = {"registered_country": "NZ", "trading_country": "NZ", "postal_country": "NZ"}
START_SAME = {"trading_same": "1", "postal_same": "1"}
TOO_MANY = "Many applications were begun from your network in the last hour. Try again later, or write to us."
FIND = """SELECT id, state, reference, answers, email, begun_at, submitted_at FROM applications
    WHERE draft_hash = $1 AND state IN ('draft', 'unconfirmed') AND begun_at > $2"""

BEGUN = "UPDATE applications SET version = version + 1 WHERE id = $1 AND state = 'draft' RETURNING answers"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a browser has begun; `id` 0 is nothing yet. `answers` are as typed, right or wrong."""

    id: int = 0
    state: str = "draft"
    reference: str = ""
    email: str = ""
    begun_at: datetime | None = None
    submitted_at: datetime | None = None
    answers: dict[str, str] = field(default_factory=lambda: {**START, **START_SAME})

    @property
    def is_sent(self) -> bool:
        """Whether it was sent, and waits for the address to be confirmed."""
        return self.state == "unconfirmed"


def digest(key: str) -> str:
    return hashlib.sha256(f"application {key}".encode("utf-8", "replace")).hexdigest()


def _draft(row: Row) -> Draft:
    answers = json.loads(row["answers"])
    facts = {name: row[name] for name in ("id", "state", "email", "begun_at", "submitted_at")}
    return Draft(**facts, reference=row["reference"] or "", answers=answers)


async def find(key: str) -> Draft:
    """What this browser has begun; an empty draft where that is nothing, or more than a week ago."""
    row = await sql.row(FIND, digest(key), datetime.now(UTC) - KEPT) if key else None
    return _draft(row) if row else Draft()


async def begun(key: str) -> Draft:
    """Raises Missing where nothing is being filled in."""
    draft = await find(key)
    if not draft.id or draft.is_sent:
        raise Missing
    return draft


async def keep(key: str, step: Step, typed: Mapping[str, str], by: Viewer) -> str:
    """Keep the answers of a step as they were typed; gives the key of the draft, a new one where none was begun.

    Raises TooMany when a network address begins too many.
    """
    draft = await find(key)
    if draft.is_sent:
        raise Missing
    given = {one.name: typed.get(one.name, "")[:LONGEST] for one in step.fields}
    if not draft.id:
        words, most = TOO_MANY, settings.applications_per_hour
        await limits.count("application begun", by.network_address, most, words)
        return await _begin({**draft.answers, **given}, by)
    await _change(draft.id, given)
    return key


@atomic
async def _begin(answers: dict[str, str], by: Viewer) -> str:
    await clear()
    key = secrets.token_urlsafe(32)
    await sql.run(
        """INSERT INTO applications (draft_hash, state, answers, network_address, begun_at)
            VALUES ($1, 'draft', $2, $3, $4)""",
        *(digest(key), json.dumps(answers), by.network_address, datetime.now(UTC)),
    )
    return key


@atomic
async def _change(draft_id: int, given: dict[str, str]) -> None:
    kept = await sql.row(BEGUN, draft_id)  # not what was sent a moment ago
    if kept is None:
        raise Missing
    answers = {name: value for name, value in {**json.loads(kept["answers"]), **given}.items() if name in FIELDS}
    await sql.run("UPDATE applications SET answers = $2 WHERE id = $1", draft_id, json.dumps(answers))


@atomic
async def reopen(key: str) -> None:
    """Take back what was sent and is not confirmed, to mend it; the mailed link works no more. Raises Missing."""
    taken: int | None = await sql.value(
        """UPDATE applications SET state = 'draft', version = version + 1
            WHERE draft_hash = $1 AND state = 'unconfirmed' RETURNING id""",
        digest(key),
    )
    if taken is None:
        raise Missing
    await mailed_links.end(CONFIRMATION, None, str(taken))


async def clear() -> None:
    """Forget what was begun more than a week ago and never sent or confirmed, with its documents."""
    old = datetime.now(UTC) - KEPT
    await sql.run("DELETE FROM applications WHERE state IN ('draft', 'unconfirmed') AND begun_at < $1", old)
