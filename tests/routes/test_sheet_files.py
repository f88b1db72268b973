"""Quick Order by file and by long lists: what comes in, what goes out, and how much (BASKET-11)."""

import asyncio
from io import BytesIO

import httpx
import pytest
from xlsxwriter import Workbook

from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule
from tests.sheet_steps import bens, lines, pad, paste, sheet_of

pytestmark = rule("BASKET-11")
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 100
ROWS = "SELECT count(*) FROM sheet_rows"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await bens(browser, cast)


async def load(browser: Browser, name: str, content: bytes, **fields: object) -> httpx.Response:
    data = {"csrf": browser.csrf, "basket": "1", **fields}
    return await browser.http.post("/quick-order", data=data, files={"file": (name, content, "text/html")})


def workbook(*rows: tuple[object, ...]) -> bytes:
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return made.getvalue()


async def test_a_file_keeps_its_row_numbers(ben: Browser, cast: Cast) -> None:
    content = f"Quantity;VPN;Remark\r\n2;{cast.dock.vpn};desk 4\r\n\r\n3;NOPE;x\r\n".encode()
    page = await ben.follow(await load(ben, "prices.csv", content))
    assert "“prices.csv”" in words(page) and 'id="row-4"' in page.text and "1 row is good, 1 is not" in words(page)
    await ben.post("/quick-order/1/basket", {"basket": 1})
    assert await lines() == {cast.dock.id: 2}
    assert await sql.value("SELECT note FROM basket_lines") == "desk 4"
    assert "1 to mend of 2 in “prices.csv”" in words(await ben.get("/quick-order"))


async def test_a_workbook_is_read_whatever_its_name(ben: Browser, cast: Cast) -> None:
    content = workbook(("SKU", "Qty"), (cast.dock.sku, 2), (cast.hub.sku, 1.5))
    page = await ben.follow(await load(ben, "prices.pdf", content))
    assert "1 row is good, 1 is not" in words(page) and 'id="row-3"' in page.text and 'value="1.5"' in page.text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_bad_rows_are_downloaded_and_load_again(ben: Browser, cast: Cast, kind: str) -> None:
    at = await sheet_of(ben, f"{cast.dock.sku}\t2\n=NOPE(1)\t3\n-7\t½")
    file = await ben.get(f"{at}?format={kind}")
    assert file.headers["Cache-Control"] == "no-store, private" and f'.{kind}"' in file.headers["Content-Disposition"]
    page = await ben.follow(await load(ben, f"again.{kind}", file.content))
    assert "2 rows wait" in words(page)
    assert 'value="=NOPE(1)"' in page.text and 'value="-7"' in page.text and 'value="½"' in page.text


@pytest.mark.parametrize("name", ["../../x.csv", "n" * 300 + ".csv", "<img src=x>.csv", "a\0b\u202e.csv", "😀.csv"])
async def test_a_name_of_a_file_is_only_shown(ben: Browser, name: str) -> None:
    page = await ben.follow(await load(ben, name, b"SKU,Quantity\nNOPE,1\n"))
    assert page.status_code == 200 and "<img src=x>" not in page.text
    kept = await sql.value("SELECT source FROM sheets")
    assert 0 < len(kept) <= 200 and "\0" not in kept and "\u202e" not in kept


@pytest.mark.parametrize(
    "content",
    [PICTURE, b"%PDF-1.7", b"", b"PK\x03\x04" + b"x" * 50, b'SKU,Quantity\n"NOPE,1\n', b"\xd0\xcf\x11\xe0" * 9],
)
async def test_what_is_no_list_is_refused_at_the_field(ben: Browser, content: bytes) -> None:
    answer = await load(ben, "prices.csv", content, text="KEPT-1 2", **pad(("KEPT-2", 1)))
    assert answer.status_code == 422 and 'id="field-file-error"' in answer.text
    assert "KEPT-1 2" in answer.text and 'value="KEPT-2"' in answer.text and await sql.value(ROWS) == 0


