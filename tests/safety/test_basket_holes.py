"""Baskets and Quick Order, in hands that want something else: long lines, names that swell, numbers beyond all."""

import time
from dataclasses import replace
from typing import Any

import pytest

from app.files import code_lists, workbooks
from app.files.number_lists import Numbered
from app.files.spool import Broken
from app.rules import basket_lines, basket_news, baskets, part_number_imports, user_removal
from app.rules.baskets import name_key
from app.rules.privileges import Privilege
from app.rules.refusals import Missing
from app.rules.settings import settings
from app.rules.user_removal import free_name
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.files.test_workbooks import book
from tests.rules_named import rule

SWELLING = "\ufdfa"  # one letter that is compared as eighteen


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.ben)


@rule("BASKET-11")
@pytest.mark.parametrize("ends", [("a", "b"), ("1", "-"), ("a x", "b"), ("4 x", "!")])
def test_a_line_of_blanks_is_read_at_once(ends: tuple[str, str]) -> None:
    started = time.process_time()
    code_lists.read_text((" " * 20_000).join(ends))
    assert time.process_time() - started < 2


@rule("BASKET-11", "BASKET-15")
@pytest.mark.parametrize("row", [b"A,1\n", b"A 1\n"])
def test_a_list_without_end_is_refused_before_it_is_read(row: bytes) -> None:
    with pytest.raises(Broken, match="more than 10,000 rows"):
        code_lists.of_file("parts.csv", row * 1_000_000)
    with pytest.raises(Broken, match="more than 10,000 rows"):
        code_lists.of_text(row.decode() * 50_000)


@rule("BASKET-11")
def test_rows_behind_many_subtotals_are_not_lost_without_a_word() -> None:
    rows: list[list[Any]] = [["SKU", "Qty", "Sum"], *([["A", 1, 2], ["", "", 3]] * 6_000)]
    with pytest.raises(Broken, match="more than 10,000 rows"):
        code_lists.read_file("parts.xlsx", book(rows))


@rule("BASKET-6", "BASKET-12")
async def test_a_name_that_swells_is_copied_twice(ben: Browser, cast: Cast) -> None:
    made = await ben.post("/baskets", {"name": SWELLING * 10})
    for _ in range(2):
        assert (await ben.post(f"{made.headers['Location'].partition('?')[0]}/copies")).status_code == 303
    assert await sql.value("SELECT count(DISTINCT name_key) FROM baskets WHERE owner = $1", cast.ben.id) == 3


@rule("USER-2")
def test_a_name_that_swells_is_handed_over() -> None:
    name = SWELLING * 10
    made = free_name(name, "Ben Ito", {name_key(name)})
    assert made == f"{name} (from Ben Ito)"


@rule("BASKET-15")
async def test_a_number_that_swells_is_refused(ben: Browser, cast: Cast) -> None:
    page = await ben.post(f"/part-numbers/{cast.dock.sku}", {"number": SWELLING * 5})
    assert page.status_code == 422 and "too long" in words(page)


@rule("BASKET-15")
def test_numbers_shifted_by_one_row_are_refused_at_once() -> None:
    now = {at: {"number": f"n{at}", "number_key": f"N{at}", "sku": f"S{at}", "name": "Dock"} for at in range(4_001)}
    wished = {at: (Numbered(at, f"S{at}", f"n{at + 1}"), f"n{at + 1}") for at in range(4_000)}
    outcome, started = part_number_imports.Outcome(), time.process_time()
    assert part_number_imports._changed(wished, now, {}, outcome) == {}
    assert time.process_time() - started < 2 and len(outcome.refused) == 4_000


@pytest.mark.parametrize("address", ["http://[", "//[::1", "/products?q=[", "//evil.example/products?q=a"])
async def test_an_address_that_is_none_fails_nothing(ben: Browser, cast: Cast, address: str) -> None:
    added = await ben.post("/baskets/0/lines", {"sku": cast.dock.sku, "quantity": "1"})
    basket = added.headers["Location"].partition("?")[0]
    asked = {"csrf": ben.csrf, "sku": cast.dock.sku, "back": address, "address": address, "name": "A", "at": "list"}
    for header in ("Referer", "HX-Current-URL"):
        for path in (f"{basket}/lines", "/favourites/basket", "/searches"):
            answer = await ben.http.post(path, data=asked, headers={header: address})
            assert answer.status_code in (303, 422) and "evil" not in answer.headers.get("Location", "")
        assert (await ben.http.post(f"{basket}/lines", data={"csrf": "x"}, headers={header: address})).status_code < 500
        assert (await ben.http.get("/baskets/choices", headers={header: address})).status_code == 200
        assert (await ben.http.get(f"{basket}/revisions?since=0", headers={header: address})).status_code == 303


