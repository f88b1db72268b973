"""Asking for a new password: everybody is told the same, and a link goes to whom it may (LOGIN-5, LOGIN-6)."""

from datetime import UTC, datetime

import pytest

from app.rules.settings import settings
from db import sql
from tests.browser import Browser
from tests.cast import Cast
from tests.mailed import letters
from tests.rules_named import rule


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers come when they are ready: how long they take is measured elsewhere."""
    monkeypatch.setattr("app.rules.steady.SECONDS", 0.0)


@rule("LOGIN-5", "LOGIN-6")
async def test_everybody_is_told_the_same(browser: Browser, cast: Cast) -> None:
    await sql.run('INSERT INTO suspensions ("user", at) VALUES ($1, $2)', cast.vera.id, datetime.now(UTC))
    await sql.run("UPDATE users SET deleted_at = $1 WHERE id = $2", datetime.now(UTC), cast.sam.id)
    await browser.get("/password/forgotten")
    tries = (cast.ben.email, cast.vera.email, cast.sam.email, "nobody@nowhere.example")
    answers = [await browser.post("/password/forgotten", {"email": email}) for email in tries]
    assert len({(a.status_code, a.text, a.headers["Location"], len(a.headers)) for a in answers}) == 1
    assert [row["recipient"] for row in await letters("password_reset")] == [cast.ben.email]


@rule("LOGIN-6")
async def test_the_users_of_a_suspended_company_get_no_link(browser: Browser, cast: Cast) -> None:
    await sql.run("INSERT INTO company_suspensions (company, at) VALUES ($1, $2)", cast.brightbyte, datetime.now(UTC))
    await browser.get("/password/forgotten")
    await browser.post("/password/forgotten", {"email": cast.ben.email})
    assert await letters("password_reset") == []


@rule("LOGIN-6")
async def test_asking_often_mails_seldom_and_tells_nothing(browser: Browser, cast: Cast) -> None:
    await browser.get("/password/forgotten")
    for _ in range(settings.asked_per_hour + 2):
        answer = await browser.post("/password/forgotten", {"email": cast.ben.email})
        assert answer.headers["Location"] == "/password/forgotten/sent"
    assert len(await letters("password_reset")) == settings.asked_per_hour


async def test_what_is_no_address_is_said_at_the_field(browser: Browser) -> None:
    await browser.get("/password/forgotten")
    for typed in ("", "ben", "ben@brightbyte.example\r\nBcc: a@b.example", "x" * 300 + "@a.example", "a\0b@c.example"):
        answer = await browser.post("/password/forgotten", {"email": typed})
        assert answer.status_code == 422 and 'id="field-email-error"' in answer.text
