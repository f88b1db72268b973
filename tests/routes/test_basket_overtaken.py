"""Two people at one line at one time: nothing of either is written over (BASKET-10)."""

import pytest

from app.gate import Gate
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import with_shared
from tests.rules_named import rule

LINES = "/baskets/1/lines"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await with_shared(browser, cast)


@pytest.fixture
async def dana(portal: Gate, cast: Cast, ben: Browser) -> Browser:
    """Dana, beside Ben, in a browser of her own."""
    return await Browser(portal).sign_in(cast.dana)


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
        assert 'value="7RK2Q4"' in answer.text and 'value="7"' in answer.text  # ready to be added again
        assert ("Add 7 again" in words(answer)) is htmx
    assert (await ben.post(LINES, {"sku": cast.dock.sku, "quantity": 7, "at": "basket"}, htmx=True)).status_code == 200
    assert await sql.rows("SELECT quantity, removed_at FROM basket_lines") == [{"quantity": 7, "removed_at": None}]


@rule("BASKET-10")
async def test_a_basket_deleted_while_a_colleague_has_it_open_takes_nothing(ben: Browser, dana: Browser) -> None:
    await dana.post("/baskets/1/removal")
    for address, fields in ((f"{LINES}/1", {"quantity": 7, "version": 1}), (f"{LINES}/1/removal", {}), (LINES, {})):
        answer = await ben.post(address, {"sku": "7RK2Q4", "quantity": 1, **fields}, htmx=True)
        assert answer.status_code == 404
    assert await sql.value("SELECT quantity FROM basket_lines") == 2
