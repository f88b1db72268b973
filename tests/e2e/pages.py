"""Every page with somebody whom it is for, and what its address leaves open."""

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.rules.applications import STATE_PAGE
from app.rules.notifications import KINDS
from app.rules.secret import token_for
from tests.applying import ADDRESSES, BUSINESS, TRADE
from tests.e2e.pages_desk import DESK
from tests.e2e.pages_trade import TRADE_PAGES
from tests.e2e.words import BEN, DANA, VERA

REFERENCE = "AP-77777"
NOA = "noa@brightbyte.example"
NOBODY = ""
PAGES = [
    (NOBODY, "/", 200),
    (NOBODY, "/login", 200),
    (NOBODY, "/password/forgotten", 200),
    (NOBODY, "/password/forgotten/sent", 200),
    (NOBODY, "/password/help", 200),
    (NOBODY, "/password/help/sent?to=distributor", 200),
    (NOBODY, "/password-requirements", 200),
    (NOBODY, "/password/reset/nothing", 403),
    (NOBODY, "/password/reset/{reset}", 200),
    (NOBODY, "/password/reset/{reset}/password", 200),
    (NOBODY, "/login/second-step", 200),
    (NOBODY, "/staff/{joining}", 200),
    (NOBODY, "/email-changes/{moving}", 200),
    (NOBODY, "/email-changes/confirmed", 200),
    (NOBODY, "/notification-addresses/{reading}", 200),
    (NOBODY, "/notification-addresses/confirmed", 200),
    (NOBODY, "/become-a-reseller", 200),
    (NOBODY, "/become-a-reseller/terms", 200),
    (NOBODY, "/become-a-reseller/business", 200),
    (NOBODY, "/become-a-reseller/addresses", 200),
    (NOBODY, "/become-a-reseller/trade", 200),
    (NOBODY, "/become-a-reseller/documents", 200),
    (NOBODY, "/become-a-reseller/check", 200),
    (NOBODY, "/become-a-reseller/confirmation/{confirming}", 200),
    (NOBODY, "/become-a-reseller/state/{reference}/{following}", 200),
    (NOBODY, "/products?q=monitor", 200),
    (NOBODY, "/products?q=qqqqzzzz", 200),
    (NOBODY, "/products/{good}", 200),
    (NOBODY, "/products/suggestions?q=mon", 200),
    (NOBODY, "/nowhere", 404),
    (BEN, "/", 200),
    (BEN, "/account/addresses", 200),
    (BEN, "/account/addresses/new", 403),
    (BEN, "/account", 200),
    (BEN, "/account/profile", 200),
    (BEN, "/account/profile?welcome=1", 200),
    (BEN, "/account/profile/notifications", 200),
    (BEN, "/settings", 200),
    (BEN, "/account/users", 403),
    (BEN, "/account/profile/password", 200),
    (BEN, "/account/profile/challenge", 200),
    (DANA, "/account/addresses/new", 200),
    (DANA, "/account/addresses/{address}", 200),
    (DANA, "/account", 200),
    (DANA, "/account/users", 200),
    (DANA, "/account/users?q=qqqqzzzz", 200),
    (DANA, "/account/users/new", 200),
    (DANA, "/account/users/{vera}", 200),
    (DANA, "/account/users/{dana}", 200),
    (DANA, "/account/users/{vera}/removal", 200),
    (DANA, "/account/profile/second-step", 200),
    (DANA, "/account/profile/second-step/app/new", 200),
    (DANA, "/account/profile/second-step/passkeys/new", 200),
    (DANA, "/account/profile/second-step/recovery-codes", 200),
    (DANA, "/account/audit", 200),
    (DANA, "/account/audit?q=qqqqzzzz", 200),
    (DANA, "/account/audit?from=tomorrow", 422),
    (VERA, "/", 200),
    (NOA, "/welcome", 200),
    *TRADE_PAGES,
    *DESK,
]


