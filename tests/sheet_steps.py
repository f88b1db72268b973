"""What tests of Quick Order do again and again."""

from collections.abc import Sequence

import httpx

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast

LINES = "SELECT product, quantity FROM basket_lines WHERE removed_at IS NULL ORDER BY id"


async def bens(browser: Browser, cast: Cast) -> Browser:
    """Ben with a current basket, number 1."""
    await browser.sign_in(cast.ben)
    assert (await browser.post("/baskets", {"name": "Fit-out", "visibility": "private"})).status_code == 303
    await browser.post("/baskets/1/current")
    return browser


async def paste(browser: Browser, text: str, basket: object = 1, **more: object) -> httpx.Response:
    return await browser.post("/quick-order", {"basket": basket, "text": text, **more})


async def sheet_of(browser: Browser, text: str, basket: object = 1) -> str:
    """The address of a new sheet."""
    answer = await paste(browser, text, basket)
    assert answer.status_code == 303, words(answer)
    return str(answer.headers["Location"])


def pad(*rows: tuple[str, object]) -> dict[str, Sequence[str]]:
    """The fields of so many rows of the pad."""
    return {"codes": [code for code, _ in rows], "quantities": [str(quantity) for _, quantity in rows]}


async def lines() -> dict[int, int]:
    """What the baskets hold, by product."""
    return {row["product"]: row["quantity"] for row in await sql.rows(LINES)}
