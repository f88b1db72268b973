"""Baskets are put away by hand, and come back for a day (BASKET-13)."""

from datetime import UTC, datetime, timedelta

import pytest

from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of, filled
from tests.routes.basket_steps import ACTIVE, fill, make
from tests.rules_named import rule

pytestmark = rule("BASKET-13")
STATE = "SELECT archived_at IS NULL AS open FROM baskets WHERE id = 1"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with four docks in basket 1, Fit-out 1."""
    await basket_of(cast.ben, (cast.dock, 4))
    await sql.run("UPDATE baskets SET name = 'Fit-out', name_key = 'fit-out'")
    await browser.sign_in(cast.ben)
    return browser


@pytest.mark.parametrize("htmx", [False, True])
async def test_ben_archives_a_basket_and_has_it_back(ben: Browser, htmx: bool) -> None:
    after = await ben.follow(await ben.post("/baskets/1/archive", htmx=htmx))
    assert "“Fit-out” is archived." in words(after)
    assert 'action="/baskets/1/archive/removal"' in after.text
    assert 'href="/baskets/1"' not in after.text
    page = words(await ben.get("/baskets/1"))
    assert "Archived by Ben Ito," in page
    assert "ordered" not in page.partition("Fit-out")[2]
    refused = await ben.post("/baskets/1/lines", {"sku": "7RK2Q4", "quantity": 1})
    assert refused.status_code == 403
    assert "is archived, as Ben Ito archived it" in words(refused)
    back = await ben.follow(await ben.post("/baskets/1/archive/removal", htmx=htmx))
    assert "“Fit-out” is back." in words(back)
    assert "Add line" in words(back)


async def test_archiving_twice_and_bringing_back_twice_change_nothing(ben: Browser) -> None:
    await ben.post("/baskets/1/archive")
    before = await sql.row("SELECT archived_at, archived_by FROM baskets")
    assert (await ben.post("/baskets/1/archive")).status_code == 303
    assert await sql.row("SELECT archived_at, archived_by FROM baskets") == before
    for _ in range(2):
        assert (await ben.post("/baskets/1/archive/removal")).status_code == 303
    assert await sql.row("SELECT archived_at, archived_by FROM baskets") == {"archived_at": None, "archived_by": None}


async def test_an_archived_basket_comes_back_for_a_day_and_stays_readable(ben: Browser) -> None:
    await ben.post("/baskets/1/archive")
    await sql.run("UPDATE baskets SET archived_at = $1", datetime.now(UTC) - timedelta(hours=25))
    refused = await ben.post("/baskets/1/archive/removal")
    assert refused.status_code == 403
    assert "Copy it instead" in words(refused)
    page = await ben.get("/baskets/1")
    assert "Archiving can be undone for 24 hours" in words(page)
    assert 'action="/baskets/1/archive/removal"' not in page.text
    assert (await ben.post("/baskets/1/copies")).status_code == 303


async def test_an_ordered_basket_is_copied_and_never_brought_back(ben: Browser) -> None:
    answer = await ben.post("/baskets/1/order", {**await filled(ben, 1), "confirm": "1"})
    assert answer.status_code == 303
    refused = await ben.post("/baskets/1/archive/removal")
    assert refused.status_code == 403
    assert "It was ordered, and cannot be brought back" in words(refused)
    assert "It was ordered, and cannot be brought back" in words(await ben.get("/baskets/1"))
    assert "ordered as" in words(await ben.get("/baskets?show=archived"))
    copy = await ben.follow(await ben.post("/baskets/1/copies"))
    assert "is a copy of “Fit-out”" in words(copy)


@rule("BASKET-2")
async def test_archiving_makes_room_and_coming_back_needs_it(ben: Browser, cast: Cast) -> None:
    await fill(cast.ben.id, cast.brightbyte, settings.max_active_baskets - 1)
    assert (await ben.post("/baskets", {"name": "One more", "visibility": "private"})).status_code == 422
    await ben.post("/baskets/1/archive")
    await make(ben, "One more")
    refused = await ben.post("/baskets/1/archive/removal")
    assert refused.status_code == 422
    assert "Order, archive or delete one" in words(refused)
    assert not (await sql.row(STATE) or {})["open"]
    page = await ben.get("/baskets/1")
    assert 'action="/baskets/1/archive/removal"' not in page.text
    assert await sql.value(f"{ACTIVE} AND archived_at IS NULL", cast.ben.id) == settings.max_active_baskets


@rule("BASKET-2")
async def test_undoing_the_deletion_of_an_archived_one_needs_no_room(ben: Browser, cast: Cast) -> None:
    await ben.post("/baskets/1/archive")
    await ben.post("/baskets/1/removal")
    await fill(cast.ben.id, cast.brightbyte, settings.max_active_baskets)
    back = await ben.follow(await ben.post("/baskets/1/restoration"))
    assert "Archived by Ben Ito" in words(back)


@rule("BASKET-7")
async def test_an_archived_basket_is_not_the_current_one(ben: Browser, cast: Cast) -> None:
    await ben.post("/baskets/1/current")
    await ben.post("/baskets/1/archive")
    assert (await ben.post("/baskets/1/current")).status_code == 403
    await ben.post("/baskets/0/lines", {"sku": cast.dock.sku, "quantity": 1})
    assert await sql.value("SELECT current_basket FROM users WHERE id = $1", cast.ben.id) == 2


@rule("BASKET-3", "BASKET-4", "BASKET-6")
async def test_only_its_creator_archives_it(ben: Browser, cast: Cast) -> None:
    for visibility, status in (("private", 404), ("public", 403), ("shared", 403)):
        await sql.run("UPDATE baskets SET visibility = $1", visibility)
        await ben.sign_in(cast.dana)
        for path in ("archive", "archive/removal"):
            assert (await ben.post(f"/baskets/1/{path}")).status_code == status
        await ben.sign_in(cast.sam)
        assert (await ben.post("/baskets/1/archive")).status_code == 404
    await ben.sign_in(cast.vera)
    assert (await ben.post("/baskets/1/archive")).status_code == 403
    assert (await sql.row(STATE) or {})["open"]


async def test_looking_archives_nothing(ben: Browser) -> None:
    for path in ("archive", "archive/removal"):
        assert (await ben.get(f"/baskets/1/{path}")).status_code in (404, 405)
    assert (await sql.row(STATE) or {})["open"]


async def test_the_list_is_found_by_name_newest_first_with_what_was_deleted(ben: Browser, cast: Cast) -> None:
    for name in ("Alpha", "Beta", "Gone"):
        await make(ben, name)
    for basket in (3, 2, 1):
        await ben.post(f"/baskets/{basket}/archive")
    await ben.post("/baskets/4/removal")
    page = words(await ben.get("/baskets?show=archived"))
    assert page.index("Deleted in the last day") < page.index("Gone") < page.index("Archived: 3")
    assert page.index("Fit-out") < page.index("Alpha") < page.index("Beta")
    found = words(await ben.get("/baskets?show=archived&q=alp"))
    assert "Alpha" in found
    assert "Beta" not in found
    assert "Gone" not in found
    assert "No archived basket has “%”" in words(await ben.get("/baskets?show=archived&q=%25"))
    await ben.sign_in(cast.dana)
    assert "Alpha" not in words(await ben.get("/baskets?show=archived"))


async def test_the_list_is_paged_with_as_many_statements(ben: Browser, cast: Cast) -> None:
    await fill(cast.ben.id, cast.brightbyte, 130)
    spent = []
    for count in (2, 130):
        await sql.run(
            "UPDATE baskets SET archived_at = $1, archived_by = owner WHERE id <= $2", datetime.now(UTC), count
        )
        start = sql.statements()
        page = await ben.get("/baskets?show=archived")
        spent.append(sql.statements() - start)
    assert spent[0] == spent[1]
    assert 'href="/baskets?show=archived&amp;page=2"' in page.text
    assert "Old 3" in words(await ben.get("/baskets?show=archived&page=2"))
