"""PostgreSQL hangs or has no connection free: 503 in bounded time."""

from collections.abc import AsyncIterator

import pytest

from app.rules import basket_lists
from db.conf import DB
from db.postgres import PortalPostgres
from tests.browser import Browser
from tests.cast import Cast
from tests.postgres import free_port


@pytest.fixture
async def impatient(database: str) -> AsyncIterator[None]:
    """Statements end after a fraction of what they have in use."""
    assert isinstance(DB, PortalPostgres)
    settings = DB.config["server_settings"]
    kept = settings["statement_timeout"]
    settings["statement_timeout"] = "200"
    await DB.close_connection_pool()  # the next one opens with this
    yield
    settings["statement_timeout"] = kept


async def refused(browser: Browser, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"


async def test_a_statement_that_hangs_is_ended(
    impatient: None, browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    await browser.sign_in(cast.ben)
    monkeypatch.setattr(basket_lists, "OFFERED", "SELECT pg_sleep(30 + 0 * $1 + 0 * $2)")
    await refused(browser, "/baskets/choices")
    assert (await browser.get("/orders")).status_code == 200
    assert (await browser.get("/healthz")).status_code == 200


async def test_with_every_connection_taken_nobody_waits_for_long(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.postgres.POOL_WAIT_SECONDS", 0.2)
    await browser.sign_in(cast.ben)
    assert isinstance(DB, PortalPostgres)
    pool = await DB.pool_now()
    taken = [await pool.acquire() for _ in range(10)]
    await refused(browser, "/orders")
    assert (await browser.get("/readyz")).status_code == 503
    for connection in taken:
        await pool.release(connection)
    assert (await browser.get("/orders")).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "no-such-host.invalid"])
async def test_an_address_where_nobody_answers_is_a_database_that_is_away(
    browser: Browser, cast: Cast, host: str
) -> None:
    assert isinstance(DB, PortalPostgres)
    await DB.close_connection_pool()
    DB.config["dsn"], right = f"postgresql://tester@{host}:{free_port()}/x", DB.config["dsn"]
    try:
        assert (await browser.get("/products")).status_code == 503
    finally:
        DB.config["dsn"] = right
    assert (await browser.get("/products")).status_code == 200


async def test_a_refused_deed_is_nothing_for_the_log(
    browser: Browser, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    await browser.sign_in(cast.ben)
    assert (await browser.post("/baskets/987654/removal")).status_code == 404
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
