"""Companies at the desk: found, changed, and what each role may change (DESK-3)."""

import asyncio
import re
from typing import Any

import pytest

from db import sql
from db.companies import Company
from tests.browser import Browser, words
from tests.cast import Cast, new_person
from tests.rules_named import rule

pytestmark = rule("DESK-3")
EDIT = {
    "name": "Brightbyte Limited", "legal_name": "Brightbyte Holdings", "registration_number": "94290",
    "tax_number": "12-345", "phone": "09 555", "website": "https://brightbyte.example", "payment_terms_days": "30",
    "home_warehouse": "2", "account_manager": "", "allows_repeated_po": "1", "version": "1",
}  # fmt: skip
POSTS = (
    "", "/limit", "/note", "/price-lists", "/certifications", "/suspension", "/suspension/removal", "/administrators"
)  # fmt: skip


async def kept(company: int) -> dict[str, Any]:
    found = await sql.row("SELECT * FROM companies WHERE id = $1", company)
    assert found
    return found


async def trail(action: str = "company_changed") -> list[dict[str, Any]]:
    return await sql.rows("SELECT * FROM audit_entries WHERE action = $1 ORDER BY id", action)


@pytest.mark.parametrize(
    "q", ["bright", "BRIGHTBYTE", "100234", "0023", "94290", "ben@bright", "BEN@BRIGHTBYTE.example"]
)
async def test_a_company_is_found_by_what_one_knows(moana: Browser, cast: Cast, q: str) -> None:
    await sql.run("UPDATE companies SET registration_number = '9429012' WHERE id = $1", cast.brightbyte)
    found = words(await moana.http.get("/desk/companies", params={"q": q}))
    assert "100234 Brightbyte Ltd" in found and "Coastline" not in found and "1 company, 1 to 1" in found


@pytest.mark.parametrize("q", ["%", "_", "\\", "zebra", "'; DROP TABLE users"])
async def test_signs_of_a_pattern_are_looked_for_as_they_are(moana: Browser, q: str) -> None:
    page = await moana.http.get("/desk/companies", params={"q": q})
    assert page.status_code == 200 and "No company fits." in words(page)


async def test_fifty_companies_stand_on_a_page(moana: Browser) -> None:
    await sql.run_many(
        "INSERT INTO companies (account_number, name, home_warehouse, created_at) SELECT $1, $2, 1, created_at"
        " FROM companies WHERE account_number = '100234'",
        [(f"2{number:05}", f"Many {number}") for number in range(60)],
    )
    assert "62 companies, 51 to 62" in words(await moana.get("/desk/companies?page=2"))


async def test_moana_changes_details_and_terms(moana: Browser, cast: Cast) -> None:
    form = await moana.get(f"/desk/companies/{cast.brightbyte}/edit")
    assert 'value="Brightbyte Ltd"' in form.text
    fields = {**EDIT, "account_manager": cast.moana.id}
    shown = words(await moana.follow(await moana.post(f"/desk/companies/{cast.brightbyte}", fields)))
    for told in ("Saved.", "Brightbyte Limited", "94290", "30 days", "Wellington", "Moana Pike", "may be repeated"):
        assert told in shown, told
    entry = (await trail())[-1]
    assert entry["company"] == cast.brightbyte and entry["actor_name"] == "Moana Pike"
    assert "payment terms 20 days" in entry["before"] and "home warehouse Auckland" in entry["before"]
    assert "payment terms 30 days" in entry["after"] and "account manager Moana Pike" in entry["after"]
    assert "credit" not in entry["after"] and (await kept(cast.coastline))["name"] == "Coastline IT"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("name", " "), ("name", "x" * 201), ("phone", "1\u202e2"), ("payment_terms_days", "soon"),
        ("payment_terms_days", "-1"), ("home_warehouse", "9"), ("home_warehouse", ""), ("account_manager", "x"),
        ("website", "a\0b"),
    ],
)  # fmt: skip
async def test_a_wrong_field_is_told_and_nothing_lost(moana: Browser, cast: Cast, name: str, typed: str) -> None:
    answer = await moana.post(f"/desk/companies/{cast.brightbyte}", {**EDIT, name: typed})
    assert answer.status_code == 422 and f'id="field-{name}-error"' in answer.text
    assert "Brightbyte Holdings" in answer.text and (await kept(cast.brightbyte))["legal_name"] == ""


