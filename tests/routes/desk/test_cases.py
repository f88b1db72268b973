"""Cases of who cannot log in: read, led to the company, closed with an outcome (LOGIN-7, DESK-2)."""

import asyncio
from typing import Any

import pytest

from app.rules import cases
from app.rules.viewers import Viewer
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule

pytestmark = rule("LOGIN-7")
VISITOR = Viewer(network_address="203.0.113.9")


async def written(account: str = "100234", name: str = "Dana R", email: str = "DANA@brightbyte.example") -> int:
    return await cases.open_login_case(account, name, email, "My phone is gone.\nCall me.", VISITOR)


@rule("DESK-2")
async def test_moana_finds_the_case_with_its_age_and_the_company(moana: Browser, cast: Cast) -> None:
    number = await written()
    assert "1 0 min look at these" in words(await moana.get("/desk"))
    listed = words(await moana.get("/desk/cases"))
    assert "Dana R DANA@brightbyte.example 100234 Brightbyte Ltd" in listed and "0 min" in listed
    shown = await moana.get(f"/desk/cases/{number}")
    assert "My phone is gone." in shown.text and "203.0.113.9" in shown.text and "verified" in shown.text
    assert f'href="/desk/companies/{cast.brightbyte}"' in shown.text
    assert f'href="/desk/companies/{cast.brightbyte}/users/{cast.dana.id}"' in shown.text


async def test_an_unknown_account_and_address_are_told(moana: Browser) -> None:
    shown = words(await moana.get(f"/desk/cases/{await written('999999', '', 'x@y.example')}"))
    assert "no company has this account number" in shown and "no user logs in with it" in shown


async def test_moana_closes_a_case_with_its_outcome(moana: Browser, cast: Cast) -> None:
    number = await written()
    page = words(await moana.follow(await moana.post(f"/desk/cases/{number}", {"outcome": "Called back, reset."})))
    assert "Closed." in page and "Nobody waits" in page
    assert "Called back, reset." in words(await moana.get("/desk/cases?state=closed"))
    assert "Moana Pike" in words(await moana.get(f"/desk/cases/{number}"))
    entry = await sql.row("SELECT * FROM audit_entries WHERE action = 'case_closed'")
    assert entry and (entry["subject"], entry["after"], entry["company"]) == (
        f"case {number}", "Called back, reset.", None
    )  # fmt: skip


@pytest.mark.parametrize("outcome", ["", "  ", "x" * 2_001, "a\0b"])
async def test_an_outcome_that_cannot_be_kept_leaves_it_open(moana: Browser, outcome: str) -> None:
    number = await written()
    answer = await moana.post(f"/desk/cases/{number}", {"outcome": outcome})
    assert answer.status_code == 422 and 'id="field-outcome-error"' in answer.text
    assert await sql.value("SELECT closed_at FROM cases") is None


async def test_of_two_who_close_it_the_second_is_told(moana: Browser) -> None:
    number = await written()
    fields = {"outcome": "Done"}
    answers = await asyncio.gather(*(moana.post(f"/desk/cases/{number}", fields) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409]
    late = await moana.post(f"/desk/cases/{number}", fields)
    assert "Moana Pike has closed this case already." in words(late)


async def test_only_sales_and_administrators_read_cases(browser: Browser, cast: Cast) -> None:
    number = await written()
    paths = ("/desk/cases", f"/desk/cases/{number}", "/desk/cases/99")
    for path in paths:
        assert (await browser.get(path)).headers["Location"].startswith("/login")
    for person in (cast.piri, cast.dana, cast.ben):
        await browser.sign_in(person)
        for path in paths:
            assert (await browser.get(path)).status_code == 403
        assert (await browser.post(f"/desk/cases/{number}", {"outcome": "x"})).status_code == 403
    await browser.sign_in(cast.ari)
    assert [(await browser.get(path)).status_code for path in paths] == [200, 200, 404]
    assert (await browser.get(f"/desk/cases/{2**40}")).status_code == 404


@rule("DESK-2")
async def test_each_role_sees_its_own_queues(browser: Browser, cast: Cast) -> None:
    seen: dict[str, Any] = {}
    for name in ("moana", "piri", "ari"):
        await browser.sign_in(getattr(cast, name))
        page = (await browser.get("/desk")).text
        seen[name] = [queue for queue in ("applications", "cases", "mail") if f'id="waits-{queue}"' in page]
    assert seen["moana"] == seen["ari"] == ["applications", "cases", "mail"] and seen["piri"] == ["mail"]


@rule("DESK-1")
async def test_each_role_is_led_to_its_own_pages(browser: Browser, cast: Cast) -> None:
    pages = ("applications", "companies", "cases", "mail", "audit", "staff")
    led = {"moana": "applications companies cases mail", "piri": "mail", "ari": " ".join(pages)}
    for name, wanted in led.items():
        await browser.sign_in(getattr(cast, name))
        nav = (await browser.get("/desk")).text.partition('aria-label="Desk"')[2].partition("</nav>")[0]
        assert [one for one in pages if f'href="/desk/{one}"' in nav] == wanted.split()
        for one in wanted.split():
            assert (await browser.get(f"/desk/{one}")).status_code == 200
