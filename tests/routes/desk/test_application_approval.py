"""Approving: a company with its terms, addresses and first administrator, once, or nothing at all (JOIN-5)."""

import asyncio
from typing import Any

import pytest

from app.rules import marks
from app.rules.applications import state_path
from app.rules.email_addresses import email_key
from db import sql
from tests.applying import application, apply, leave
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast
from tests.rules_named import rule

TERMS = {
    "account_number": "100400",
    "company_name": "Harakeke",
    "price_lists": "1",
    "payment_terms_days": "20",
    "credit_limit": "12,500.00",
    "home_warehouse": "2",
}


async def waiting(browser: Browser, cast: Cast, **other: str) -> tuple[dict[str, Any], dict[str, object]]:
    """An application with Moana before it, and the terms that she would choose."""
    row = await application(await apply(browser, **other))
    await browser.sign_in(cast.moana)
    return row, {**TERMS, "account_manager": cast.moana.id, "version": row["version"]}


def path_of(row: dict[str, Any]) -> str:
    return f"/desk/applications/{row['id']}/approval"


async def nothing_was_done(row: dict[str, Any]) -> bool:
    made = await sql.value("SELECT count(*) FROM users WHERE email_key = $1", row["email_key"])
    companies = await sql.value("SELECT count(*) FROM companies")
    return companies == 2 and not made and (await application(row["reference"]))["state"] == "open"


@rule("JOIN-5")
async def test_moana_approves(browser: Browser, cast: Cast) -> None:
    row, terms = await waiting(browser, cast)
    page = await browser.get(path_of(row))
    assert 'value="100378"' in page.text and 'value="Harakeke"' in page.text
    page = await browser.follow(await browser.post(path_of(row), terms))
    assert "approved" in words(page) and "100400" in words(page)
    company = await sql.row("SELECT * FROM companies WHERE account_number = '100400'")
    assert company and company["name"] == "Harakeke" and company["legal_name"] == "Harakeke Systems Limited"
    assert (company["credit_limit_cents"], company["payment_terms_days"]) == (1_250_000, 20)
    assert (company["home_warehouse"], company["account_manager"]) == (2, cast.moana.id)
    lists = await sql.rows("SELECT price_list FROM company_price_lists WHERE company = $1", company["id"])
    assert [one["price_list"] for one in lists] == [1]
    places = await sql.rows("SELECT * FROM addresses WHERE company = $1", company["id"])
    assert [(one["line1"], one["is_default"]) for one in places] == [("4 Mill Lane", 1)]
    assert (await application(row["reference"]))["company"] == company["id"]


@rule("JOIN-5", "LOGIN-2")
async def test_the_first_administrator_gets_a_password_by_mail(browser: Browser, cast: Cast) -> None:
    row, terms = await waiting(browser, cast)
    await browser.post(path_of(row), terms)
    user = await sql.row("SELECT * FROM users WHERE email_key = 'rua@harakeke.example'")
    assert user and user["is_administrator"] and user["password_is_temporary"] and user["job_title"] == "Owner"
    mails = {
        one["kind"]: one for one in await sql.rows("SELECT * FROM notices WHERE recipient = 'rua@harakeke.example'")
    }
    welcome = mails["application_approved"]
    assert "100400" in welcome["text"] and "$12,500.00" in welcome["text"] and "Moana Pike" in welcome["text"]
    assert "Password:" in mails["temporary_password"]["text"] and mails["temporary_password"]["sealed_secrets"]
    actions = {
        one["action"] for one in await sql.rows("SELECT action FROM audit_entries WHERE actor = $1", cast.moana.id)
    }
    assert {"application_approved", "company_added", "user_added", "password_sent"} <= actions


@rule("JOIN-5")
async def test_pressed_twice_at_once_there_is_one_company(browser: Browser, cast: Cast) -> None:
    row, terms = await waiting(browser, cast)
    answers = await asyncio.gather(
        *(browser.post(path_of(row), {**terms, "account_number": f"10040{n}"}) for n in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]
    assert await sql.value("SELECT count(*) FROM companies") == 3
    assert await sql.value("SELECT count(*) FROM users WHERE email_key = $1", row["email_key"]) == 1
    assert (await browser.post(path_of(row), terms)).status_code == 409
    assert (await browser.get(path_of(row))).status_code == 409


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("account_number", typed) for typed in ("", "12345", "1234567", "abcdef", "１２３４５６", "100234")),
        *(("company_name", typed) for typed in ("", "x" * 201, "a\u202eb")),
        *(("price_lists", typed) for typed in ("", "99", "x", "-1")),
        *(("payment_terms_days", typed) for typed in ("", "-1", "1.5", "366", "½")),
        *(("credit_limit", typed) for typed in ("", "-1", "much", "9" * 14, "1e9")),
        *(("home_warehouse", typed) for typed in ("", "99", str(2**63))),
    ],
)
async def test_wrong_terms_are_said_at_their_field_and_nothing_is_done(
    browser: Browser, cast: Cast, name: str, typed: str
) -> None:
    row, terms = await waiting(browser, cast)
    answer = await browser.post(path_of(row), {**terms, name: typed})
    assert answer.status_code == 422 and f"{name.replace('_', '-')}-error" in answer.text.replace("_", "-")
    assert await nothing_was_done(row)


