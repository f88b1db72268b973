"""The SQLite file is locked by another process, or its disk is full: writing is refused with 503, reading goes on."""

import sqlite3

import pytest

from db import sql
from db import sqlite as engine
from db.conf import DB
from db.sqlite import PortalSQLite
from tests.browser import Browser
from tests.cast import Cast
from tests.safety.digest import digest

NEW = {"name": "Fit-out", "visibility": "private", "note": "x" * 900}


@pytest.fixture
async def impatient(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer waits a tenth of a second for the file."""
    quick = tuple(line.replace("10000", "100") for line in engine.PRAGMAS)
    monkeypatch.setattr(engine, "PRAGMAS", quick)
    await DB.close_connection_pool()  # the next one opens with these


async def refused(browser: Browser) -> None:
    answer = await browser.post("/baskets", NEW)
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"


async def test_while_another_process_holds_the_file_reading_goes_on(
    impatient: None, browser: Browser, cast: Cast
) -> None:
    await browser.sign_in(cast.ben)
    other = sqlite3.connect(DB.path)  # type: ignore[union-attr]
    other.execute("BEGIN IMMEDIATE")
    await refused(browser)
    assert (await browser.get("/products")).status_code == 200
    other.close()
    assert (await browser.post("/baskets", NEW)).status_code == 303


async def test_on_a_full_disk_reading_goes_on_and_writing_heals(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    assert isinstance(DB, PortalSQLite)
    writer = (await DB.pool_now()).writer
    await writer.execute("PRAGMA max_page_count=1")  # no more pages than there are
    statuses = [(await browser.post("/baskets", {**NEW, "name": f"B{number}"})).status_code for number in range(60)]
    assert statuses[-1] == 503 and set(statuses) <= {303, 503}
    assert await sql.value("SELECT count(*) FROM baskets") == statuses.count(303)
    before = await digest()
    await refused(browser)
    assert await digest() == before and (await browser.get("/baskets")).status_code == 200
    await writer.execute("PRAGMA max_page_count=1073741823")
    assert (await browser.post("/baskets", NEW)).status_code == 303