def left_open(database: Path) -> dict[str, str]:
    """People and companies by name, and what waits: an application, a case, and a link of each purpose."""
    with closing(sqlite3.connect(database, timeout=10)) as served, served:
        ids = {
            email.partition("@")[0]: number
            for number, email in served.execute("SELECT id, email FROM users").fetchall()
        }
        facts = {
            "mail": "SELECT max(id) FROM notices",
            "company": "SELECT id FROM companies WHERE name = 'Brightbyte Ltd'",
            "address": "SELECT min(id) FROM addresses WHERE name = 'Brightbyte office'",
        }
        ids |= {name: served.execute(query).fetchone()[0] for name, query in facts.items()}
        ids |= {"case": _case(served), "application": _application(served, REFERENCE, "open")}
        ids |= {"sheet": _sheet(served, ids["ben"])}
        unconfirmed = _application(served, "AP-88888", "unconfirmed")
        links = {
            "reset": _link(served, "reset", ids["ben"]),
            "joining": _link(served, "staff", ids["piri"]),
            "moving": _link(served, "email_change", ids["ben"], "ben@new.example"),
            "reading": _link(served, "notification", ids["ben"], str(_reader(served, ids["ben"]))),
            "confirming": _link(served, "application", None, str(unconfirmed)),
            "reference": REFERENCE,
            "following": token_for(STATE_PAGE, REFERENCE),
        }
    return {name: str(number) for name, number in ids.items()} | links


def _insert(served: sqlite3.Connection, table: str, **facts: object) -> int:
    columns, marks = ", ".join(f'"{name}"' for name in facts), ", ".join("?" * len(facts))
    made = served.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(facts.values()))  # noqa: S608
    assert made.lastrowid
    return made.lastrowid


def _now(**later: int) -> str:
    return (datetime.now(UTC) + timedelta(**later)).isoformat(" ")


def _link(served: sqlite3.Connection, purpose: str, user: int | None, bound_to: str = "") -> str:
    token = f"{purpose}-of-the-pages".ljust(43, "x")
    digest, facts = hashlib.sha256(token.encode()).hexdigest(), {"user": user, "bound_to": bound_to}
    _insert(
        served, "mailed_links", purpose=purpose, token_hash=digest, made_at=_now(), expires_at=_now(hours=1), **facts
    )
    return token


def _reader(served: sqlite3.Connection, user: int) -> int:
    address = "orders@brightbyte.example"
    return _insert(
        served, "notification_addresses", user=user, kind=KINDS[0].code, address=address, address_key=address
    )


def _sheet(served: sqlite3.Connection, user: int) -> int:
    company = served.execute("SELECT company FROM users WHERE id = ?", (user,)).fetchone()[0]
    sheet = _insert(served, "sheets", user=user, company=company, source="list.csv", made_at=_now())
    for number, code in enumerate(("KD-4410-PD", "NOPE"), 1):
        _insert(served, "sheet_rows", sheet=sheet, number=number, code=code, quantity="1")
    return sheet


def _case(served: sqlite3.Connection) -> int:
    who = {"account_number": "100234", "name": "Kit Moss", "email": "kit@moss.example"}
    return _insert(served, "cases", kind="login", text="Nobody gets in.", opened_at=_now(), **who)


def _application(served: sqlite3.Connection, reference: str, state: str) -> int:
    answers = {**BUSINESS, **ADDRESSES, **TRADE}
    same = {name: answers[name] for name in ("legal_name", "trading_name", "registration_number", "tax_number")}
    who = {"contact_name": answers["contact_name"], "email": answers["email"], "email_key": answers["email"]}
    times = dict.fromkeys(("begun_at", "submitted_at"), _now()) | ({"confirmed_at": _now()} if state == "open" else {})
    return _insert(
        served, "applications", reference=reference, state=state, answers=json.dumps(answers), **same, **who, **times
    )
