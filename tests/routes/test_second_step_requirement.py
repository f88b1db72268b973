"""A company that requires a second step of its users (LOGIN-10)."""

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule
from tests.second_step import give_app

pytestmark = rule("LOGIN-10")

PATH = "/account/users/second-step"
SECOND_STEP = "/account/profile/second-step"


async def required(company: int) -> bool:
    return bool(await sql.value("SELECT requires_second_step FROM companies WHERE id = $1", company))


@pytest.fixture
async def dana(browser: Browser, cast: Cast) -> Browser:
    """Dana, who has a second step of her own."""
    await give_app(cast.dana)
    return await browser.sign_in(cast.dana)


@pytest.mark.parametrize("htmx", [True, False])
async def test_dana_requires_it_and_leaves_it(dana: Browser, cast: Cast, htmx: bool) -> None:
    assert "1 of 3 have an authenticator app" in words(await dana.get("/account/users"))
    for typed, said in (("1", "required of everybody"), ("", "left to each user")):
        answer = await dana.post(PATH, {"required": typed}, htmx=htmx)
        page = answer if htmx else await dana.follow(answer)
        assert said in words(page) and await required(cast.brightbyte) is bool(typed)
    assert not await required(cast.coastline)
    noted = await sql.rows("SELECT before, after, company FROM audit_entries WHERE action = 'company_changed'")
    assert [row["after"] for row in noted] == ["second step required", "second step not required"]
    assert {row["company"] for row in noted} == {cast.brightbyte}


async def test_it_holds_at_bens_very_next_request(dana: Browser, cast: Cast) -> None:
    await dana.post(PATH, {"required": "1"})
    await dana.sign_in(cast.ben)
    for path in ("/", "/baskets", "/products"):
        assert (await dana.get(path)).headers["Location"] == "/welcome"
    assert (await dana.post("/baskets", {"name": "x"}, htmx=True)).headers["HX-Redirect"] == "/welcome"
    assert "Dana Reyes can change that" in words(await dana.get(SECOND_STEP))
    await give_app(cast.ben)
    assert (await dana.get("/baskets")).status_code == 200
    await dana.sign_in(cast.sam)
    assert (await dana.get("/baskets")).status_code == 200


async def test_who_must_have_it_cannot_remove_it(dana: Browser, cast: Cast) -> None:
    await dana.post(PATH, {"required": "1"})
    await sql.run("UPDATE sessions SET password_given_at = started_at")
    page = await dana.get(SECOND_STEP)
    assert "You can change that in User Administration" in words(page) and f"{SECOND_STEP}/removal" not in page.text
    assert (await dana.post(f"{SECOND_STEP}/removal")).status_code == 403


async def test_dana_sets_up_her_own_first(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.dana)
    page = await browser.get("/account/users")
    assert "Set up your own second step first" in words(page) and f'action="{PATH}"' not in page.text
    assert (await browser.post(PATH, {"required": "1"})).status_code == 403 and not await required(cast.brightbyte)


async def test_ben_cannot_require_it(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    answer = await browser.post(PATH, {"required": "1"})
    assert answer.status_code == 403 and "Dana Reyes" in words(answer)
    await browser.sign_in(cast.moana)
    assert (await browser.post(PATH, {"required": "1"})).status_code == 403
    assert (await browser.get(PATH)).status_code in (404, 405) and not await required(cast.brightbyte)
