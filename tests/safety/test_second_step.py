"""The second step in hostile hands: at once, forged, of another, leading away (LOGIN-10)."""

import asyncio

import pytest

from app.main import app
from app.routes.pending_logins import COOKIE
from app.rules import pending_logins, second_steps
from app.rules.pending_logins import WrongCode
from app.rules.settings import settings
from db import sql
from tests.browser import DOMAIN, Browser, words
from tests.cast import Cast
from tests.rules_named import rule
from tests.second_step import code, give_app, give_password, sessions_of, try_code, wrong_code

pytestmark = rule("LOGIN-10")


async def test_two_at_once_with_one_code_are_one(cast: Cast) -> None:
    shown = code()
    assert sorted(await asyncio.gather(*(second_steps.verify(cast.moana.id, shown) for _ in range(8)))) == [
        False
    ] * 7 + [True]


async def test_one_log_in_gives_one_session(browser: Browser, cast: Cast) -> None:
    await give_password(browser, cast.moana)
    token = browser.http.cookies[COOKIE]
    tries = (pending_logins.enter_by_code(token, code(step), "10.0.0.1", "") for step in (-1, 0, 1))
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(answer, str) for answer in answers) == 1 == await sessions_of(cast.moana)


async def test_many_log_ins_at_once_give_no_more_tries(browser: Browser, cast: Cast) -> None:
    tokens = []
    for _ in range(3):
        await give_password(browser, cast.moana)
        tokens.append(browser.http.cookies[COOKIE])
    wrong = wrong_code()
    tries = (pending_logins.enter_by_code(token, wrong, "10.0.0.1", "") for token in tokens * 5)
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert all(isinstance(answer, WrongCode | pending_logins.PendingGone) for answer in answers)
    assert await sql.value("SELECT count(*) FROM login_failures") == settings.login_failures
    with pytest.raises((WrongCode, pending_logins.PendingGone)):
        await pending_logins.enter_by_code(tokens[2], code(), "10.0.0.1", "")


async def test_a_log_in_of_another_person_stays_theirs(browser: Browser, cast: Cast) -> None:
    codes = await give_app(cast.ben)
    await give_password(browser, cast.moana)
    assert (await try_code(browser, codes[0])).status_code == 422
    assert await second_steps.verify(cast.ben.id, codes[0])


async def test_a_forged_code_is_refused(browser: Browser, cast: Cast) -> None:
    await give_password(browser, cast.moana)
    for path in ("/login/second-step", "/login/second-step/", "/login/second-step/passkey"):
        assert (await browser.post(path, {"code": code()}, csrf="0" * 32)).status_code == 403
        assert (await browser.post(path, {"code": code()}, headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
    assert await sessions_of(cast.moana) == 0


async def test_the_cookie_of_another_browser_does_not_let_in(browser: Browser, cast: Cast) -> None:
    async with Browser(app) as other:
        other.http.cookies.set(COOKIE, "guessed", domain=DOMAIN)
        await other.get("/login")
        assert "Start again" in words(await try_code(other, code()))


@pytest.mark.parametrize("wanted", ["//evil.example", "/\\evil.example", "https:evil.example", "/a\r\nX: y"])
async def test_the_second_step_leads_nowhere_else(browser: Browser, cast: Cast, wanted: str) -> None:
    assert (await give_password(browser, cast.moana, next=wanted)).headers["Location"] == "/login/second-step"
    assert (await try_code(browser, code(), next=wanted)).headers["Location"] == "/"
