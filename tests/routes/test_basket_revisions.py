"""What others change of a basket while somebody looks at it, and two who change the same line (BASKET-10)."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from app.gate import Gate
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule

AT = "/baskets/1/revisions"
REVISION = "SELECT revision FROM baskets WHERE id = 1"
LINES = "/baskets/1/lines"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben, who may change Dana's shared basket, number 1, with two docks, line 1."""
    await browser.sign_in(cast.dana)
    await browser.post("/baskets", {"name": "Fit-out", "visibility": "shared"})
    await browser.post("/baskets/1/approvals", {"user": cast.ben.id})
    await browser.post(LINES, {"sku": cast.dock.sku, "quantity": 2})
    return await browser.sign_in(cast.ben)


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


@rule("BASKET-10")
async def test_it_says_when_the_basket_is_no_longer_theirs_to_change(ben: Browser, dana: Browser, cast: Cast) -> None:
    since = await sql.value(REVISION)
    await dana.post(f"/baskets/1/approvals/{cast.ben.id}/removal")
    answer = await asked(ben, since)
    assert "Dana Reyes can change it" in words(answer) and "data-polls" not in answer.text
    assert 'data-hx-target="#basket-1-live" data-hx-swap="delete"' in answer.text  # it asks no more
    assert (await asked(ben, since, edits=0)).status_code == 204


@rule("BASKET-10")
async def test_it_says_when_the_basket_is_archived_or_gone(ben: Browser, dana: Browser) -> None:
    since = await sql.value(REVISION)
    await sql.run("UPDATE baskets SET archived_at = $1", datetime.now(UTC))
    assert "is archived" in words(await asked(dana, since))
    assert (await asked(ben, since)).status_code == 404
    await sql.run("UPDATE baskets SET archived_at = NULL")
    await dana.post("/baskets/1/removal")
    for browser in (ben, dana):
        assert (await asked(browser, since)).status_code == 404


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


@rule("BASKET-10")
async def test_two_quantities_at_one_time_are_shown_side_by_side(ben: Browser, dana: Browser) -> None:
    """Fault 12."""
    await dana.post(f"{LINES}/1", {"quantity": 4, "version": 1})
    for htmx in (True, False):
        answer = await ben.post(f"{LINES}/1", {"quantity": 7, "version": 1, "was": 2}, htmx=htmx)
        assert answer.status_code == 409
        assert "the quantity is 4 now, and you typed 7" in words(answer)
    assert await sql.value("SELECT quantity FROM basket_lines") == 4


@rule("BASKET-10")
async def test_a_note_and_a_quantity_of_one_moment_both_stand(ben: Browser, dana: Browser) -> None:
    """The form of a line sends both: only what was changed in it counts."""
    await dana.post(f"{LINES}/1", {"quantity": 4, "note": "", "version": 1, "was": 2, "was_note": ""})
    fields = {"quantity": 2, "note": "desk 301", "version": 1, "was": 2, "was_note": ""}
    assert (await ben.post(f"{LINES}/1", fields)).status_code == 303
    assert await sql.row("SELECT quantity, note FROM basket_lines") == {"quantity": 4, "note": "desk 301"}
    again = {"quantity": 5, "note": "", "version": 2, "was": 4, "was_note": ""}
    assert (await dana.post(f"{LINES}/1", again, htmx=True)).status_code == 200
    assert await sql.row("SELECT quantity, note FROM basket_lines") == {"quantity": 5, "note": "desk 301"}


@rule("BASKET-10")
async def test_two_notes_at_one_time_are_shown_side_by_side(ben: Browser, dana: Browser) -> None:
    await dana.post(f"{LINES}/1", {"note": "desk 302", "version": 1, "was_note": ""})
    answer = await ben.post(f"{LINES}/1", {"note": "desk 301", "version": 1, "was_note": ""}, htmx=True)
    assert answer.status_code == 409 and "the note is “desk 302” now" in words(answer)


@rule("BASKET-10")
async def test_what_somebody_changed_meanwhile_is_shown_and_not_removed(ben: Browser, dana: Browser) -> None:
    await dana.post(f"{LINES}/1", {"quantity": 4, "version": 1})
    for htmx in (True, False):
        answer = await ben.post(f"{LINES}/1/removal", {"version": 1}, htmx=htmx)
        assert answer.status_code == 409 and "the quantity is 4 now" in words(answer)
    assert (await ben.post(f"{LINES}/1/removal", {"version": 2})).status_code == 303
    assert await sql.value("SELECT count(*) FROM basket_lines WHERE removed_at IS NULL") == 0


@rule("BASKET-10")
async def test_a_line_removed_while_a_colleague_types_is_said_with_what_was_typed(
    ben: Browser, dana: Browser, cast: Cast
) -> None:
    await dana.post(f"{LINES}/1/removal")
    for htmx in (True, False):
        answer = await ben.post(f"{LINES}/1", {"quantity": 7, "version": 1, "was": 2}, htmx=htmx)
        assert answer.status_code == 409
        assert f"Dana Reyes removed {cast.dock.vpn} in the meantime. You typed 7." in words(answer)


@rule("BASKET-10")
async def test_a_basket_deleted_while_a_colleague_has_it_open_takes_nothing(ben: Browser, dana: Browser) -> None:
    await dana.post("/baskets/1/removal")
    for address, fields in ((f"{LINES}/1", {"quantity": 7, "version": 1}), (f"{LINES}/1/removal", {}), (LINES, {})):
        answer = await ben.post(address, {"sku": "7RK2Q4", "quantity": 1, **fields}, htmx=True)
        assert answer.status_code == 404
    assert await sql.value("SELECT quantity FROM basket_lines") == 2
