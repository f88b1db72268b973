"""A business that applies to become a reseller: what it answers, and its way through the form."""

import json
import struct
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from app.rules.applications import state_path
from app.rules.sealed import unseal
from app.visits import SESSION_COOKIE
from db import sql
from tests.browser import Browser

PATH = "/become-a-reseller"
BUSINESS = {
    "legal_name": "Harakeke Systems Limited",
    "trading_name": "Harakeke",
    "business_kind": "Limited company",
    "started": "2018-04-01",
    "registration_number": "9429 0461 2345 6",
    "tax_number": "123-456-789",
    "phone": "+64 9 555 0177",
    "website": "www.harakeke.example",
}
ADDRESSES = {
    "registered_line1": "4 Mill Lane",
    "registered_city": "Napier",
    "registered_postcode": "4110",
    "registered_country": "nz",
    "trading_same": "1",
    "postal_same": "1",
}
TRADE = {
    "contact_name": "Rua Kahu",
    "contact_role": "Owner",
    "email": "rua@harakeke.example",
    "contact_phone": "+64 9 555 0178",
    "sells": "Notebooks and networks",
    "sells_to": "Schools and workshops",
    "vendors": "Norrland",
    "purchases": "$5,000 to $20,000",
    "credit": "20",
    "reference1_name": "Bolt Supplies",
    "reference1_contact": "accounts@bolt.example",
    "reference2_name": "Paper & Co",
    "reference2_contact": "+64 9 555 0100",
}
DECLARED = {"declared": "1", "agreed": "1", "fax": ""}
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 1, height: int = 1) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    size = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 1, 1, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0" + size + scan + b"\xff\xd9"


async def send_files(
    browser: Browser, path: str, *files: tuple[str, bytes, str], csrf: str | None = None, **fields: str
) -> httpx.Response:
    """Send a form with files: each its name, content and the type that it claims."""
    data: dict[str, Any] = {"csrf": browser.csrf if csrf is None else csrf, **fields}
    return await browser.http.post(path, data=data, files=[("files", file) for file in files])


async def fill_in(browser: Browser, **other: str) -> None:
    """Walk the steps up to the last one, with these answers instead of the usual."""
    await browser.get(PATH + "/business")
    for step, answers in {"business": BUSINESS, "addresses": ADDRESSES, "trade": TRADE}.items():
        given = {name: other.get(name, value) for name, value in answers.items()}
        answer = await browser.post(f"{PATH}/{step}", given)
        assert answer.status_code == 303, answer.text
    begun = datetime.now(UTC) - timedelta(minutes=1)
    await sql.run("UPDATE applications SET begun_at = $1 WHERE state = 'draft'", begun)


async def secret_of(kind: str) -> str:
    """The link in the latest mail of a kind, as its reader gets it: without the host."""
    sealed = await sql.value("SELECT sealed_secrets FROM notices WHERE kind = $1 ORDER BY id DESC", kind)
    return str(json.loads(unseal("mail", sealed))["link"]).partition("localhost:8000")[2]


async def apply(browser: Browser, **other: str) -> str:
    """Send and confirm an application; gives its reference."""
    await fill_in(browser, **other)
    answer = await browser.post(f"{PATH}/check", DECLARED)
    assert answer.status_code == 303, answer.text
    link = await secret_of("application_confirm")
    answer = await browser.post(link)
    assert answer.status_code == 303, answer.text
    reference: str = answer.headers["Location"].split("/")[3]
    assert answer.headers["Location"].startswith(state_path(reference))
    return reference


async def application(reference: str) -> dict[str, Any]:
    row = await sql.row("SELECT * FROM applications WHERE reference = $1", reference)
    assert row
    return row


def leave(browser: Browser) -> None:
    """Go back to being a visitor of the same browser."""
    browser.http.cookies.delete(SESSION_COOKIE)
