"""A company's own part numbers (BASKET-15)."""

import asyncio
import csv
import io

import httpx
import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule

HEADING = "SKU,Own part number\n"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.ben)


async def numbers(company: int) -> dict[str, str]:
    rows = await sql.rows(
        "SELECT p.sku, n.number FROM part_numbers n JOIN products p ON p.id = n.product WHERE n.company = $1", company
    )
    return {row["sku"]: row["number"] for row in rows}


async def load(ben: Browser, name: str, content: bytes) -> httpx.Response:
    files = {"file": (name, content, "text/csv")}
    return await ben.http.post("/part-numbers/imports", data={"csrf": ben.csrf}, files=files)


@rule("BASKET-15")
async def test_ben_keeps_a_number_and_types_it_into_a_basket(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await ben.post("/part-numbers", {"sku": cast.dock.vpn, "number": " BB  dock 7 "}))
    assert "BB dock 7" in words(page) and f"The number for {cast.dock.sku} is kept." in words(page)
    page = await ben.follow(await ben.post("/baskets/0/lines", {"sku": "bb-DOCK-7", "quantity": "2"}))
    assert cast.dock.sku in words(page) and "BB dock 7" in words(page)


@rule("BASKET-15")
async def test_a_search_for_it_finds_the_product_alone(ben: Browser, cast: Cast) -> None:
    await ben.post(f"/part-numbers/{cast.dock.sku}", {"number": "ZZ-900"})
    page = await ben.get("/products?q=zz900")
    assert cast.dock.sku in words(page) and cast.hub.sku not in words(page)
    assert cast.dock.sku in (await ben.get("/products/suggestions?q=zz-9")).text


@rule("BASKET-15")
async def test_it_wins_over_a_vpn_and_yields_to_a_sku(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await ben.post(f"/part-numbers/{cast.dock.sku}", {"number": cast.hub.vpn}))
    assert (await numbers(cast.brightbyte))[cast.dock.sku] == cast.hub.vpn
    page = await ben.follow(await ben.post("/baskets/0/lines", {"sku": cast.hub.vpn, "quantity": "1"}))
    assert cast.dock.sku in words(page)
    refused = await ben.post(f"/part-numbers/{cast.dock.sku}", {"number": cast.hub.sku})
    assert refused.status_code == 422 and "is the SKU of another product" in words(refused)


@rule("BASKET-15")
async def test_a_company_has_a_number_once(ben: Browser, cast: Cast) -> None:
    await ben.post(f"/part-numbers/{cast.dock.sku}", {"number": "A-1"})
    refused = await ben.post(f"/part-numbers/{cast.hub.sku}", {"number": "a1"})
    assert refused.status_code == 422 and f"is your number for {cast.dock.sku}" in words(refused)
    assert 'value="a1"' in refused.text and await numbers(cast.brightbyte) == {cast.dock.sku: "A-1"}


async def test_two_who_take_one_number_at_once_get_it_once(ben: Browser, cast: Cast) -> None:
    answers = await asyncio.gather(
        *(ben.post(f"/part-numbers/{sku}", {"number": "A-1"}) for sku in (cast.dock.sku, cast.hub.sku))
    )
    assert sorted(answer.status_code for answer in answers) == [303, 422]


@rule("BASKET-15")
async def test_no_other_company_meets_it(ben: Browser, browser: Browser, cast: Cast) -> None:
    await ben.post(f"/part-numbers/{cast.dock.sku}", {"number": "CANARY-1"})
    sam = await browser.sign_in(cast.sam)
    assert "CANARY-1" not in (await sam.get("/part-numbers")).text
    assert "CANARY-1" not in (await sam.get(f"/products/{cast.dock.sku}")).text
    assert "CANARY-1" not in (await sam.get("/part-numbers?format=csv")).text
    refused = await sam.post("/baskets/0/lines", {"sku": "CANARY-1", "quantity": "1"}, htmx=True)
    assert refused.status_code == 422
    await sam.post(f"/part-numbers/{cast.hub.sku}", {"number": "CANARY-1"})
    assert await numbers(cast.coastline) == {cast.hub.sku: "CANARY-1"}


