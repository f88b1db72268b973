"""The second step of a log-in: codes, recovery codes, tries, and what ends a log-in that waits (LOGIN-10)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.routes.pending_logins import COOKIE
from app.rules.settings import settings
from app.visits import SESSION_COOKIE, owner_mark
from db import sql
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast
from tests.rules_named import rule
from tests.second_step import code, give_app, give_password, sessions_of, try_code, wrong_code

pytestmark = rule("LOGIN-10")


@rule("DESK-1")
async def test_moana_logs_in_with_password_and_code(browser: Browser, cast: Cast) -> None:
    answer = await give_password(browser, cast.moana, next="/desk/mail")
    assert answer.headers["Location"] == "/login/second-step?next=/desk/mail"
    assert "HttpOnly" in answer.headers["Set-Cookie"] and await sessions_of(cast.moana) == 0
    assert 'value="/desk/mail"' in (await browser.follow(answer)).text
    answer = await try_code(browser, code(), next="/desk/mail")
    assert answer.headers["Location"] == "/desk/mail" and "Moana Pike" in words(await browser.follow(answer))
    assert await sql.value("SELECT second_step_at FROM sessions") is not None
    assert await sql.value("SELECT count(*) FROM pending_logins") == 0


async def test_the_session_has_a_token_of_its_own(browser: Browser, cast: Cast) -> None:
    await give_password(browser, cast.moana)
    waiting = browser.http.cookies[COOKIE]
    await try_code(browser, code())
    assert browser.http.cookies[SESSION_COOKIE] != waiting and COOKIE not in browser.http.cookies


async def test_the_password_alone_opens_nothing(browser: Browser, cast: Cast) -> None:
    await give_password(browser, cast.moana)
    assert (await browser.get("/desk")).headers["Location"].startswith("/login")
    browser.plant(browser.http.cookies[COOKIE])
    assert (await browser.get("/desk")).headers["Location"].startswith("/login")
    assert (await browser.get("/account/profile/second-step")).headers["Location"].startswith("/login")


async def test_a_get_without_a_log_in_leads_to_the_password(browser: Browser) -> None:
    assert (await browser.get("/login/second-step?next=/orders")).headers["Location"] == "/login?next=/orders"
    await browser.get("/login")
    answer = await try_code(browser, "123456")
    assert answer.status_code == 422 and "Start again with your password" in words(answer)


async def test_a_wrong_code_is_said_at_its_field(browser: Browser, cast: Cast) -> None:
    await give_password(browser, cast.moana)
    for typed in (wrong_code(), "", "abc", "12345", "１２３４５６", "\0", "x" * 9_000):
        await sql.run("UPDATE pending_logins SET wrong_codes = 0")
        await sql.run("DELETE FROM login_failures")
        answer = await try_code(browser, typed)
        assert answer.status_code == 422 and 'id="field-code-error"' in answer.text
        assert 'name="code" type="text" value=""' in " ".join(answer.text.split())
    assert await sessions_of(cast.moana) == 0


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (0, 303), (1, 303), (3, 422)])
async def test_one_step_of_the_clock_either_way_counts(browser: Browser, cast: Cast, steps: int, status: int) -> None:
    await give_password(browser, cast.moana)
    assert (await try_code(browser, code(steps))).status_code == status


async def test_no_code_is_taken_twice(browser: Browser, cast: Cast) -> None:
    used = code()
    await give_password(browser, cast.moana)
    assert (await try_code(browser, used)).status_code == 303
    browser.sign_out()
    await give_password(browser, cast.moana)
    assert (await try_code(browser, used)).status_code == 422


@rule("LOGIN-5")
async def test_five_wrong_codes_end_the_log_in_and_lock_it(browser: Browser, cast: Cast) -> None:
    await give_password(browser, cast.moana)
    for _ in range(settings.second_step_tries - 1):
        assert 'id="field-code-error"' in (await try_code(browser, wrong_code())).text
    assert "Start again with your password" in words(await try_code(browser, wrong_code()))
    assert "Start again with your password" in words(await try_code(browser, code()))
    await browser.get("/login")
    assert (await browser.post("/login", {"email": cast.moana.email, "password": PASSWORD})).status_code == 422
    done = await sql.rows("SELECT action FROM audit_entries ORDER BY id")
    failed = [row["action"] for row in done]
    assert failed[:6] == ["second_step_failed"] * 5 + ["login_locked"]


@pytest.mark.parametrize(
    "ending",
    [
        "UPDATE pending_logins SET started_at = $1",
        "UPDATE users SET deleted_at = $1",
        "UPDATE users SET password_changed_at = $1",
        'INSERT INTO suspensions ("user", at) SELECT id, $1 FROM users',
        "INSERT INTO company_suspensions (company, at) SELECT id, $1 FROM companies",
    ],
)
async def test_what_ends_a_log_in_ends_one_that_waits(browser: Browser, cast: Cast, ending: str) -> None:
    await give_app(cast.ben)
    await give_password(browser, cast.ben)
    now = datetime.now(UTC)
    await sql.run(ending, now - timedelta(minutes=11) if "started_at" in ending else now)
    answer = await try_code(browser, code())
    assert answer.status_code == 422 and "Start again" in words(answer) and await sessions_of(cast.ben) == 0
    assert (await browser.get("/login/second-step")).headers["Location"].startswith("/login?")


async def test_a_recovery_code_opens_once(browser: Browser, cast: Cast) -> None:
    codes = await give_app(cast.ben)
    await give_password(browser, cast.ben)
    assert (await try_code(browser, f" {codes[3].upper().replace('-', ' ')} ")).status_code == 303
    mail = await sql.row("SELECT recipient, text FROM notices")
    assert mail and mail["recipient"] == cast.ben.email and "recovery code" in mail["text"]
    browser.sign_out()
    await give_password(browser, cast.ben)
    assert (await try_code(browser, codes[3])).status_code == 422
    assert (await try_code(browser, codes[4])).status_code == 303
    kept = str(await sql.rows("SELECT * FROM recovery_codes"))
    assert not any(text in kept for text in codes)


@rule("LOGIN-9")
async def test_a_form_waits_for_both_steps(browser: Browser, cast: Cast) -> None:
    await give_app(cast.ben)
    names: dict[str, Any] = {
        "kept_name": ["name", "note"],
        "kept_value": ["Level 3", "two\nlines <b>"],
        "kept_path": "/baskets",
    }
    page = await give_password(browser, cast.ben, **names)
    assert page.status_code == 200 and "Level 3" in page.text and page.headers["HX-Replace-Url"] == "/login/second-step"
    wrong = await try_code(browser, wrong_code(), **names)
    assert wrong.status_code == 422 and "two\nlines &lt;b&gt;" in wrong.text
    found = await try_code(browser, code(), **names)
    assert found.status_code == 200 and 'action="/baskets"' in found.text and "Level 3" in found.text
    assert browser.http.cookies[SESSION_COOKIE]


@rule("LOGIN-9")
async def test_a_form_of_another_log_in_is_not_shown_after_both_steps(browser: Browser, cast: Cast) -> None:
    await give_app(cast.ben)
    names: dict[str, Any] = {"kept_name": ["name"], "kept_value": ["Level 3"], "kept_path": "/baskets"}
    names["kept_owner"] = owner_mark(cast.dana.id)
    page = await give_password(browser, cast.ben, **names)
    assert f'name="kept_owner" value="{names["kept_owner"]}"' in page.text
    found = await try_code(browser, code(), **names)
    assert found.status_code == 200 and "Level 3" not in found.text
    assert "The form belonged to another log-in and is not shown." in found.text


async def test_a_form_that_waits_outlives_the_log_in(browser: Browser, cast: Cast) -> None:
    await give_app(cast.ben)
    names: dict[str, Any] = {"kept_name": ["name"], "kept_value": ["Level 3"], "kept_path": "/baskets"}
    await give_password(browser, cast.ben, **names)
    await sql.run("DELETE FROM pending_logins")
    page = await try_code(browser, code(), **names)
    assert page.status_code == 422 and "Level 3" in page.text and 'action="/login"' in page.text
