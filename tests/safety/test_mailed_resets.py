"""Links of others, used and ended links, answers guessed and browsers changed (cases 6 to 9)."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app.rules import mailed_links, new_passwords, passwords, resets, temporary_passwords
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from tests import mailed
from tests.browser import Browser, words
from tests.cast import ANSWER, Cast
from tests.mailed import reset_link
from tests.rules_named import rule

NEW = {"new_password": "Quay-lantern-73", "repeated": "Quay-lantern-73"}
EVIL = ({"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"})


@pytest.fixture
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.rules.steady.SECONDS", 0.0)


@pytest.mark.parametrize("headers", EVIL, ids=str)
async def test_the_mailed_link_holds_the_configured_address_alone(
    browser: Browser, cast: Cast, headers: dict[str, str], in_no_time: None
) -> None:
    await browser.get("/password/forgotten")
    await browser.post("/password/forgotten", {"email": cast.ben.email}, headers=headers)
    for letter in await mailed.letters("password_reset"):
        assert "evil.example" not in letter["text"] + letter["html"]
        assert "evil.example" not in await mailed.secret("password_reset", "link")


@rule("LOGIN-6")
@pytest.mark.parametrize("ended", ["used", "expired", "replaced", "changed", "sent", "disabled", "deleted"])
async def test_a_link_that_has_ended_gets_one_neutral_page(
    browser: Browser, cast: Cast, ended: str, in_no_time: None
) -> None:
    path = await reset_link(cast.ben)
    await browser.get(path)
    answered = await browser.post(path, {"answer": ANSWER})
    assert answered.status_code == 303
    await end(ended, cast, browser, path)
    nothing = await browser.get("/password/reset/no-such-token")
    neutral = words(nothing)
    for answer in (
        await browser.get(path),
        await browser.get(f"{path}/password"),
        await browser.post(path, {"answer": ANSWER}),
        await browser.post(f"{path}/password", NEW),
    ):
        assert answer.status_code == nothing.status_code == 403 and words(answer) == neutral
    assert "born" not in neutral and "This link works no more" in neutral
    assert 'href="/password/help"' in nothing.text


async def end(how: str, cast: Cast, browser: Browser, path: str) -> None:
    now = datetime.now(UTC)
    if how == "used":
        assert (await browser.post(f"{path}/password", NEW)).status_code == 303
    elif how == "expired":
        await sql.run("UPDATE mailed_links SET expires_at = $1", now - timedelta(seconds=1))
    elif how == "replaced":
        await reset_link(cast.ben)
    elif how == "changed":
        await new_passwords.keep(cast.ben.id, await new_passwords.current(cast.ben.id), passwords.hashed("x"))
    elif how == "sent":
        prepared = await temporary_passwords.prepare()
        await temporary_passwords.give(cast.ben.id, prepared, "reset", cast.dana.viewer())
    elif how == "disabled":
        await sql.run('INSERT INTO suspensions ("user", at) VALUES ($1, $2)', cast.ben.id, now)
    else:
        await sql.run("UPDATE users SET deleted_at = $1 WHERE id = $2", now, cast.ben.id)


@rule("LOGIN-6")
@pytest.mark.parametrize("purpose", ["staff", "email_change", "notification", "application"])
async def test_a_token_of_another_purpose_opens_nothing(browser: Browser, cast: Cast, purpose: str) -> None:
    token = await mailed_links.make(purpose, timedelta(hours=1), cast.ben.id)
    await browser.get("/login")
    assert (await browser.get(f"/password/reset/{token}")).status_code == 403
    assert (await browser.post(f"/password/reset/{token}", {"answer": ANSWER})).status_code == 403


@rule("LOGIN-6")
async def test_an_answer_for_one_person_sets_nobody_elses_password(
    browser: Browser, cast: Cast, in_no_time: None
) -> None:
    vera, ben = await reset_link(cast.vera), await reset_link(cast.ben)
    await browser.get(vera)
    await browser.post(vera, {"answer": ANSWER})
    assert (await browser.post(f"{ben}/password", NEW)).status_code == 409


@rule("LOGIN-6")
async def test_of_fifty_answers_at_once_five_are_looked_at(cast: Cast, compared: list[str], in_no_time: None) -> None:
    token = (await reset_link(cast.ben)).rpartition("/")[2]
    by = Viewer(network_address="10.0.0.1")
    tries = [resets.answer(token, f"town {n}", "a visit", by) for n in range(50)]
    await asyncio.gather(*tries, return_exceptions=True)
    assert len(compared) == settings.challenge_tries
    with pytest.raises(mailed_links.LinkGone):
        await resets.answer(token, ANSWER, "a visit", by)


@rule("LOGIN-6")
async def test_one_of_two_who_use_a_link_at_once_wins(cast: Cast, in_no_time: None) -> None:
    token = (await reset_link(cast.ben)).rpartition("/")[2]
    by = Viewer(network_address="10.0.0.1")
    await resets.answer(token, ANSWER, "a visit", by)
    tries = [resets.set_password(token, "a visit", f"Quay-lantern-7{n}", f"Quay-lantern-7{n}", by) for n in (1, 2)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(outcome is None for outcome in outcomes) == [False, True]


@rule("LOGIN-6")
async def test_a_question_is_text_and_nothing_else(browser: Browser, cast: Cast, in_no_time: None) -> None:
    await sql.run("UPDATE users SET challenge_question = $1", '<script>x()</script>"onx={{7*7}}')
    page = await browser.get(await reset_link(cast.ben))
    assert "<script>x" not in page.text and '"onx' not in page.text and "{{7*7}}" in page.text
