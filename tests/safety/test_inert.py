"""Stored text is inert wherever it is shown: to colleagues, to staff, in mail; and it names no further recipient."""

import json
import re
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from app.mail.messages import composed, sender
from app.rendering import templates
from app.rules import audit, steady
from app.rules.application_fields import FIELDS
from app.rules.privileges import Privilege
from app.rules.viewers import Viewer
from db import sql
from db.users import UserPrivilege
from tests.browser import Browser
from tests.cast import Cast
from tests.checking_out import basket_of, placed
from tests.rules_named import rule
from tests.safety.asking import knock
from tests.safety.belongings import belongings
from tests.safety.portal_map import doors
from tests.safety.things import Things

HOSTILE = {
    "a tag": "<script>canary()</script>",
    "an attribute": "\" onfocus=canary() autofocus x=\"",
    "another": "' onfocus=canary() autofocus x='",
    "an end": "</textarea></title></select><img src=x onerror=canary()>",
    "an address": "javascript:canary()",
    "a template": "{{7919*7}}{% include 'canary()' %}${7919*7}",
    "a format": "%s %(name)s %d {0.__class__} canary()",
    "a header": "Ben\r\nBcc: evil@evil.example\r\n\r\ncanary()",
    "right to left": "\u202eyranac\u2066 canary()",
    "marks": "canary()" + "\u0301" * 20,
    "an entity": "&lt;script&gt;canary()&#60;",
}  # fmt: skip
LIVE = re.compile(
    r"<script(?![^>]*\bsrc=)|<img|<[^>]*\son\w+\s*=|=\"?\s*javascript:|\b55433\b(?=.{0,40}canary)", re.IGNORECASE
)
TEXTS = (
    ("users", ("name", "job_title", "phone", "challenge_question")),
    ("companies", ("name", "legal_name", "registration_number", "tax_number", "phone", "website", "note")),
    ("applications", ("legal_name", "trading_name", "registration_number", "tax_number", "contact_name")),
    ("application_documents", ("name",)),
    ("application_messages", ("text",)),
    ("cases", ("account_number", "name", "email", "text")),
    ("notification_addresses", ("address",)),
    ("passkeys", ("name",)),
    ("sessions", ("user_agent",)),
    ("sheets", ("source", "basket_name", "told")),
    ("sheet_rows", ("code", "note", "flaw")),
    ("addresses", ("name", "attention", "line1", "line2", "city", "region")),
    ("price_lists", ("name",)),
    ("vendors", ("name",)),
    ("products", ("name", "description")),
    ("certifications", ("name", "how_to_get")),
    ("delivery_methods", ("name",)),
    ("warehouses", ("name",)),
)


LENGTHS = {("users", "phone"): 40, ("companies", "phone"): 40, ("applications", "registration_number"): 60}
LENGTHS |= {
    ("companies", "registration_number"): 60,
    ("companies", "tax_number"): 60,
    ("applications", "tax_number"): 60,
}
LENGTHS |= {("cases", "account_number"): 20}


async def poisoned(text: str) -> None:
    for table, columns in TEXTS:
        for column in columns:
            length = LENGTHS.get((table, column), 80)
            await sql.run(f"UPDATE {table} SET {column} = $1", text[:length])  # noqa: S608 (our own tables)
    await sql.run("UPDATE applications SET answers = $1", json.dumps(dict.fromkeys(FIELDS, text)))
    who = Viewer(id=1, name=text[:100], company_id=1, staff_id=5, staff_name=text[:100])
    await audit.note("user_changed", who, subject="user 2", subject_name=text, before=text, after=text)


async def written_everywhere(browser: Browser, cast: Cast, text: str) -> Things:
    """The text in every row that shows one, and in each field that Ben can fill in."""
    more = await belongings(cast.ben)
    await poisoned(text)
    granted = UserPrivilege(user=cast.ben.id, privilege=Privilege.DELIVER_ANYWHERE, granted_at=datetime.now(UTC))
    await UserPrivilege.insert(granted)
    await browser.sign_in(cast.ben)
    basket, other = await basket_of(cast.ben, (cast.dock, 1)), await basket_of(cast.ben, (cast.dock, 2))
    await browser.post(f"/baskets/{basket}/lines/1", {"quantity": "1", "note": text})
    new = {f"new_{name}": text for name in ("name", "attention", "line1", "line2", "city", "region")}
    place = {"address": "new", **new, "new_postcode": "1", "new_country": "NZ", "new_kept": "1"}
    number = await placed(browser, basket, po_number=text[:35], end_customer_po=text[:35], notes=text, **place)
    await browser.post(f"/baskets/{other}", {"name": text, "note": text})
    await browser.post(f"/baskets/{other}/lines/2", {"quantity": "2", "note": text})
    await browser.post(f"/baskets/{other}/current")
    notice = await sql.value("SELECT max(id) FROM notices")
    return Things(other, 2, number, cast.address, notice, cast.dock.sku, more)


