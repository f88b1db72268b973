"""The audit trail at the desk: of all companies, for the desk's administrators alone (USER-7, DESK-1)."""

import io
import zipfile

import pytest

from app.rules import audit
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.test_audit import noted, table
from tests.rules_named import rule


@rule("USER-7")
async def test_ari_reads_every_companys_entries(browser: Browser, cast: Cast) -> None:
    await noted(cast)
    await audit.note(
        "user_added", cast.sam.viewer(network_address="192.0.2.9"), subject="user 9", subject_name="Kim Oh"
    )
    await browser.sign_in(cast.ari)
    page = words(await browser.get("/desk/audit"))
    assert "Dana Reyes privileges changed Ben Ito see prices → invoices Brightbyte Ltd 100234 192.0.2.7" in page
    assert "Sam Okafor user added Kim Oh Coastline IT 100377 192.0.2.9" in page
    assert "Ari Stone logged in 127.0.0.1" in page  # of the desk itself


@rule("USER-7")
@pytest.mark.parametrize("who", ["moana", "piri", "dana", "ben"])
async def test_it_is_for_the_desks_administrators(browser: Browser, cast: Cast, who: str) -> None:
    await noted(cast)
    await browser.sign_in(getattr(cast, who))
    for query in ("", "?format=csv", "?format=xlsx", "?account=100234"):
        answer = await browser.get(f"/desk/audit{query}")
        assert answer.status_code == 403 and "192.0.2.7" not in answer.text


async def test_ari_asks_for_one_company(browser: Browser, cast: Cast) -> None:
    await noted(cast)
    await browser.sign_in(cast.ari)
    assert "Ben Ito" in (await browser.get("/desk/audit?account=100234&q=ben")).text
    assert "Ben Ito" not in (await browser.get("/desk/audit?account=100377&q=privileges")).text
    unknown = await browser.get("/desk/audit?account=999999")
    assert unknown.status_code == 422
    assert "No company has the account number 999999." in words(unknown)
    assert (await browser.get("/desk/audit?account=999999&format=csv")).status_code == 422


@rule("USER-7", "DESK-6")
async def test_an_entry_names_both_while_staff_act(browser: Browser, cast: Cast) -> None:
    acted = cast.ben.viewer(staff_id=cast.moana.id, staff_name="Moana Pike")
    await audit.note("order_placed", acted, subject="order 20-RK7Q2", subject_name="Order 20-RK7Q2")
    for reader, address in ((cast.ari, "/desk/audit"), (cast.dana, "/account/audit")):
        await browser.sign_in(reader)
        assert "Moana Pike for Ben Ito order placed Order 20-RK7Q2" in words(await browser.get(address))
        for person in ("moana", "ben"):
            assert "20-RK7Q2" in (await browser.get(f"{address}?person={person}")).text


@rule("USER-7")
async def test_the_desks_file_says_whose_each_entry_is(browser: Browser, cast: Cast) -> None:
    await noted(cast)
    await browser.sign_in(cast.ari)
    heading, row = table((await browser.get("/desk/audit?format=csv&action=privileges_changed")).text)
    assert heading[-3:] == ["Company", "Account", "Entry"]
    assert row[-3:-1] == ["Brightbyte Ltd", "100234"] and row[-1].isdigit()
    await browser.sign_in(cast.dana)
    assert "No entry fits" in words(await browser.get("/account/audit?action=exported"))


async def test_a_workbook_holds_the_same(browser: Browser, cast: Cast) -> None:
    await noted(cast)
    await browser.sign_in(cast.ari)
    answer = await browser.get("/desk/audit?format=xlsx&action=privileges_changed")
    assert answer.headers["content-disposition"].endswith('.xlsx"')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    for said in ("When (Pacific/Auckland)", "Dana Reyes", "privileges changed", "Ben Ito", "192.0.2.7", "100234"):
        assert f">{said}</t>" in sheet
