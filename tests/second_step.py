"""Steps of the tests with a second step: codes of an app at any time, and an app for whoever shall have one."""

import time

import httpx
import pyotp

from app.routes.pending_logins import COOKIE
from app.rules import recovery_codes
from app.rules.sealed import seal
from db import sql
from db.second_steps import Authenticator
from tests.browser import Browser
from tests.cast import APP_SECRET, PASSWORD, Person
from tests.goods import NOW, kept


def code(steps: int = 0, secret: str = APP_SECRET) -> str:
    """What the app shows now, or so many half minutes later."""
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * steps)


def wrong_code() -> str:
    """Six digits that the app shows neither now nor near it."""
    near = {code(steps) for steps in range(-3, 4)}
    return next(
        digits
        for digits in ("000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777")
        if digits not in near
    )


async def give_app(person: Person) -> list[str]:
    """The person has an app with APP_SECRET from now on; gives recovery codes."""
    await kept(
        Authenticator(user=person.id, sealed_secret=seal("authenticator", APP_SECRET), confirmed_at=NOW, made_at=NOW)
    )
    return await recovery_codes.renew(person.id)


async def give_password(browser: Browser, person: Person, password: str = PASSWORD, **more: object) -> httpx.Response:
    """Log in as far as the second step."""
    await browser.get("/login")
    answer = await browser.post("/login", {"email": person.email, "password": password, **more})
    assert COOKIE in answer.headers.get("Set-Cookie", ""), answer.status_code
    return answer


async def try_code(browser: Browser, typed: str, **more: object) -> httpx.Response:
    return await browser.post("/login/second-step", {"code": typed, **more})


async def sessions_of(person: Person) -> int:
    count: int = await sql.value('SELECT count(*) FROM sessions WHERE "user" = $1', person.id)
    return count
