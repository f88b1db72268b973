"""The database goes away, hangs or is full: plain words and 503, and all is well again by itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from db import sql
from db.conf import DB
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of, reviewed
from tests.conftest import CLUSTER, FOLDER


@asynccontextmanager
async def database_away() -> AsyncIterator[None]:
    """The server is stopped, or the file cannot be opened."""
    if CLUSTER:
        CLUSTER.stop()
        try:
            yield
        finally:
            CLUSTER.start()
    else:
        path = DB.path  # type: ignore[union-attr]
        await DB.close_connection_pool()
        DB.path = str(FOLDER)  # type: ignore[union-attr] # a folder is no database
        try:
            yield
        finally:
            DB.path = path  # type: ignore[union-attr]
            await DB.close_connection_pool()


async def test_without_a_database_the_portal_says_so_and_recovers(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    assert (await browser.get("/baskets")).status_code == 200
    async with database_away():
        for answer in (await browser.get("/baskets"), await browser.post("/baskets", {"name": "x"})):
            assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
            assert "busy" in words(answer) and "Traceback" not in answer.text
        piece = await browser.get("/products?q=dock", htmx=True)
        assert piece.status_code == 503 and "<html" not in piece.text
        browser.sign_out()
        assert (await browser.get("/healthz")).status_code == 200
        assert (await browser.get("/readyz")).status_code == 503
        assert (await browser.get("/products")).status_code == 503
    await browser.sign_in(cast.ben)
    assert (await browser.get("/readyz")).status_code == 200
    for _ in range(12):
        assert (await browser.get("/baskets")).status_code in {200, 503}
    assert (await browser.get("/baskets")).status_code == 200


async def test_an_order_while_the_database_is_away_is_no_order(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    sent = await reviewed(browser, basket)
    async with database_away():
        assert (await browser.post(f"/baskets/{basket}/order", sent)).status_code == 503
    assert await sql.value("SELECT count(*) FROM orders") == 0
    assert (await browser.post(f"/baskets/{basket}/order", sent)).status_code == 303
    assert await sql.value("SELECT count(*) FROM orders") == 1
