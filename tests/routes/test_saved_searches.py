"""Saved searches: kept, run, renamed, deleted and brought back (PROD-6)."""

import pytest

from app.rules import saved_searches
from app.rules.refusals import Invalid
from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule

DOCKS = {"name": "Docks", "address": "/products?q=dock&in_stock=1&price_max=400.00&sort=name"}


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.ben)


async def saved(browser: Browser, **more: str) -> int:
    """Save a search, and give its id."""
    answer = await browser.post("/searches", {**DOCKS, **more})
    assert answer.status_code == 303, words(answer)
    return int(answer.headers["Location"].rpartition("=")[2])


@rule("PROD-6")
async def test_ben_saves_a_search_and_runs_it(ben: Browser, cast: Cast) -> None:
    search = await ben.get("/products?q=dock&in_stock=1&price_max=400&page=1")
    assert 'value="dock, ships now, to $400.00"' in search.text and "Save this search" in words(search)
    page = await ben.follow(await ben.post("/searches", DOCKS))
    assert "Saved as “Docks”." in words(page) and "“dock”, ships now, to $400.00, by name" in words(page)
    href = "/products?q=dock&amp;in_stock=1&amp;price_max=400.00&amp;sort=name"
    assert f'href="{href}"' in page.text
    found = await ben.get(href.replace("&amp;", "&"))
    assert cast.dock.sku in found.text and cast.hub.sku not in found.text


async def test_what_is_saved_in_place_stays_on_the_search(ben: Browser) -> None:
    answer = await ben.post("/searches", DOCKS, htmx=True)
    assert "Saved as “Docks”." in words(answer) and "<html" not in answer.text and " open" not in answer.text
    again = await ben.post("/searches", {**DOCKS, "name": "dOCKS "}, htmx=True)
    assert again.status_code == 422 and "You have a search named “Docks”" in words(again) and " open>" in again.text
    assert 'value="dOCKS "' in again.text and 'id="search-name-error"' in again.text


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\0b", "DOCKS", "Ｄｏｃｋｓ"])
@rule("PROD-6")
async def test_a_name_that_does_not_fit_is_said_at_its_field(ben: Browser, name: str) -> None:
    number, other = await saved(ben), await saved(ben, name="Other")
    answer = await ben.post("/searches", {**DOCKS, "name": name})
    assert answer.status_code == 422 and 'id="field-name-error"' in answer.text and "q=dock" in answer.text
    for htmx in (False, True):
        renamed = await ben.post(f"/searches/{other}", {"name": name}, htmx=htmx)
        assert renamed.status_code == 422 and f'id="search-{other}-name-error"' in renamed.text
    assert (await ben.post(f"/searches/{number}", {"name": "docks"})).status_code == 303, "its own name is free to it"
    assert await sql.value("SELECT count(*) FROM saved_searches") == 2


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/products?q=a",
        "//evil.example/products?q=a",
        "/account?q=a",
        "/products/7RK2Q4?q=a",
        "javascript:alert(1)",
        "/products",
        "/products?sort=name&size=100&page=3",
        "",
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
async def test_nothing_but_a_search_is_saved(ben: Browser, address: str, htmx: bool) -> None:
    answer = await ben.post("/searches", {"name": "A", "address": address}, htmx=htmx)
    assert answer.status_code == 422 and "evil" not in answer.text
    assert await sql.value("SELECT count(*) FROM saved_searches") == 0


async def test_what_no_search_knows_is_not_kept(ben: Browser) -> None:
    await saved(ben, address="/products?q=dock&next=https://evil.example&sort=nonsense&page=4&size=100")
    assert await sql.value("SELECT query FROM saved_searches") == "q=dock&size=100"
    long = "/products?" + "&".join(f"{name}={'%F0%9F%98%80' * 100}" for name in ("q", "category", "vendor"))
    assert (await ben.post("/searches", {"name": "Long", "address": long})).status_code == 422


@rule("PROD-6")
async def test_ben_renames_a_search(ben: Browser) -> None:
    number = await saved(ben)
    page = await ben.follow(await ben.post(f"/searches/{number}", {"name": "Docking  stations"}))
    assert "Renamed to “Docking stations”." in words(page) and "Docks" not in words(page)
    row = await ben.post(f"/searches/{number}", {"name": "Stations"}, htmx=True)
    assert row.text.strip().startswith(f'<tr id="search-{number}"') and "Renamed to “Stations”." in words(row)


