"""An application as its applicant follows it: its state by a link, questions and answers (JOIN-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.rules import application_documents as documents
from app.rules import limits
from app.rules.application_documents import Opened
from app.rules.applications import STATE_PAGE
from app.rules.refusals import Invalid, Missing
from app.rules.secret import is_token_for
from app.rules.settings import settings
from db import sql
from db.atomic import atomic
from db.sql import Row

MOST_ANSWERS = 20  # in an hour
TOO_MANY = "Many answers came in the last hour. Our sales team reads them first; try again later, or call."


@dataclass(frozen=True, slots=True)
class Followed:
    """An application as its applicant sees it, with the questions and answers."""

    id: int
    reference: str
    legal_name: str
    state: str
    submitted_at: datetime
    decided_at: datetime | None
    decline_reason: str
    messages: list[Row]
    documents: list[Row]

    @property
    def is_decided(self) -> bool:
        return self.state in ("approved", "declined")


async def follow(reference: str, token: str) -> Followed:
    """What a state page shows; raises Missing for a wrong token as for a reference that is none."""
    if not is_token_for(token, STATE_PAGE, reference):
        raise Missing
    row = await sql.row("SELECT * FROM applications WHERE reference = $1 AND confirmed_at IS NOT NULL", reference)
    if row is None:
        raise Missing
    messages = await sql.rows(
        "SELECT text, by IS NOT NULL AS is_question, written_at FROM application_messages WHERE application = $1"
        " ORDER BY id",
        row["id"],
    )
    facts = {name: row[name] for name in Followed.__slots__ if name in row}
    return Followed(**facts, messages=messages, documents=await documents.listed(row["id"]))


@atomic
async def answer(followed: Followed, text: str, found: Sequence[Opened]) -> None:
    """What the applicant writes, with documents: it is the desk's work again. Raises Invalid, Missing."""
    if not text and not found:
        raise Invalid({"text": "Type an answer, or choose a file."})
    if not await limits.is_within("answers to application", str(followed.id), MOST_ANSWERS):
        raise Invalid({"text": TOO_MANY})
    done = await sql.value(
        """UPDATE applications SET state = 'open', version = version + 1
            WHERE id = $1 AND state IN ('open', 'waiting') RETURNING id""",
        followed.id,
    )
    if done is None:
        raise Missing
    most = settings.application_documents * (1 + sum(one["is_question"] for one in followed.messages))
    await documents.add(followed.id, found, most)
    written = text or f"Sent {len(found)} document{'' if len(found) == 1 else 's'}."
    await sql.run(
        "INSERT INTO application_messages (application, text, written_at) VALUES ($1, $2, $3)",
        *(followed.id, written, datetime.now(UTC)),
    )