@pytest.mark.parametrize("who", ["dana", "piri"])
async def test_only_sales_look_after_a_company(browser: Browser, cast: Cast, who: str) -> None:
    row, terms = await waiting(browser, cast)
    answer = await browser.post(path_of(row), {**terms, "account_manager": getattr(cast, who).id})
    assert answer.status_code == 422 and 'id="field-account_manager-error"' in answer.text
    assert await nothing_was_done(row)


async def test_a_taken_address_undoes_everything_and_is_said(browser: Browser, cast: Cast) -> None:
    row, terms = await waiting(browser, cast, email=cast.ben.email.upper())
    answer = await browser.post(path_of(row), terms)
    assert answer.status_code == 422 and "The first administrator cannot be added" in words(answer)
    assert await sql.value("SELECT count(*) FROM companies") == 2
    assert (await application(row["reference"]))["state"] == "open"
    ben = await sql.row("SELECT company, is_administrator FROM users WHERE email_key = $1", email_key(cast.ben.email))
    assert ben == {"company": cast.brightbyte, "is_administrator": 0}


async def test_what_is_posted_beyond_the_terms_changes_nothing(browser: Browser, cast: Cast) -> None:
    row, terms = await waiting(browser, cast)
    extra = {
        "state": "declined",
        "email": "evil@evil.example",
        "company": cast.brightbyte,
        "price_lists": ["1", "1", "2"],
    }
    assert (await browser.post(path_of(row), {**terms, **extra})).status_code == 303
    company = (await application(row["reference"]))["company"]
    assert await sql.value("SELECT email FROM users WHERE company = $1", company) == "rua@harakeke.example"
    assert await sql.value("SELECT count(*) FROM company_price_lists WHERE company = $1", company) == 2


@rule("JOIN-3", "JOIN-5")
async def test_the_applicant_sees_that_it_was_approved(browser: Browser, cast: Cast) -> None:
    row, terms = await waiting(browser, cast)
    await browser.post(path_of(row), terms)
    leave(browser)
    page = words(await browser.get(state_path(row["reference"])))
    assert "approved" in page and "first password were mailed" in page and "100400" not in page


async def test_the_form_names_the_next_free_number(browser: Browser, cast: Cast) -> None:
    row, _ = await waiting(browser, cast)
    await sql.run("UPDATE companies SET account_number = '999999' WHERE id = $1", cast.coastline)
    await sql.run("UPDATE companies SET account_number = '100000' WHERE id = $1", cast.brightbyte)
    assert 'value="100001"' in (await browser.get(path_of(row))).text


@rule("LOGIN-9")
async def test_the_terms_stand_as_they_were_after_an_ended_session(browser: Browser, cast: Cast) -> None:
    row, terms = await waiting(browser, cast)
    await demo()
    for path, fields in (
        (path_of(row), {**terms, "company_name": "Kept Ltd"}),
        (path_of(row).replace("approval", "question"), {"text": "Kept Ltd", "version": row["version"]}),
        (path_of(row).replace("approval", "refusal"), {"text": "Kept Ltd", "version": row["version"]}),
    ):
        browser.sign_out()
        await browser.get("/login")
        kept = {"kept_path": path, "kept_name": list(fields), "kept_value": [str(value) for value in fields.values()]}
        page = await browser.post("/login", {"email": cast.moana.email, "password": PASSWORD, **kept})
        assert page.status_code == 200 and "Your session ended before this was sent" in words(page)
        assert "Kept Ltd" in page.text and f'name="version" value="{row["version"]}"' in page.text


async def demo() -> None:
    """Let staff log in without a second step."""
    await sql.run("DELETE FROM authenticators")
    await sql.run("INSERT INTO marks (name, value) VALUES ('demo', '')")
    await marks.look_up()
