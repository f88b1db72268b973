"""What others change of a basket while somebody looks at it, and two who change the same line (BASKET-10)."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from app.gate import Gate
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import with_shared
from tests.rules_named import rule

AT = "/baskets/1/revisions"
REVISION = "SELECT revision FROM baskets WHERE id = 1"
LINES = "/baskets/1/lines"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await with_shared(browser, cast)


@pytest.fixture
async def dana(portal: Gate, cast: Cast, ben: Browser) -> Browser:
    """Dana, beside Ben, in a browser of her own."""
    return await Browser(portal).sign_in(cast.dana)


async def asked(browser: Browser, since: int, **more: object) -> httpx.Response:
    query = "&".join(f"{name}={value}" for name, value in {"since": since, "edits": 1, **more}.items())
    return await browser.get(f"{AT}?{query}", htmx=True)


@rule("BASKET-10")
async def test_a_colleagues_changes_come_with_rows_sums_and_words(ben: Browser, dana: Browser, cast: Cast) -> None:
    since = await sql.value(REVISION)
    assert (await asked(ben, since)).status_code == 204
    await dana.post(f"{LINES}/1", {"quantity": 4})
    await dana.post(LINES, {"sku": cast.hub.sku, "quantity": 3})
    answer = await asked(ben, since)
    assert answer.status_code == 200
    assert f"Dana Reyes changed {cast.dock.vpn} to 4. Dana Reyes added 3 × {cast.hub.vpn}." in words(answer)
    for part in ('data-hx-target="#line-1"', ":not(:has(#line-2))", 'id="basket-1-summary"', f'value="{since + 2}"'):
        assert part in answer.text
    assert (await asked(ben, since + 2)).status_code == 204


@rule("BASKET-10")
async def test_ones_own_changes_are_not_told(ben: Browser) -> None:
    since = await sql.value(REVISION)
    await ben.post(f"{LINES}/1", {"quantity": 4})
    assert (await asked(ben, since)).status_code == 204


@rule("BASKET-10")
async def test_a_row_that_somebody_types_in_is_told_of_beside_it(ben: Browser, dana: Browser, cast: Cast) -> None:
    since = await sql.value(REVISION)
    await dana.post(f"{LINES}/1", {"quantity": 4})
    held = await asked(ben, since, held="line-1")
    assert f"Dana Reyes changed {cast.dock.vpn} to 4 meanwhile. What you type stays." in words(held)
    assert 'data-hx-target="#line-1"' not in held.text and 'name="quantity"' not in held.text
    again = await asked(ben, since + 1, again="line-1")
    assert 'data-hx-target="#line-1"' in again.text and 'value="4"' in again.text


@rule("BASKET-10")
async def test_a_removed_row_goes_and_stays_where_somebody_types(ben: Browser, dana: Browser, cast: Cast) -> None:
    since = await sql.value(REVISION)
    await dana.post(f"{LINES}/1/removal")
    answer = await asked(ben, since)
    assert 'data-hx-target="#line-1" data-hx-swap="delete"' in answer.text
    assert f"Dana Reyes removed {cast.dock.vpn}" in words(answer)
    held = await asked(ben, since, held="line-1")
    assert 'data-hx-target="#line-1" data-hx-swap="delete"' not in held.text
    assert "What you type stays." in words(held)


@rule("BASKET-10")
async def test_nothing_new_is_one_statement(ben: Browser) -> None:
    since = await sql.value(REVISION)
    await asked(ben, since)
    before = sql.statements()
    assert (await asked(ben, since)).status_code == 204
    assert sql.statements() - before == 2  # with the one that says who asks


@rule("BASKET-10", "BASKET-4")
async def test_a_stranger_sees_no_revision_and_who_has_no_baskets_none(ben: Browser, cast: Cast) -> None:
    await ben.sign_in(cast.sam)
    stranger = await asked(ben, 0)
    missing = await ben.get("/baskets/987654/revisions?since=0&edits=1", htmx=True)
    assert stranger.status_code == missing.status_code == 404 and stranger.content == missing.content
    await ben.sign_in(cast.vera)
    assert (await asked(ben, 0)).status_code == 403


@rule("BASKET-10")
async def test_only_baskets_that_others_change_are_watched(ben: Browser, dana: Browser, cast: Cast) -> None:
    assert "data-polls" in (await ben.get("/baskets/1")).text
    await ben.post("/baskets", {"name": "Mine", "visibility": "private"})
    assert "data-polls" not in (await ben.get("/baskets/2")).text
    await ben.post("/baskets/2", {"visibility": "public"})
    assert "data-polls" not in (await ben.get("/baskets/2")).text
    assert "data-polls" in (await dana.get("/baskets/2")).text


@rule("BASKET-10", "WEB-2")
async def test_without_scripts_it_leads_to_the_page(ben: Browser, dana: Browser) -> None:
    await dana.post(f"{LINES}/1", {"quantity": 4})
    answer = await ben.get(f"{AT}?since=0&edits=1")
    assert answer.headers["Location"] == "/baskets/1"
    assert 'value="4"' in (await ben.follow(answer)).text


@rule("BASKET-10", "LOGIN-9")
async def test_a_page_that_asks_by_itself_keeps_no_session_alive(ben: Browser) -> None:
    before = datetime.now(UTC) - timedelta(minutes=20)
    await sql.run("UPDATE sessions SET last_seen_at = $1", before)
    assert (await asked(ben, 0)).status_code == 200
    assert await sql.value("SELECT count(*) FROM sessions WHERE last_seen_at > $1", before) == 0
    await ben.get("/baskets/1")
    assert await sql.value("SELECT count(*) FROM sessions WHERE last_seen_at > $1", before) == 1


@rule("BASKET-10", "PRICE-1")
async def test_no_price_comes_to_who_sees_none(ben: Browser, dana: Browser) -> None:
    await sql.run("DELETE FROM user_privileges WHERE privilege IN ('see_prices', 'see_availability')")
    await dana.post(f"{LINES}/1", {"quantity": 4})
    answer = await asked(ben, 0)
    assert answer.status_code == 200 and "312.40" not in answer.text and "ship now" not in answer.text
