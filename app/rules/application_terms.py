"""The terms that a company starts with: chosen at the desk when its application is approved (JOIN-5)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.rules import money
from app.rules.refusals import Invalid
from db import sql
from db.sql import Row

MANAGERS = """SELECT DISTINCT u.id, u.name FROM users u JOIN staff_roles r ON r."user" = u.id
    WHERE r.role IN ('sales', 'administrator') AND u.company IS NULL AND u.deleted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM suspensions s WHERE s."user" = u.id) ORDER BY u.name"""
MOST_ID = 2**31 - 1
MOST_DAYS, MOST_CREDIT = 365, 1_000_000_000_00


@dataclass(frozen=True, slots=True)
class Choices:
    """What the terms are chosen from."""

    price_lists: list[Row]
    warehouses: list[Row]
    managers: list[Row]


@dataclass(frozen=True, slots=True)
class Terms:
    account_number: str
    name: str
    price_lists: Sequence[int]
    payment_terms_days: int
    credit_limit_cents: int
    home_warehouse: int
    account_manager: int


async def choices() -> Choices:
    return Choices(
        await sql.rows("SELECT id, code, name FROM price_lists ORDER BY name, id"),
        await sql.rows("SELECT id, code, name FROM warehouses ORDER BY position, id"),
        await sql.rows(MANAGERS),
    )


async def next_account_number() -> str:
    """One above the highest; the lowest that is free where that is the last one."""
    highest = int(await sql.value("SELECT max(account_number) FROM companies") or 100_000)
    if highest < 999_999:
        return str(highest + 1)
    taken = {row["account_number"] for row in await sql.rows("SELECT account_number FROM companies")}
    return next(str(number) for number in range(100_000, 1_000_000) if str(number) not in taken)


def _whole(text: str, most: int) -> int:
    """-1 for what is no whole number up to `most`."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
    return number if number <= most else -1


def _money(text: str) -> int:
    try:
        return min(money.read(text), MOST_CREDIT + 1)
    except Invalid:
        return -1


def _read(typed: Mapping[str, str], lists: Sequence[str]) -> Terms:
    """The terms as they came; -1 stands for what is no number."""
    return Terms(
        typed.get("account_number", "").strip(),
        " ".join(typed.get("company_name", "").split()),
        list(dict.fromkeys(_whole(one, MOST_ID) for one in lists)),
        _whole(typed.get("payment_terms_days", "").strip(), MOST_DAYS),
        _money(typed.get("credit_limit", "")),
        _whole(typed.get("home_warehouse", ""), MOST_ID),
        _whole(typed.get("account_manager", ""), MOST_ID),
    )


def checked(typed: Mapping[str, str], lists: Sequence[str], offered: Choices) -> Terms:
    """Raises Invalid with all that is wrong."""
    terms = _read(typed, lists)
    errors = {}
    if not re.fullmatch("[0-9]{6}", terms.account_number):
        errors["account_number"] = "An account number has six digits."
    if not terms.name or len(terms.name) > 200 or not terms.name.isprintable():
        errors["company_name"] = "Type the name that the company goes by, at most 200 characters."
    if not terms.price_lists or not set(terms.price_lists) <= _ids(offered.price_lists):
        errors["price_lists"] = "Choose at least one price list."
    if terms.payment_terms_days < 0:
        errors["payment_terms_days"] = f"Type a whole number of days from 0 to {MOST_DAYS}."
    if not 0 <= terms.credit_limit_cents <= MOST_CREDIT:
        errors["credit_limit"] = "Type an amount such as 5,000.00; 0 for none."
    if terms.home_warehouse not in _ids(offered.warehouses):
        errors["home_warehouse"] = "Choose a warehouse."
    if terms.account_manager not in _ids(offered.managers):
        errors["account_manager"] = "Choose who looks after this company."
    if errors:
        raise Invalid(errors)
    return terms


def _ids(rows: list[Row]) -> set[int]:
    return {row["id"] for row in rows}
