"""Logging in with a passkey, and what is not taken for one (LOGIN-10)."""

import json

import httpx
import pytest

from app.routes.pending_logins import COOKIE
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.passkey_device import Device
from tests.routes.test_passkeys import kept, options_of
from tests.routes.test_second_steps import opened
from tests.rules_named import rule
from tests.second_step import code, give_app, give_password, sessions_of

pytestmark = rule("LOGIN-10")


@pytest.fixture
async def device(browser: Browser, cast: Cast) -> Device:
    """Ben's passkey; he has given his password to log in, and is asked for the second step."""
    made = Device()
    await give_app(cast.ben)
    assert (await kept(await opened(browser, cast.ben), made)).status_code == 303
    browser.sign_out()
    await give_password(browser, cast.ben)
    return made


async def use(browser: Browser, device: Device, step: int = 1) -> httpx.Response:
    options = options_of(await browser.get("/login/second-step"))
    return await browser.post(
        "/login/second-step/passkey", {"credential": device.sign(options, step), "next": "/orders"}
    )


async def test_a_passkey_logs_ben_in(browser: Browser, cast: Cast, device: Device) -> None:
    answer = await use(browser, device)
    assert answer.headers["Location"] == "/orders" and "Ben Ito" in words(await browser.follow(answer))
    assert await sql.value("SELECT sign_count FROM passkeys") == 1
    assert await sql.value("SELECT last_used_at FROM passkeys") is not None


async def test_a_code_is_always_offered_beside_it(browser: Browser, device: Device) -> None:
    page = await browser.get("/login/second-step")
    assert 'name="code"' in page.text and "data-options" in page.text
    assert (await browser.post("/login/second-step", {"code": code()})).status_code == 303


@pytest.mark.parametrize(
    ("what", "lie"),
    [("origin", "http://evil.example"), ("origin", "https://localhost"), ("host", "evil.example"), ("verifies", False)],
)
async def test_what_was_signed_elsewhere_is_not_taken(
    browser: Browser, cast: Cast, device: Device, what: str, lie: object
) -> None:
    setattr(device, what, lie)
    answer = await use(browser, device)
    assert answer.status_code == 422 and "did not fit" in words(answer)
    assert await sessions_of(cast.ben) == 1  # the one in which it was made
    assert await sql.value("SELECT count(*) FROM login_failures") == 1


@pytest.mark.parametrize("step", [0, -1])
async def test_a_copy_that_has_signed_less_is_not_taken(
    browser: Browser, cast: Cast, device: Device, step: int
) -> None:
    await use(browser, device, 5)
    browser.sign_out()
    await give_password(browser, cast.ben)
    assert (await use(browser, device, step)).status_code == 422


async def test_a_passkey_that_counts_nothing_is_taken_again(browser: Browser, cast: Cast, device: Device) -> None:
    for _ in range(2):
        assert (await use(browser, device, 0)).status_code == 303
        browser.sign_out()
        await give_password(browser, cast.ben)


async def test_another_key_signs_for_nobody(browser: Browser, device: Device) -> None:
    assert (await use(browser, Device())).status_code == 422


async def test_an_answer_counts_for_its_log_in_alone(browser: Browser, cast: Cast, device: Device) -> None:
    old = device.sign(options_of(await browser.get("/login/second-step")))
    await give_password(browser, cast.ben)
    assert (await browser.post("/login/second-step/passkey", {"credential": old})).status_code == 422


async def test_another_persons_passkey_is_not_taken(browser: Browser, cast: Cast, device: Device) -> None:
    await give_password(browser, cast.moana)
    assert "data-options" not in (await browser.get("/login/second-step")).text
    challenge = await sql.value('SELECT passkey_challenge FROM pending_logins WHERE "user" = $1', cast.moana.id)
    signed = device.sign(json.dumps({"challenge": challenge}))
    assert (await browser.post("/login/second-step/passkey", {"credential": signed})).status_code == 422
    assert await sessions_of(cast.moana) == 0


@pytest.mark.parametrize("typed", ["", "{}", "[]", "null", "[[[", '{"id": 7, "rawId": 7}', "x" * 30_000, "\0", "1e999"])
async def test_odd_answers_are_wrong_ones(browser: Browser, device: Device, typed: str) -> None:
    assert (await browser.post("/login/second-step/passkey", {"credential": typed})).status_code == 422


async def test_no_script_is_told_of_the_code(browser: Browser, device: Device) -> None:
    page = words(await browser.get("/login/second-step"))
    assert "needs JavaScript" in page and COOKIE in browser.http.cookies
