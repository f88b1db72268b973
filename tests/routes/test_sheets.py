"""Quick Order: typed, pasted and loaded rows, of which the good ones go to a basket (BASKET-11)."""

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule
from tests.sheet_steps import LINES, paste

pytestmark = rule("BASKET-11")


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with a current basket, number 1."""
    await browser.sign_in(cast.ben)
    assert (await browser.post("/baskets", {"name": "Fit-out", "visibility": "private"})).status_code == 303
    await browser.post("/baskets/1/current")
    return browser


async def test_good_rows_go_and_bad_ones_stay(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await paste(ben, f"{cast.dock.sku}\t2\nNOPE-1\t3\n{cast.hub.vpn}\t1"))
    assert "2 rows are good, 1 is not" in words(page) and "NOPE-1" in page.text
    page = await ben.follow(await ben.post("/quick-order/1/basket", {"basket": 1}))
    assert "2 rows added to “Fit-out”" in words(page) and 'value="NOPE-1"' in page.text
    assert await sql.rows(LINES) == [
        {"product": cast.dock.id, "quantity": 2},
        {"product": cast.hub.id, "quantity": 1},
    ]