@rule("BASKET-8", "BASKET-9")
async def test_the_undo_of_a_replacement_goes_beyond_no_limit(
    ben: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (basket_lines, basket_news):
        monkeypatch.setattr(module, "settings", replace(settings, max_basket_lines=2))
    for goods in (cast.discontinued, cast.dock):
        await ben.post("/baskets/0/lines", {"sku": goods.sku, "quantity": "1"})
    answer = await ben.post("/baskets/1/lines/1/replacement")
    revision = answer.headers["Location"].partition("replaced=")[2]
    assert (await ben.post("/baskets/1/lines", {"sku": cast.hub.sku, "quantity": "1"})).status_code == 303
    assert (await ben.post("/baskets/1/replacements/removal", {"revision": revision})).status_code == 422
    kept = await sql.rows("SELECT product, quantity FROM basket_lines WHERE removed_at IS NULL ORDER BY id")
    assert [tuple(row.values()) for row in kept] == [(cast.dock.id, 2), (cast.hub.id, 1)]


@rule("BASKET-6", "BASKET-13")
async def test_an_archived_basket_takes_no_other_name_and_nobody_new(ben: Browser, cast: Cast) -> None:
    await ben.post("/baskets", {"name": "Fit-out", "visibility": "shared"})
    await ben.post("/baskets/1/approvals", {"user": cast.dana.id})
    await ben.post("/baskets/1/archive")
    before = await sql.row("SELECT * FROM baskets")
    for path, typed in (
        ("/baskets/1", {"name": "Another", "note": "Changed", "home_warehouse": 2, "visibility": "public"}),
        ("/baskets/1/approvals", {"user": cast.vera.id}),
        (f"/baskets/1/approvals/{cast.dana.id}/removal", {}),
    ):
        assert (await ben.post(path, typed)).status_code == 403, path
    assert await sql.row("SELECT * FROM baskets") == before
    assert await sql.value("SELECT count(*) FROM basket_approvals") == 1


@rule("BASKET-3", "BASKET-4")
async def test_a_reader_learns_nothing_of_what_was_removed(ben: Browser, browser: Browser, cast: Cast) -> None:
    await ben.post("/baskets", {"name": "Secret", "visibility": "private"})
    for goods in (cast.dock, cast.scarce):
        await ben.post("/baskets/1/lines", {"sku": goods.sku, "quantity": "3"})
    await ben.post("/baskets/1/lines/2/removal")
    await ben.post("/baskets/1", {"visibility": "public"})
    await browser.sign_in(cast.dana)
    told = await browser.get("/baskets/1/revisions?since=0", htmx=True)
    assert "Ben Ito removed a line" in words(told)
    assert cast.scarce.vpn not in told.text and cast.scarce.sku not in told.text


@rule("BASKET-11")
def test_one_row_of_a_workbook_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_KEPT", 1_000)
    high = code_lists.read_file("parts.xlsx", book([["A", 1]] * 2_000))
    assert len(high.rows) == 2_000
    with pytest.raises(Broken, match="too large"):
        code_lists.read_file("parts.xlsx", book([["A"] * 2_000]))


@rule("BASKET-11")
def test_blank_sheets_of_a_workbook_take_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_LOOKED_AT", 50)
    blank: list[list[Any]] = [[None]] * 29 + [[""]]
    assert len(code_lists.read_file("parts.xlsx", book(blank, [["A", 1]])).rows) == 1
    with pytest.raises(Broken, match="more rows"):
        code_lists.read_file("parts.xlsx", book(blank, blank, [["A", 1]]))


@rule("BASKET-10", "BASKET-11")
async def test_a_sheet_writes_over_nothing_that_came_since(ben: Browser, cast: Cast) -> None:
    for goods in (cast.dock, cast.hub):
        await ben.post("/baskets/0/lines", {"sku": goods.sku, "quantity": "5"})
    sent = {"basket": "1", "text": f"{cast.dock.sku} 2\n{cast.hub.sku} 2", "add": "1"}
    sheet = (await ben.post("/quick-order", sent)).headers["Location"].partition("?")[0]
    await ben.post("/baskets/1/lines/1", {"quantity": "40"})
    kept = "SELECT quantity FROM basket_lines WHERE removed_at IS NULL ORDER BY id"
    for typed, hub in (({}, 2), ({}, 2), ({"undo": "1"}, 7)):
        assert (await ben.post(f"{sheet}/replacement", typed)).status_code == 303
        assert [row["quantity"] for row in await sql.rows(kept)] == [40, hub]
    await ben.post("/baskets/1/lines/2/removal")
    page = await ben.post(f"{sheet}/replacement")
    assert page.status_code == 422 and "stay as they are" in words(page)
    assert [row["quantity"] for row in await sql.rows(kept)] == [40]


@rule("USER-2")
async def test_no_basket_is_made_behind_a_deletion(ben: Browser, cast: Cast) -> None:
    by = cast.ben.viewer(privileges=frozenset({str(Privilege.USE_BASKETS)}))
    await user_removal.remove(cast.ben.id, cast.dana.viewer(is_administrator=True))
    with pytest.raises(Missing):
        await baskets.create("Left behind", "public", "", by)
    assert await sql.value("SELECT count(*) FROM baskets") == 0