async def test_vera_keeps_none(browser: Browser, cast: Cast) -> None:
    vera = await browser.sign_in(cast.vera)
    assert (await vera.get("/part-numbers")).status_code == 403
    assert (await vera.post(f"/part-numbers/{cast.dock.sku}", {"number": "A-1"})).status_code == 403
    assert "Your part number" not in (await vera.get(f"/products/{cast.dock.sku}")).text


async def test_a_number_is_taken_off_and_comes_back(ben: Browser, cast: Cast) -> None:
    await ben.post(f"/part-numbers/{cast.dock.sku}", {"number": "A & 1"})
    page = await ben.follow(await ben.post(f"/part-numbers/{cast.dock.sku}/removal"))
    assert f"“A & 1” is taken off {cast.dock.sku}." in words(page) and await numbers(cast.brightbyte) == {}
    assert (await ben.post(f"/part-numbers/{cast.dock.sku}/removal")).status_code == 404
    assert (await ben.post("/part-numbers/NOSUCH", {"number": "A"})).status_code == 404


@pytest.mark.parametrize("number", ["", "--", "\0", "x" * 61])
async def test_what_is_no_number_is_refused_with_what_was_typed(ben: Browser, cast: Cast, number: str) -> None:
    refused = await ben.post("/part-numbers", {"sku": cast.dock.sku, "number": number})
    assert refused.status_code == 422 and f'value="{cast.dock.sku}"' in refused.text
    assert await numbers(cast.brightbyte) == {}


async def test_in_place_on_the_page_of_the_product(ben: Browser, cast: Cast) -> None:
    await ben.post(f"/part-numbers/{cast.hub.sku}", {"number": "A-1"})
    answer = await ben.post(f"/part-numbers/{cast.dock.sku}", {"number": cast.hub.vpn, "at": "product"}, htmx=True)
    assert "Saved." in words(answer) and f"is the VPN of {cast.hub.sku} too" in words(answer)
    refused = await ben.post(f"/part-numbers/{cast.dock.sku}", {"number": "A-1", "at": "product"}, htmx=True)
    assert refused.status_code == 422 and 'value="A-1"' in refused.text and "<html" not in refused.text
    plain = await ben.post(f"/part-numbers/{cast.dock.sku}", {"number": "D-1", "at": "product"})
    assert plain.headers["Location"].startswith(f"/products/{cast.dock.sku}?")


@rule("BASKET-15")
async def test_a_list_is_loaded_and_its_bad_rows_stay(ben: Browser, cast: Cast) -> None:
    text = f"{HEADING}{cast.dock.sku},D-1\nNOSUCH,X-1\n{cast.hub.vpn},D-1\n{cast.cable.sku},C-1\n"
    page = await ben.post("/part-numbers/imports", {"text": text})
    assert page.status_code == 422 and "2 kept. 2 could not be kept." in words(page), "and no word of none"
    assert "NOSUCH\tX-1" in page.text and "Row Code Number Reason 3 NOSUCH X-1 No product" in words(page)
    assert "Row 2 gives “D-1” to another" in words(page)
    assert await numbers(cast.brightbyte) == {cast.dock.sku: "D-1", cast.cable.sku: "C-1"}