@rule("PROD-6")
async def test_ben_deletes_a_search_and_takes_it_back(ben: Browser) -> None:
    number = await saved(ben)
    gone = await ben.follow(await ben.post(f"/searches/{number}/removal"))
    assert "“Docks” deleted." in words(gone) and "No saved searches yet" in words(gone)
    for path in ("", "/removal"):
        assert (await ben.post(f"/searches/{number}{path}", {"name": "A"})).status_code == 404
    back = await ben.follow(await ben.post(f"/searches/{number}/restoration"))
    assert "“Docks” is back." in words(back) and "“dock”" in words(back)
    assert (await ben.post(f"/searches/{number}/restoration")).status_code == 404
    piece = await ben.post(f"/searches/{number}/removal", htmx=True)
    assert f'data-hx-target="#search-{number}"' in piece.text and "Undo" in words(piece)


async def test_the_name_of_a_deleted_search_is_free(ben: Browser) -> None:
    number = await saved(ben)
    await ben.post(f"/searches/{number}/removal")
    await saved(ben)
    taken = await ben.post(f"/searches/{number}/restoration")
    assert taken.status_code == 422 and "You have a search named “Docks”" in words(taken)


@rule("PRICE-1")
async def test_without_prices_a_saved_search_runs_without_their_filter(ben: Browser, cast: Cast) -> None:
    await saved(ben, address="/products?q=dock&price_min=300.00&sort=price")
    await sql.run("""DELETE FROM user_privileges WHERE "user" = $1 AND privilege = 'see_prices'""", cast.ben.id)
    page = await ben.get("/searches")
    assert 'href="/products?q=dock"' in page.text and "300.00" not in page.text and "by price" not in words(page)
    assert cast.dock.sku in (await ben.get("/products?q=dock&price_min=300.00&sort=price")).text


async def test_searches_are_their_users_alone(ben: Browser, cast: Cast) -> None:
    number = await saved(ben)
    gone = await saved(ben, name="Gone")
    await ben.post(f"/searches/{gone}/removal")
    ben.sign_out()
    for person in (cast.dana, cast.sam):
        await ben.sign_in(person)
        assert "Docks" not in (await ben.get("/searches")).text
        assert "Gone" not in (await ben.get(f"/searches?removed={gone}")).text
        for path in (f"/{number}", f"/{number}/removal", f"/{gone}/restoration", f"/{10**11}/removal"):
            assert (await ben.post(f"/searches{path}", {"name": "Mine"})).status_code == 404
        await saved(ben)
    assert await sql.value("SELECT name FROM saved_searches WHERE id = $1", number) == "Docks"


async def test_staff_have_none_and_visitors_log_in(browser: Browser, cast: Cast) -> None:
    visited = await browser.get("/products?q=dock")
    assert "/searches" not in visited.text
    assert (await browser.get("/searches")).headers["Location"].startswith("/login")
    await browser.sign_in(cast.moana)
    assert "/searches" not in (await browser.get("/products?q=dock")).text
    for answer in (await browser.get("/searches"), await browser.post("/searches", DOCKS)):
        assert answer.status_code == 403 and "that is for users of a company" in words(answer)


async def test_a_get_changes_no_search(ben: Browser) -> None:
    number = await saved(ben)
    for path in ("", "/removal", "/restoration"):
        assert (await ben.get(f"/searches/{number}{path}")).status_code == 405


async def test_the_most_that_are_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch, ben: Browser) -> None:
    number = await saved(ben)
    monkeypatch.setattr(saved_searches, "settings", type(settings)(max_saved_searches=1))
    full = await ben.post("/searches", {**DOCKS, "name": "More"})
    assert full.status_code == 422 and "the most that are kept" in words(full) and 'value="More"' in full.text
    await ben.post(f"/searches/{number}/removal")
    await saved(ben, name="More")
    with pytest.raises(Invalid):
        await saved_searches.restore(number, cast.ben.viewer())
