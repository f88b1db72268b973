"""What tests of Quick Order do again and again."""

from collections.abc import Sequence

import httpx

from tests.browser import Browser

LINES = "SELECT product, quantity FROM basket_lines WHERE removed_at IS NULL ORDER BY id"


async def paste(browser: Browser, text: str, basket: object = 1, **more: object) -> httpx.Response:
    return await browser.post("/quick-order", {"basket": basket, "text": text, **more})


def pad(*rows: tuple[str, object]) -> dict[str, Sequence[str]]:
    """The fields of so many rows of the pad."""
    return {"codes": [code for code, _ in rows], "quantities": [str(quantity) for _, quantity in rows]}
