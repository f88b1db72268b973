"""Applications of businesses that want to become resellers: sending one, and confirming it (JOIN-1, JOIN-3)."""

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from app.rules import limits, mailed_links, notices
from app.rules.application_answers import unfinished, whole
from app.rules.application_drafts import CONFIRMATION, Draft
from app.rules.email_addresses import email_key
from app.rules.order_numbers import SIGNS
from app.rules.refusals import Invalid, Missing
from app.rules.secret import token_for
from app.rules.settings import settings
from db import sql
from db.atomic import atomic
from db.sql import Row

STATE_PAGE = "state of an application"
# As the desk reads them; a draft and an application whose address is not confirmed are nobody's work yet.
STATES = {"open": "open", "waiting": "waiting for the applicant", "approved": "approved", "declined": "declined"}
LINK_LASTS = timedelta(days=30)  # how long an unsent mail keeps the link of the state page
DECLARE = (
    "Only businesses that resell IT products to end users may apply. "
    "Nothing is sent without this declaration: tick it if it is true of your business."
)
AGREE = "Nothing is sent without your acceptance of the terms."
TRAPPED = "Leave this field empty."
TOO_QUICK = "This came quicker than a person can fill it in. Check it, and send it once more."
COLUMNS = ("legal_name", "trading_name", "registration_number", "tax_number", "contact_name", "email")


def base_url() -> str:
    return settings.base_url or "http://localhost:8000"


def state_path(reference: str) -> str:
    """The address of the state page, whose token only the portal can make, and always makes alike."""
    return f"/become-a-reseller/state/{reference}/{token_for(STATE_PAGE, reference)}"


def check(draft: Draft, typed: Mapping[str, str]) -> dict[str, str]:
    """The answers of a draft that may be sent; raises Invalid with all that stands against it."""
    errors = {}
    if typed.get("fax"):
        errors["fax"] = TRAPPED
    if not typed.get("declared"):
        errors["declared"] = DECLARE
    if not typed.get("agreed"):
        errors["agreed"] = AGREE
    if steps := unfinished(draft.answers):
        errors[""] = f"Something is missing or wrong in: {', '.join(step.title for step in steps)}."
    elif not errors and _is_too_quick(draft):
        errors[""] = TOO_QUICK
    if errors:
        raise Invalid(errors)
    return whole(draft.answers)


def _is_too_quick(draft: Draft) -> bool:
    """Whether it was begun so short a time ago that no person can have filled it in."""
    least = timedelta(seconds=settings.application_least_seconds)
    return draft.begun_at is not None and datetime.now(UTC) - draft.begun_at < least


@atomic
async def submit(draft: Draft, typed: Mapping[str, str]) -> str:
    """Send what was filled in, and a link to the address to confirm it; gives the reference. Raises Invalid, Missing.

    What follows is the same whether the portal knows the address or not.
    """
    answers = check(draft, typed)
    reference = draft.reference or await _free_reference()
    facts = [answers[name] for name in COLUMNS]
    columns = ", ".join(f"{name} = ${place}" for place, name in enumerate(COLUMNS, 6))
    done = await sql.value(
        f"""UPDATE applications SET state = 'unconfirmed', reference = $2, submitted_at = $3, answers = $4,
            email_key = $5, {columns}, version = version + 1
            WHERE id = $1 AND state = 'draft' RETURNING id""",  # noqa: S608 (our own columns)
        *(draft.id, reference, datetime.now(UTC), json.dumps(answers), email_key(answers["email"]), *facts),
    )
    if done is None:
        raise Missing
    await ask_to_confirm(draft.id)
    return reference


async def _free_reference() -> str:
    """Like `AP-7Q2K9`, not to be guessed from another."""
    while True:
        reference = "AP-" + "".join(secrets.choice(SIGNS) for _ in range(5))
        if not await sql.value("SELECT 1 FROM applications WHERE reference = $1", reference):
            return reference


@atomic
async def ask_to_confirm(application_id: int) -> None:
    """Mail the link that confirms the address, at most a few times an hour; an older link works no more."""
    row = await sql.row("SELECT * FROM applications WHERE id = $1 AND state = 'unconfirmed'", application_id)
    if row is None:
        raise Missing
    for what, key in (("mails of application", str(application_id)), ("application mailed", row["email_key"])):
        if not await limits.is_within(what, key, settings.asked_per_hour):
            return
    lasts = timedelta(hours=settings.confirmation_hours)
    token = await mailed_links.make(CONFIRMATION, lasts, bound_to=str(application_id))
    link = f"{base_url()}/become-a-reseller/confirmation/{token}"
    await write(row, "confirm", f"confirm {secrets.token_hex(4)}", "Confirm your application", link, lasts)


async def write(
    row: Row, template: str, event: str, subject: str, link: str, lasts: timedelta = LINK_LASTS, **more: object
) -> None:
    """A mail to the applicant with a link, from the template `application_…`; `row` is of applications."""
    await notices.write(
        f"application_{template}",
        f"application {row['reference']} {event}",
        row["email"],
        f"{subject}: {row['reference']}",
        f"application_{template}",
        {**_known(row), **more},
        None,
        {"link": link},
        datetime.now(UTC) + lasts,
    )


async def write_plain(row: Row, template: str, subject: str, company_id: int, **more: object) -> None:
    """A mail to who has become a customer, with nothing in it that must be sealed."""
    event, name = f"application {row['reference']} {template}", f"application_{template}"
    await notices.write(name, event, row["email"], subject, name, {**_known(row), **more}, company_id)


def _known(row: Row) -> dict[str, object]:
    return {"name": row["contact_name"], "reference": row["reference"], "business": row["legal_name"]}


async def to_confirm(token: str) -> Row:
    """The application that a mailed link confirms; changes nothing. Raises mailed_links.LinkGone."""
    link = await mailed_links.find(CONFIRMATION, token)
    row = await sql.row("SELECT * FROM applications WHERE id = $1 AND state = 'unconfirmed'", int(link.bound_to or 0))
    if row is None:
        raise mailed_links.LinkGone
    return row


@atomic
async def confirm(token: str) -> str:
    """The address is the applicant's: the desk gets the application. Gives the reference; raises LinkGone."""
    link = await mailed_links.use(CONFIRMATION, token)
    row = await sql.row(
        """UPDATE applications SET state = 'open', confirmed_at = $2, draft_hash = NULL, version = version + 1
            WHERE id = $1 AND state = 'unconfirmed' RETURNING *""",
        *(int(link.bound_to or 0), datetime.now(UTC)),
    )
    if row is None:
        raise mailed_links.LinkGone
    reference: str = row["reference"]
    await write(row, "received", "received", "We have your application", base_url() + state_path(reference))
    return reference