@rule("ORDER-8")
@pytest.mark.parametrize("kind", HOSTILE)
async def test_what_somebody_typed_is_text_wherever_it_is_shown(browser: Browser, cast: Cast, kind: str) -> None:
    things = await written_everywhere(browser, cast, HOSTILE[kind])
    shown = 0
    for who in (cast.ben, cast.dana, cast.ari):
        await browser.sign_in(who)
        for door in doors():
            if door.method == "GET":
                answer = await browser.get(door.address(things.ids))
                assert answer.status_code < 500, door.name
                shown += answer.text.count("canary()")
                assert HOSTILE[kind] not in answer.text or kind in PLAIN, door.name
                assert not LIVE.search(strip_quoted(answer.text)), (door.name, LIVE.search(strip_quoted(answer.text)))
    assert shown > 60


PLAIN = {"an address", "right to left", "marks", "a header", "a format"}  # hold nothing that HTML would read


def strip_quoted(html: str) -> str:
    """Without the values of attributes, in which an escaped text is safe."""
    return re.sub(r'="[^"<>]*"', "=", html)


@pytest.mark.parametrize("kind", ["a tag", "an attribute", "an end"])
async def test_a_page_that_forgets_to_escape_is_caught(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    things = await written_everywhere(browser, cast, HOSTILE[kind])
    monkeypatch.setattr(templates, "shown", str)
    assert LIVE.search(strip_quoted((await browser.get(f"/baskets/{things.basket_id}")).text))


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_mail_goes_to_whom_it_was_written(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(steady, "SECONDS", 0)
    things = await written_everywhere(browser, cast, HOSTILE[kind])
    await sql.run("UPDATE notification_addresses SET address = 'kit@things.example'")  # forms take only addresses
    for who in (cast.ben, cast.dana, cast.ari):
        for door in doors():
            if door.method == "POST":
                await browser.sign_in(who)
                await knock(browser, door, things.ids)
    written = await sql.rows("SELECT * FROM notices")
    for notice in written:
        message = composed(notice, sender("trade@harbour.example", "Harbour"))
        assert headers_of(message) <= {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", *MIME}
        assert message["To"] == notice["recipient"] and ADDRESS.fullmatch(notice["recipient"])
        assert message["Bcc"] is None
        assert not LIVE.search(strip_quoted(notice["html"])), notice["kind"]
    assert len({notice["kind"] for notice in written}) >= 10
    assert sum("canary()" in notice["html"] and "canary()" in notice["text"] for notice in written) >= 10


ADDRESS = re.compile(r"[\w.]+@[\w]+\.example")
MIME = {"MIME-Version", "Content-Type", "Content-Transfer-Encoding"}


def headers_of(message: EmailMessage) -> set[str]:
    return set(message.keys())


@pytest.mark.parametrize("kind", HOSTILE)
async def test_what_is_asked_for_is_text_too(browser: Browser, cast: Cast, kind: str) -> None:
    typed = {"q": HOSTILE[kind], "state": HOSTILE[kind], "from": HOSTILE[kind], "next": HOSTILE[kind]}
    more = {"vendor": HOSTILE[kind], "category": HOSTILE[kind], "quantity": HOSTILE[kind], "sort": HOSTILE[kind]}
    for who in (None, cast.ben, cast.moana):
        browser.sign_out()
        if who:
            await browser.sign_in(who)
        for path in (
            "/login",
            "/products",
            "/products/suggestions",
            "/products/7RK2Q4",
            "/orders",
            "/account/addresses",
            "/desk/mail",
        ):
            answer = await browser.http.get(path, params={**typed, **more})
            assert answer.status_code in {200, 303, 403, 422}
            assert not LIVE.search(strip_quoted(answer.text)), path
            assert HOSTILE[kind] not in answer.text or kind in PLAIN
