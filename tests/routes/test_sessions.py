"""Logging in and out, and what a session is worth (LOGIN-1, LOGIN-5, LOGIN-9)."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app.rules import log_ins, sessions
from app.rules.settings import settings
from app.visits import SESSION_COOKIE
from db import sql
from db.users import Session, Suspension
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast
from tests.rules_named import rule


async def log_in(browser: Browser, email: str, password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    await browser.get("/login")
    return await browser.post("/login", {"email": email, "password": password, **more})


@rule("LOGIN-1")
@pytest.mark.parametrize("typed", ["ben@brightbyte.example", "BEN@Brightbyte.Example", "  ben@brightbyte.example "])
async def test_ben_logs_in_however_he_writes_his_address(browser: Browser, typed: str) -> None:
    answer = await log_in(browser, typed)
    assert answer.status_code == 303
    assert "Ben Ito" in words(await browser.follow(answer))


@rule("LOGIN-5")
async def test_every_failure_gets_the_same_page(browser: Browser, cast: Cast) -> None:
    await Suspension.insert(Suspension(user=cast.vera.id, at=datetime.now(UTC)))
    tries = [("ben@brightbyte.example", "wrong"), ("nobody@nowhere.example", PASSWORD), (cast.vera.email, PASSWORD)]
    pages = [await log_in(browser, email, password) for email, password in tries]
    assert {page.status_code for page in pages} == {422}
    assert len({page.text.replace(email, "") for page, (email, _) in zip(pages, tries, strict=True)}) == 1
    assert "website administrator" in words(pages[0])


@rule("LOGIN-5")
async def test_the_right_password_is_refused_while_locked(browser: Browser) -> None:
    for _ in range(settings.login_failures):
        await log_in(browser, "ben@brightbyte.example", "wrong")
    assert (await log_in(browser, "ben@brightbyte.example")).status_code == 422
    await sql.run("UPDATE login_failures SET at = $1", datetime.now(UTC) - timedelta(minutes=16))
    assert (await log_in(browser, "ben@brightbyte.example")).status_code == 303


@rule("LOGIN-5")
async def test_fifty_guesses_at_once_reach_the_password_five_times(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    async def count(password: str, stored: str) -> bool:
        seen.append(password)
        await sql.value("SELECT 1")
        return False

    monkeypatch.setattr("app.rules.passwords.match", count)
    guesses = [log_ins.log_in(cast.ben.email, f"guess {n}", "10.0.0.1", "") for n in range(50)]
    answers = await asyncio.gather(*guesses, return_exceptions=True)
    assert all(isinstance(answer, log_ins.LoginFailed) for answer in answers)
    assert len(seen) == settings.login_failures


async def test_a_planted_cookie_stays_a_visitor_and_is_replaced(browser: Browser) -> None:
    browser.plant("planted")
    assert "Log in" in words(await browser.get("/"))
    page = await browser.get("/login")
    csrf = page.text.split('name="csrf" value="')[1].split('"')[0]
    fields = {"email": "ben@brightbyte.example", "password": PASSWORD}
    answer = await browser.post("/login", fields, csrf=csrf)
    assert answer.status_code == 303
    assert browser.http.cookies.get(SESSION_COOKIE) != "planted"


async def test_the_token_is_kept_as_a_digest_only(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    token = browser.http.cookies[SESSION_COOKIE]
    kept = await Session.select(Session.token_hash).first()
    assert kept and token not in kept["token_hash"] and kept["token_hash"] == sessions.digest(token)


async def test_cookies_are_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    answer = await log_in(browser, "ben@brightbyte.example")
    flags = answer.headers["Set-Cookie"]
    assert "HttpOnly" in flags and "SameSite=Lax" in flags and "Path=/" in flags


async def test_logging_out_ends_the_session_at_once(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    token = browser.http.cookies[SESSION_COOKIE]
    answer = await browser.post("/logout")
    assert answer.status_code == 303 and "cache" in answer.headers["Clear-Site-Data"]
    browser.plant(token)
    assert "Log in" in words(await browser.get("/"))


@rule("LOGIN-9")
@pytest.mark.parametrize(
    ("column", "minutes"),
    [("last_seen_at", 31), ("started_at", 12 * 60 + 1), ("started_at", -13 * 60)],
)
async def test_a_session_ends_by_itself(browser: Browser, cast: Cast, column: str, minutes: int) -> None:
    await browser.sign_in(cast.ben)
    assert "Ben Ito" in words(await browser.get("/"))
    then = datetime.now(UTC) - timedelta(minutes=minutes)
    await sql.run(f"UPDATE sessions SET {column} = $1", then)  # noqa: S608
    assert "Ben Ito" not in words(await browser.get("/"))


@rule("LOGIN-9")
async def test_what_was_typed_is_found_again_after_the_log_in(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    fields = {"name": "Fit-out level 3", "visibility": "private", "note": "two\nlines <b>"}
    csrf = browser.csrf
    await sql.run("DELETE FROM sessions")
    stopped = await browser.post("/baskets", fields, csrf=csrf)
    assert stopped.status_code == 401 and "Fit-out level 3" in stopped.text
    browser.sign_out()
    await browser.get("/login")
    names = {"kept_name": list(fields), "kept_value": list(fields.values()), "kept_path": "/baskets"}
    again = await browser.post("/login", {"email": cast.ben.email, "password": PASSWORD, **names})
    assert again.status_code == 200 and 'action="/baskets"' in again.text
    assert "Fit-out level 3" in again.text and "two\nlines &lt;b&gt;" in again.text


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example", "/a\r\nX: y"]
)
async def test_the_log_in_leads_nowhere_else(browser: Browser, wanted: str) -> None:
    answer = await log_in(browser, "ben@brightbyte.example", next=wanted)
    assert answer.headers["Location"] == "/"


async def test_a_page_that_needs_a_log_in_leads_there_and_back(browser: Browser) -> None:
    answer = await browser.get("/baskets?sort=name")
    assert answer.headers["Location"] == "/login?next=/baskets%3Fsort%3Dname"
    back = await log_in(browser, "ben@brightbyte.example", next="/baskets?sort=name")
    assert back.headers["Location"] == "/baskets?sort=name"


async def test_one_request_looks_the_session_up_with_one_statement(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    await browser.get("/no-such-page")
    before = sql.statements()
    await browser.get("/no-such-page")
    assert sql.statements() - before == 1


@pytest.mark.parametrize("odd", ['theme={"dark": true}', "a b=c d", "=", "x", 'q="a;b"', "é=ü"])
async def test_the_cookies_of_other_programs_end_no_session(browser: Browser, cast: Cast, odd: str) -> None:
    await browser.sign_in(cast.ben)
    own = "; ".join(f"{name}={value}" for name, value in browser.http.cookies.items())
    for header in (f"{odd}; {own}", f"{own}; {odd}"):
        page = await browser.http.get("/baskets", headers=[(b"cookie", header.encode())])
        assert page.status_code == 200, header
