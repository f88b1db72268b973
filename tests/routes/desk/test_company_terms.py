"""The terms of a company at the desk: its limit, price lists, certifications, and the desk's note (DESK-3)."""

import pytest

from db import sql
from db.prices import CompanyPriceList
from tests.browser import Browser, words
from tests.cast import Cast, new_person
from tests.routes.desk.test_companies import kept, trail
from tests.rules_named import rule

pytestmark = rule("DESK-3")


@pytest.mark.parametrize("htmx", [False, True])
async def test_credit_sets_the_limit_and_sales_does_not(browser: Browser, cast: Cast, htmx: bool) -> None:
    path, fields = f"/desk/companies/{cast.brightbyte}/limit", {"credit_limit": "$75,000.50", "shown": "5000000"}
    await browser.sign_in(cast.moana)
    assert (await browser.post(path, fields, htmx=htmx)).status_code == 403
    assert "You cannot set credit limits" in words(await browser.get(f"/desk/companies/{cast.brightbyte}"))
    await browser.sign_in(await new_person("Rua Hill", "rua@harbour.example", None, role="credit"))
    answer = await browser.post(path, fields, htmx=htmx)
    shown = answer if htmx else await browser.follow(answer)
    assert "$75,000.50" in shown.text and "Saved." in words(shown)
    assert (await kept(cast.brightbyte))["credit_limit_cents"] == 7_500_050
    assert [(row["before"], row["after"]) for row in await trail()] == [
        ("credit limit $50,000.00", "credit limit $75,000.50")
    ]
    late = await browser.post(path, {"credit_limit": "1", "shown": "5000000"}, htmx=htmx)
    assert late.status_code == 409 and "It is $75,000.50 now." in words(late)


@pytest.mark.parametrize("typed", ["", "-1", "much", "1.005", "9" * 13, "1e9", "٣"])
async def test_a_limit_that_is_no_money_is_refused(browser: Browser, cast: Cast, typed: str) -> None:
    await browser.sign_in(cast.ari)
    fields = {"credit_limit": typed, "shown": "5000000"}
    answer = await browser.post(f"/desk/companies/{cast.brightbyte}/limit", fields)
    assert answer.status_code == 422 and 'id="field-credit_limit-error"' in answer.text
    assert (await kept(cast.brightbyte))["credit_limit_cents"] == 5_000_000


@pytest.mark.parametrize("htmx", [False, True])
async def test_price_lists_are_ticked_in_place(moana: Browser, cast: Cast, htmx: bool) -> None:
    path = f"/desk/companies/{cast.brightbyte}/price-lists"
    fields = {"shown": "1", "price_lists": ["2"]}
    answer = await moana.post(path, fields, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    rows = await CompanyPriceList.select(CompanyPriceList.price_list).where(CompanyPriceList.company == cast.brightbyte)
    assert [row["price_list"] for row in rows] == [2]
    assert [(row["before"], row["after"]) for row in await trail()] == [("price lists: Trade", "price lists: Silver")]
    if htmx:
        assert 'id="company-price_lists"' in answer.text


async def test_what_another_ticked_meanwhile_stays(moana: Browser, cast: Cast) -> None:
    path = f"/desk/companies/{cast.brightbyte}/certifications"
    await moana.post(path, {"shown": "2", "certifications": ["2", "1"]})
    await moana.post(path, {"shown": "2"})
    rows = await sql.rows("SELECT certification FROM company_certifications WHERE company = $1", cast.brightbyte)
    assert [row["certification"] for row in rows] == [1]
    assert (await moana.post(path, {"certifications": ["1", "99"]})).status_code == 422


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_note_is_the_desks_own(moana: Browser, cast: Cast, htmx: bool) -> None:
    path = f"/desk/companies/{cast.brightbyte}/note"
    await moana.post(path, {"note": "Pays late.\nCall <Dana>.", "version": "1"}, htmx=htmx)
    page = await moana.get(f"/desk/companies/{cast.brightbyte}")
    assert "Call &lt;Dana&gt;." in page.text
    late = await moana.post(path, {"note": "Mine", "version": "1"}, htmx=htmx)
    assert late.status_code == 409 and ">\nMine</textarea>" in late.text and "Pays late." in late.text
    entry = (await trail())[-1]
    assert entry["company"] is None and "Pays" not in entry["after"]
