"""What changes while a line waits: its basket is deleted, a privilege or a certification ends (fault 12)."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import QUANTITY, add, with_basket
from tests.rules_named import rule

CHANGES: Sequence[tuple[str, dict[str, object]]] = (
    ("/lines", {"sku": "7RK2Q4", "quantity": 1, "at": "basket"}),
    ("/lines/1", {"quantity": 2}),
    ("/lines/1/removal", {}),
    ("/lines/removal", {"line": 1}),
    ("/lines/moves", {"line": 1, "to": "new"}),
)


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with four docks in basket 1, which Dana may change too."""
    await with_basket(browser, cast)
    await add(browser, cast.dock.sku, 4)
    await sql.run("UPDATE baskets SET visibility = 'shared' WHERE id = 1")
    approve = 'INSERT INTO basket_approvals (basket, "user", approved_at) VALUES (1, $1, $2)'
    await sql.run(approve, cast.dana.id, datetime.now(UTC))
    return browser


@rule("BASKET-10")
@pytest.mark.parametrize("htmx", [False, True])
async def test_a_basket_deleted_meanwhile_takes_nothing(ben: Browser, cast: Cast, htmx: bool) -> None:
    await ben.post("/baskets/1/removal")
    await ben.sign_in(cast.dana)
    for path, fields in CHANGES:
        assert (await ben.post(f"/baskets/1{path}", fields, htmx=htmx)).status_code == 404
    await ben.sign_in(cast.ben)
    await ben.post("/baskets/1/restoration")
    assert await sql.rows(QUANTITY) == [{"quantity": 4}]


@rule("BASKET-10")
async def test_a_line_that_went_in_before_the_deletion_comes_back_with_the_basket(ben: Browser, cast: Cast) -> None:
    adds = [add(ben, cast.cable.sku, 5) for _ in range(4)]
    answers = await asyncio.gather(*adds[:2], ben.post("/baskets/1/removal"), *adds[2:])
    taken = [answer.status_code for answer in (*answers[:2], *answers[3:])]
    assert set(taken) <= {303, 404}
    await ben.post("/baskets/1/restoration")
    cables = await sql.value("SELECT sum(quantity) FROM basket_lines WHERE product = $1", cast.cable.id)
    assert (cables or 0) == 5 * taken.count(303)


@rule("BASKET-1", "USER-4")
async def test_a_privilege_taken_between_two_clicks_counts_at_the_second(ben: Browser, cast: Cast) -> None:
    assert (await ben.get("/baskets/1")).status_code == 200
    await sql.run("""DELETE FROM user_privileges WHERE "user" = $1 AND privilege = 'use_baskets'""", cast.ben.id)
    for path, fields in CHANGES:
        answer = await ben.post(f"/baskets/1{path}", fields)
        assert answer.status_code == 403
        assert "Dana Reyes" in words(answer)
    assert await sql.rows(QUANTITY) == [{"quantity": 4}]


@rule("CERT-1", "BASKET-8")
async def test_a_line_whose_certification_ends_is_marked_and_stops_the_check_out(ben: Browser, cast: Cast) -> None:
    certify = "UPDATE products SET certification = (SELECT min(id) FROM certifications) WHERE id = $1"
    hold = """INSERT INTO company_certifications (company, certification, valid_to)
        VALUES ($1, (SELECT min(id) FROM certifications), $2)"""
    await sql.run("DELETE FROM company_certifications WHERE company = $1", cast.brightbyte)
    today = datetime.now(UTC).date()
    await sql.run(hold, cast.brightbyte, today + timedelta(days=9))
    await sql.run(certify, cast.cable.id)
    assert (await add(ben, cast.cable.sku, 5)).status_code == 303
    await sql.run("UPDATE company_certifications SET valid_to = $1", today - timedelta(days=9))
    page = await ben.get("/baskets/1?only=obstacles")
    assert "Needs the certification" in words(page)
    assert "1 of 2 lines; the sums are of all lines" in words(page)
    assert 'href="/baskets/1/order"' not in page.text
    order = {"po_number": "77", "token": "a" * 20, "confirm": "1"}
    assert (await ben.post("/baskets/1/order", order)).status_code in (403, 409, 422)
    assert await sql.value("SELECT count(*) FROM orders") == 0
    refused = await ben.post("/baskets/1/lines/2", {"quantity": 10})
    assert refused.status_code == 422
    assert "Needs the certification" in words(refused)
    assert (await ben.post("/baskets/1/lines/2", {"note": "wait"})).status_code == 303
    moved = await ben.post("/baskets/1/lines/moves", {"line": 2, "to": "new"})
    assert moved.status_code == 422
    assert "Needs the certification" in words(moved)
