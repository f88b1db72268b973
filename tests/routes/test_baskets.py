"""My Baskets and the life of one basket, as a browser without scripts sees it."""

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.goods import WLG
from tests.routes.basket_steps import ACTIVE, NEW, make
from tests.rules_named import rule


@rule("BASKET-4", "BASKET-6")
async def test_ben_makes_a_basket(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    answer = await browser.post("/baskets", NEW)
    said = words(await browser.follow(answer))
    assert "Fit-out level 3" in said
    assert "desks 301 to 304" in said
    assert "from Auckland" in said
    assert "Fit-out level 3" in words(await browser.get("/baskets"))


@rule("BASKET-1")
async def test_a_visitor_logs_in_first(browser: Browser) -> None:
    assert (await browser.get("/baskets")).headers["Location"] == "/login?next=/baskets"
    await browser.get("/login")
    for path in ("", "/0/lines"):
        answer = await browser.post(f"/baskets{path}", NEW)
        assert answer.status_code == 401
        assert "Log in" in words(answer)


@rule("BASKET-1")
@pytest.mark.parametrize(
    "path", ["", "/1", "/1/removal", "/1/restoration", "/1/current", "/1/lines", "/1/lines/1", "/99999/lines/1/removal"]
)
async def test_vera_lacks_the_privilege_whatever_the_id(browser: Browser, cast: Cast, path: str) -> None:
    await browser.sign_in(cast.vera)
    answer = await browser.post(f"/baskets{path}", {"name": "Mine"})
    assert answer.status_code == 403
    assert "use baskets" in words(answer)
    assert "Dana Reyes" in words(answer)


@rule("BASKET-4")
@pytest.mark.parametrize("who", ["sam", "dana"])
@pytest.mark.parametrize("path", ["", "/removal", "/restoration", "/current", "/lines"])
async def test_a_private_basket_exists_for_nobody_else(browser: Browser, cast: Cast, who: str, path: str) -> None:
    address = await make(await browser.sign_in(cast.ben))
    await browser.sign_in(getattr(cast, who))
    fields = {"name": "Taken", "sku": cast.dock.sku, "quantity": 1}
    assert (await browser.post(address + path, fields)).status_code == 404
    assert (await browser.get(address)).status_code == 404
    assert "Fit-out" not in (await browser.get("/baskets")).text
    assert await sql.value("SELECT name FROM baskets") == "Fit-out level 3"


@pytest.mark.parametrize("path", ["/removal", "/restoration", "/current", "/lines", "/lines/1", "/lines/1/removal"])
async def test_a_change_is_never_a_link(browser: Browser, cast: Cast, path: str) -> None:
    address = await make(await browser.sign_in(cast.ben))
    assert (await browser.get(address + path)).status_code in (404, 405)


@pytest.mark.parametrize("number", ["0", "999", "2147483648", "9223372036854775808", "-1", "x", "½"])
async def test_a_basket_that_never_was_is_missing(browser: Browser, cast: Cast, number: str) -> None:
    await browser.sign_in(cast.ben)
    assert (await browser.get(f"/baskets/{number}")).status_code == 404
    assert (await browser.post(f"/baskets/{number}/removal")).status_code == 404


@rule("BASKET-6")
@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", " ", "Type a name."),
        ("name", "x" * 81, "81 characters"),
        ("name", "a\0b", "cannot be kept"),
        ("name", "FIT-OUT  level 3", "another basket named"),
        ("note", "x" * 1_001, "1,001 characters"),
        ("visibility", "", "Choose private, public or shared."),
        ("visibility", "Shared", "Choose private, public or shared."),
    ],
)
async def test_a_wrong_basket_comes_back_as_typed(
    browser: Browser, cast: Cast, field: str, value: str, said: str
) -> None:
    await make(await browser.sign_in(cast.ben))
    answer = await browser.post("/baskets", {**NEW, "name": "Second", "note": "kept", field: value})
    assert answer.status_code == 422
    assert said in words(answer)
    assert "kept" in answer.text or field == "note"
    assert await sql.value(ACTIVE, cast.ben.id) == 1


@rule("BASKET-6")
async def test_two_people_may_use_one_name(browser: Browser, cast: Cast) -> None:
    first = await make(await browser.sign_in(cast.ben))
    assert await make(await browser.sign_in(cast.dana)) != first


@rule("BASKET-6")
async def test_ben_renames_his_basket_and_moves_its_warehouse(browser: Browser, cast: Cast) -> None:
    address = await make(await browser.sign_in(cast.ben))
    answer = await browser.post(address, {"name": "Level 4", "note": "", "home_warehouse": WLG})
    said = words(await browser.follow(answer))
    assert "Saved." in said
    assert "Level 4" in said
    assert "from Wellington" in said
    await browser.post(address, {"name": "Level 5"})
    assert await sql.value("SELECT home_warehouse FROM baskets WHERE name = 'Level 5'") == WLG


@rule("BASKET-6")
@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "TAKEN"), ("home_warehouse", "99"), ("note", "\0")]
)
async def test_a_wrong_change_of_a_basket_changes_nothing(browser: Browser, cast: Cast, field: str, value: str) -> None:
    await make(await browser.sign_in(cast.ben), "Taken")
    address = await make(browser)
    assert (await browser.post(address, {"name": "Level 4", field: value})).status_code == 422
    assert await sql.value("SELECT count(*) FROM baskets WHERE name = 'Fit-out level 3'") == 1