@rule("BASKET-15")
async def test_the_file_of_the_list_loads_again(ben: Browser, cast: Cast) -> None:
    kept = {cast.dock.sku: "=D+1", cast.hub.sku: "007"}
    for sku, number in kept.items():
        await ben.post(f"/part-numbers/{sku}", {"number": number})
    for kind in ("csv", "xlsx"):
        file = await ben.get(f"/part-numbers?format={kind}")
        await sql.run("DELETE FROM part_numbers WHERE company = $1", cast.brightbyte)
        sent = await load(ben, f"n.{kind}", file.content)
        assert sent.headers["Location"] == "/part-numbers?kept=2&same=0"
        assert await numbers(cast.brightbyte) == kept
    rows = list(csv.reader(io.StringIO((await ben.get("/part-numbers?format=csv")).content.decode("utf-8-sig"))))
    assert rows[0] == ["SKU", "VPN", "UPC", "Own part number", "Description"] and "'=D+1" in rows[1] + rows[2]


@rule("BASKET-15")
async def test_a_blank_may_part_the_columns(ben: Browser, cast: Cast) -> None:
    text = f"{cast.dock.vpn} BB-23\n{cast.hub.sku}\tBB dock 7\n{cast.cable.sku}   24\n"
    for sent in (await ben.post("/part-numbers/imports", {"text": text}), await load(ben, "n.txt", text.encode())):
        assert sent.status_code == 303, words(sent)
    kept = {cast.dock.sku: "BB-23", cast.hub.sku: "BB dock 7", cast.cable.sku: "24"}
    assert await numbers(cast.brightbyte) == kept
    assert "3 stood so already." in words(await ben.follow(sent))


async def test_a_code_alone_gets_no_number(ben: Browser, cast: Cast) -> None:
    page = await ben.post("/part-numbers/imports", {"text": f"{HEADING}{cast.dock.sku},D-1\n{cast.hub.sku}\n"})
    assert page.status_code == 422 and "1 kept. 1 could not be kept." in words(page)
    assert await numbers(cast.brightbyte) == {cast.dock.sku: "D-1"}


async def test_what_was_assumed_of_a_file_is_told(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await load(ben, "n.csv", f"{HEADING}{cast.dock.sku},Gerät 1\n".encode("cp1252")))
    assert "1 kept." in words(page) and "it was read as Windows-1252" in words(page)
    page = await load(ben, "n.csv", f"{HEADING}NOSUCH,Gerät 1\n".encode("cp1252"))
    assert page.status_code == 422 and "it was read as Windows-1252" in words(page)


async def test_numbers_change_places_within_one_list(ben: Browser, cast: Cast) -> None:
    await ben.post("/part-numbers/imports", {"text": f"{HEADING}{cast.dock.sku},A-1\n{cast.hub.sku},B-1\n"})
    swapped = await ben.post("/part-numbers/imports", {"text": f"{HEADING}{cast.dock.sku},B-1\n{cast.hub.sku},A-1\n"})
    assert swapped.headers["Location"] == "/part-numbers?kept=2&same=0"
    assert await numbers(cast.brightbyte) == {cast.dock.sku: "B-1", cast.hub.sku: "A-1"}


async def test_a_refused_product_keeps_its_number_from_others(ben: Browser, cast: Cast) -> None:
    await ben.post(f"/part-numbers/{cast.dock.sku}", {"number": "A-1"})
    text = f"{HEADING}{cast.dock.sku},{cast.cable.sku}\n{cast.hub.sku},A-1\n"
    page = await ben.post("/part-numbers/imports", {"text": text})
    assert page.status_code == 422 and f"is your number for {cast.dock.sku}" in words(page)
    assert await numbers(cast.brightbyte) == {cast.dock.sku: "A-1"}


async def test_a_thousand_rows_cost_as_many_statements_as_two(ben: Browser, cast: Cast) -> None:
    spent = []
    for many in (2, 1_000):
        before = sql.statements()
        await ben.post("/part-numbers/imports", {"text": HEADING + "".join(f"NO{n},X{n}\n" for n in range(many))})
        spent.append(sql.statements() - before)
    assert spent[0] == spent[1]


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"", b"%PDF-1.7"])
async def test_what_is_no_list_is_refused_whole(ben: Browser, content: bytes) -> None:
    sent = await load(ben, "n.csv", content)
    assert sent.status_code == 422