async def test_a_customer_is_no_account_manager(moana: Browser, cast: Cast) -> None:
    for person in (cast.ben, cast.piri):
        fields = {**EDIT, "account_manager": person.id}
        assert (await moana.post(f"/desk/companies/{cast.brightbyte}", fields)).status_code == 422


async def test_of_two_who_edit_the_second_sees_both_values(moana: Browser, cast: Cast) -> None:
    path = f"/desk/companies/{cast.brightbyte}"
    await moana.post(path, EDIT)
    answer = await moana.post(path, {**EDIT, "phone": "09 777", "payment_terms_days": "7"})
    shown = words(answer)
    assert answer.status_code == 409 and 'value="09 777"' in answer.text
    assert "Now: 09 555" in shown and "Now: 30" in shown and 'name="version" value="2"' in answer.text
    assert (await kept(cast.brightbyte))["phone"] == "09 555"


async def test_two_edits_at_one_moment_keep_one(moana: Browser, cast: Cast) -> None:
    path = f"/desk/companies/{cast.brightbyte}"
    answers = await asyncio.gather(*(moana.post(path, {**EDIT, "phone": f"0{n}"}) for n in range(4)))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]
    assert (await kept(cast.brightbyte))["version"] == 2


async def test_credit_reads_companies_and_edits_none(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(await new_person("Rua Hill", "rua@harbour.example", None, role="credit"))
    page = await browser.get(f"/desk/companies/{cast.brightbyte}")
    assert page.status_code == 200 and "Ben Ito" in page.text and "You cannot change companies" in words(page)
    assert re.findall(r'action="(/desk/[^"]+)"', page.text) == [f"/desk/companies/{cast.brightbyte}/limit"]
    assert (await browser.get(f"/desk/companies/{cast.brightbyte}/edit")).status_code == 403
    for path in POSTS:
        if path != "/limit":
            assert (await browser.post(f"/desk/companies/{cast.brightbyte}{path}", EDIT)).status_code == 403
    assert (await browser.get(f"/desk/companies/{cast.brightbyte}/users/{cast.ben.id}")).status_code == 403


async def test_only_the_desk_sees_companies(browser: Browser, cast: Cast) -> None:
    pages = ("", f"/{cast.brightbyte}", f"/{cast.brightbyte}/edit", "/99", f"/{cast.brightbyte}/administrators/new")
    for path in pages:
        assert (await browser.get(f"/desk/companies{path}")).headers["Location"].startswith("/login")
    for person in (cast.dana, cast.ben, cast.piri):
        await browser.sign_in(person)
        for path in pages:
            assert (await browser.get(f"/desk/companies{path}")).status_code == 403
        for path in POSTS:
            assert (await browser.post(f"/desk/companies/{cast.brightbyte}{path}", EDIT)).status_code == 403
    assert (await Company.select(Company.version).where(Company.version > 1)) == []


async def test_a_company_that_does_not_exist(moana: Browser) -> None:
    for number in ("99", str(2**40), "x"):
        assert (await moana.get(f"/desk/companies/{number}")).status_code == 404
        for path in POSTS:
            fields = {**EDIT, "note": "x", "reason": "x", "email": "x@y.example"}
            assert (await moana.post(f"/desk/companies/{number}{path}", fields)).status_code in {403, 404}


async def test_a_get_changes_no_company(moana: Browser, cast: Cast) -> None:
    for path in POSTS[1:]:
        assert (await moana.get(f"/desk/companies/{cast.brightbyte}{path}")).status_code == 405


async def test_a_wrong_field_does_not_hide_what_another_changed(moana: Browser, cast: Cast) -> None:
    path = f"/desk/companies/{cast.brightbyte}"
    await moana.post(path, EDIT)
    answer = await moana.post(path, {**EDIT, "payment_terms_days": "soon"})
    assert answer.status_code == 422 and 'name="version" value="1"' in answer.text
    assert (await moana.post(path, {**EDIT, "phone": "1"})).status_code == 409
