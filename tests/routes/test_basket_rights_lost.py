"""A page of a basket that is open while the right to change or to see it comes and goes (BASKET-5, BASKET-10)."""

import re
from datetime import UTC, datetime

import httpx
import pytest

from app.gate import Gate
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import with_shared
from tests.rules_named import rule

AT = "/baskets/1/revisions"
LINES = "/baskets/1/lines"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await with_shared(browser, cast)


@pytest.fixture
async def dana(portal: Gate, cast: Cast, ben: Browser) -> Browser:
    """Dana, beside Ben, in a browser of her own."""
    return await Browser(portal).sign_in(cast.dana)


async def asked(browser: Browser, edits: int = 1) -> httpx.Response:
    since = await sql.value("SELECT revision FROM baskets WHERE id = 1")
    return await browser.get(f"{AT}?since={since}&edits={edits}", htmx=True)


@rule("BASKET-10")
async def test_it_says_when_the_basket_is_no_longer_theirs_to_change(ben: Browser, dana: Browser, cast: Cast) -> None:
    await dana.post(f"/baskets/1/approvals/{cast.ben.id}/removal")
    answer = await asked(ben)
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reselect"]) == ("#content", "#content")
    assert "You cannot change this basket any more." in words(answer)
    assert len(re.findall(r'<p class="quiet">[^<]*Dana Reyes can change it', answer.text)) == 1
    for control in (f"{LINES}/1", "/removal", 'value="basket"', "Make current", 'name="quantity"'):
        assert control not in answer.text
    assert "data-polls" in answer.text and 'name="edits" value="0"' in answer.text
    assert (await asked(ben, edits=0)).status_code == 204


@rule("BASKET-10", "BASKET-5")
async def test_it_can_be_changed_again_once_its_creator_approves_again(ben: Browser, dana: Browser, cast: Cast) -> None:
    await dana.post(f"/baskets/1/approvals/{cast.ben.id}/removal")
    assert (await asked(ben, edits=0)).status_code == 204
    await dana.post("/baskets/1/approvals", {"user": cast.ben.id})
    answer = await asked(ben, edits=0)
    assert answer.headers["HX-Retarget"] == "#content"
    assert "You can change this basket now." in words(answer) and f'action="{LINES}/1"' in answer.text


@rule("BASKET-10")
async def test_it_says_when_the_basket_is_archived_or_gone(ben: Browser, dana: Browser) -> None:
    await sql.run("UPDATE baskets SET archived_at = $1", datetime.now(UTC))
    assert "is archived" in words(await asked(dana))
    assert (await asked(ben)).status_code == 404
    await sql.run("UPDATE baskets SET archived_at = NULL")
    await dana.post("/baskets/1/removal")
    for browser in (ben, dana):
        assert (await asked(browser)).status_code == 404