async def test_a_file_of_more_than_5_mb_is_refused_in_words(ben: Browser) -> None:
    most = settings.list_file_mb * 1024 * 1024
    answer = await load(ben, "big.csv", b"NOPE,1\n" * (most // 7 + 1))
    assert answer.status_code == 422 and "larger than 5 MB" in words(answer)
    answer = await load(ben, "bigger.csv", b"NOPE,1\n" * (most // 6))
    assert answer.status_code == 413 and "larger than 5 MB" in words(answer)


async def test_too_long_a_text_is_refused_in_words(ben: Browser) -> None:
    text = "NOPE-12345\t1\n" * 9_999
    assert (await load(ben, "", b"", text=text)).status_code == 303
    answer = await load(ben, "", b"", text="NOPE-123456789-0123456789-012345\t1\n" * 9_000)
    assert answer.status_code == 422 and "more than 256 KiB" in words(answer)
    answer = await load(ben, "", b"", text="N\t1\n" * 10_001)
    assert answer.status_code == 422 and "more than 10,000 rows" in words(answer)


async def test_ten_thousand_rows_keep_the_page_light(ben: Browser, cast: Cast) -> None:
    rows = "".join(f"NOPE-{number},1\n" for number in range(5_000)) + f"{cast.dock.sku},1\n" * 5_000
    page = await ben.follow(await load(ben, "", b"", text=rows))
    assert "5,000 rows are good, 5,000 are not" in words(page)
    assert page.text.count('id="row-') < 150 * 8 and "Page 100" in page.text
    assert 'value="NOPE-50"' in (await ben.get("/quick-order/1?page=2")).text
    assert len(page.content) < 400_000


async def test_a_thousand_rows_take_as_many_statements_as_one(ben: Browser, cast: Cast) -> None:
    counted = []
    for rows in (1, 1_000):
        at = await sheet_of(ben, "".join(f"{cast.dock.sku}\t1\nNOPE-{number}\t1\n" for number in range(rows)))
        before = sql.statements()
        assert (await ben.get(at)).status_code == 200
        counted.append(sql.statements() - before)
    assert counted[0] == counted[1]
    counted = []
    for rows in (1, 200):
        before = sql.statements()
        fields = {"basket": 1, **pad(*[(cast.dock.sku, 1), ("NOPE", 1)] * (rows // 2 or 1))}
        await ben.post("/quick-order/checks", fields, htmx=True)
        counted.append(sql.statements() - before)
    assert counted[0] == counted[1]


async def test_twenty_presses_at_once_add_once(ben: Browser, cast: Cast) -> None:
    at = await sheet_of(ben, f"{cast.dock.sku}\t2\n{cast.hub.sku}\t1")
    answers = await asyncio.gather(*(ben.post(f"{at}/basket", {"basket": "new"}) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {303}
    assert await lines() == {cast.dock.id: 2, cast.hub.id: 1}
    assert await sql.value("SELECT count(*) FROM baskets") == 2


async def test_twenty_lists_at_once_are_kept_at_most(ben: Browser) -> None:
    object.__setattr__(settings, "max_sheets", 20)
    try:
        answers = await asyncio.gather(*(paste(ben, f"NOPE-{number}") for number in range(24)))
    finally:
        object.__setattr__(settings, "max_sheets", 50)
    assert {answer.status_code for answer in answers} == {303}
    assert await sql.value("SELECT count(*) FROM sheets WHERE removed_at IS NULL") == 20


async def test_a_basket_that_goes_meanwhile_is_said_and_the_rows_stay(ben: Browser, cast: Cast) -> None:
    at = await sheet_of(ben, f"{cast.dock.sku}\t2")
    await ben.post("/baskets/1/removal")
    page = await ben.get(at)
    assert "Choose another: your rows are all here." in words(page) and "1 row is good" in words(page)
    answer = await ben.post(f"{at}/basket", {"basket": 1})
    assert answer.status_code == 422 and "Choose another" in words(answer) and await lines() == {}
    await ben.follow(await ben.post(f"{at}/basket", {"basket": "new", "name": "Level 9"}))
    assert await lines() == {cast.dock.id: 2}


@rule("BASKET-4", "BASKET-5")
async def test_no_row_goes_to_a_basket_that_is_not_ones_to_change(ben: Browser, cast: Cast) -> None:
    at = await sheet_of(ben, f"{cast.dock.sku}\t2")
    await sql.run("UPDATE baskets SET owner = $1", cast.dana.id)
    assert (await paste(ben, cast.hub.sku)).status_code == 422
    for visibility in ("private", "public", "shared"):
        await sql.run("UPDATE baskets SET visibility = $1", visibility)
        assert (await ben.post(f"{at}/basket", {"basket": 1})).status_code == 422
        assert "Fit-out (the current" not in (await ben.get("/quick-order")).text
    assert await lines() == {}


@rule("BASKET-2")
async def test_the_101st_basket_is_refused_and_the_rows_stay(ben: Browser, cast: Cast) -> None:
    at = await sheet_of(ben, f"{cast.dock.sku}\t2")
    object.__setattr__(settings, "max_active_baskets", 1)
    try:
        answer = await ben.post(f"{at}/basket", {"basket": "new"})
    finally:
        object.__setattr__(settings, "max_active_baskets", 100)
    assert answer.status_code == 422 and "is the most" in words(answer) and "1 row is good" in words(answer)
    assert await lines() == {}
