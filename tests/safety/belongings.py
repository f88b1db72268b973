"""What else an address can name: people, links of each purpose, an application, a case; made for one company."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count

from app.rules import mailed_links, sessions
from app.rules.applications import STATE_PAGE
from app.rules.notifications import KINDS
from app.rules.privileges import Role
from app.rules.secret import token_for
from db import sql
from db.applications import Application, ApplicationDocument
from db.cases import Case
from db.favourites import SavedSearch
from db.notifications import NotificationAddress
from db.second_steps import Passkey
from db.sheets import Sheet, SheetRow
from tests.applying import ADDRESSES, BUSINESS, TRADE
from tests.cast import Person, new_person
from tests.goods import NOW, kept

_numbers = count(1)
HOUR = timedelta(hours=1)


async def belongings(person: Person) -> dict[str, object]:
    """Ids by the names that addresses have for them; a longer name counts before a shorter one."""
    number = next(_numbers)
    colleague = await new_person("Ola Berg", f"ola{number}@things.example", person.company_id)
    helper = await new_person("Noor Haas", f"noor{number}@things.example", None, role=Role.CREDIT)
    await sessions.start(person.id, person.email, "127.0.0.1", "things")
    new = f"new{number}@things.example"
    return {
        "company_id": person.company_id,
        "user_id": colleague.id,
        "staff/user_id": helper.id,
        **await sheet_of(person, number),
        "search_id": await search_of(person, number),
        "passkey_id": await kept(Passkey(user=person.id, credential=f"key {number}", name="Ring", made_at=NOW)),
        "session_id": await sql.value('SELECT max(id) FROM sessions WHERE "user" = $1', person.id),
        "reset/token": await mailed_links.make("reset", HOUR, colleague.id),
        "staff/token": await mailed_links.make("staff", HOUR, helper.id),
        "email-changes/token": await mailed_links.make("email_change", HOUR, colleague.id, new),
        **await reached_at(person, new),
        **await asked_for(number),
    }


async def sheet_of(person: Person, number: int) -> dict[str, object]:
    """A sheet of Quick Order with a row that is good and one that waits to be mended."""
    sheet = await kept(Sheet(user=person.id, company=person.company_id, source="list.csv", made_at=NOW))
    for place, code in enumerate(("7RK2Q4", "NOPE"), 10 * number):
        await kept(SheetRow(sheet=sheet, number=place, code=code, quantity="1"))
    return {"sheet_id": sheet, "row_number": 10 * number + 1}


async def search_of(person: Person, number: int) -> int:
    """A saved search, which nobody has deleted."""
    name = f"Docks {number}"
    return await kept(SavedSearch(user=person.id, name=name, name_key=name.lower(), query="q=dock", saved_at=NOW))


async def reached_at(person: Person, address: str) -> dict[str, object]:
    """An address of notifications that waits for its reader to confirm it."""
    kind = KINDS[0].code
    made = NotificationAddress(user=person.id, kind=kind, address=address, address_key=address)
    reached = await kept(made)
    return {
        "notifications/code": kind,
        "notifications/{code:str}/addresses/address_id": reached,
        "notification-addresses/token": await mailed_links.make("notification", HOUR, person.id, str(reached)),
    }


async def asked_for(number: int) -> dict[str, object]:
    """An application with a document that waits for the desk, one that waits for its applicant, and a case."""
    made, unconfirmed = [await _application(number, state) for state in ("open", "unconfirmed")]
    case = Case(kind="login", account_number="100234", name="Kit", email="kit@things.example", opened_at=NOW)
    file = ApplicationDocument(application=made, name="a.pdf", kind="pdf", size=4, content=b"%PDF", added_at=NOW)
    reference = f"AP-{number:05}"
    return {
        "application_id": made,
        "document_id": await kept(file),
        "become-a-reseller/name": "business",
        "reference": reference,
        "{reference:str}/token": token_for(STATE_PAGE, reference),
        "confirmation/token": await mailed_links.make("application", HOUR, None, str(unconfirmed)),
        "case_id": await kept(case),
    }


async def _application(number: int, state: str) -> int:
    is_open, now = state == "open", datetime.now(UTC)
    row = Application(
        reference=f"AP-{number:05}" if is_open else f"AQ-{number:05}",
        state=state,
        legal_name="Moss Ltd",
        contact_name="Kit Moss",
        email=f"kit{number}@moss.example",
        email_key=f"kit{number}@moss.example",
        answers=json.dumps({**BUSINESS, **ADDRESSES, **TRADE}),
        begun_at=now,
        submitted_at=now,
        confirmed_at=now if is_open else None,
    )
    return await kept(row)
