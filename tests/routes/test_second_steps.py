"""Setting up, renewing and removing one's second step (LOGIN-10, DESK-1)."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from app.rules import marks, second_steps, sessions
from db import sql
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast, Person
from tests.rules_named import rule
from tests.second_step import code, give_app, give_password, sessions_of, try_code

pytestmark = rule("LOGIN-10")

PAGE = "/account/profile/second-step"
CODES = re.compile(r"^([a-z2-9]{5}-[a-z2-9]{5})$", re.MULTILINE)
KEY = re.compile(r'<p class="key code">(.*?)</p>', re.DOTALL)
DEEDS = ["/app", "/app/confirmation", "/recovery-codes", "/removal", "/passkeys/challenge", "/passkeys"]


async def opened(browser: Browser, person: Person) -> Browser:
    """Signed in, with the password given once more."""
    await browser.sign_in(person)
    assert (await browser.post(PAGE, {"current_password": PASSWORD})).status_code == 303
    return browser


async def begun(browser: Browser) -> str:
    """The key of an app that is being set up."""
    page = await browser.follow(await browser.post(f"{PAGE}/app"))
    assert "data:image/svg+xml" in page.text
    found = KEY.search(page.text)
    assert found
    return re.sub(r"<[^>]+>|\s", "", found[1])


def shown(page: httpx.Response) -> list[str]:
    """The recovery codes of a page."""
    return CODES.findall(page.text.partition("<pre")[2].partition(">")[2].partition("</pre>")[0])


async def codes_of(browser: Browser) -> list[str]:
    """Set up an app, as far as the recovery codes."""
    answer = await browser.post(f"{PAGE}/app/confirmation", {"code": code(secret=await begun(browser))})
    return shown(await browser.follow(answer))


async def test_ben_sets_up_an_app_and_logs_in_with_it(browser: Browser, cast: Cast) -> None:
    await opened(browser, cast.ben)
    secret = await begun(browser)
    answer = await browser.post(f"{PAGE}/app/confirmation", {"code": code(-1, secret)})
    page = await browser.follow(answer)
    assert len(set(shown(page))) == 10
    assert "shown once" in words(await browser.get(answer.headers["Location"]))
    assert await sql.value("SELECT second_step_at FROM sessions") is not None
    browser.sign_out()
    await give_password(browser, cast.ben)
    assert (await try_code(browser, code(0, secret))).status_code == 303


async def test_setting_up_ends_the_other_sessions_and_is_told(browser: Browser, cast: Cast) -> None:
    await sessions.start(cast.ben.id, cast.ben.email, "10.0.0.9", "other")
    await opened(browser, cast.ben)
    await codes_of(browser)
    assert await sessions_of(cast.ben) == 1
    mail = await sql.row("SELECT recipient, text FROM notices")
    assert mail and mail["recipient"] == cast.ben.email and "Account 100234" in mail["text"]
    noted = await sql.row("SELECT actor, company, after FROM audit_entries WHERE action = 'second_step_added'")
    assert noted == {"actor": cast.ben.id, "company": cast.brightbyte, "after": "app"}


async def test_a_wrong_code_sets_nothing_up(browser: Browser, cast: Cast) -> None:
    await opened(browser, cast.ben)
    secret = await begun(browser)
    for typed in ("", "abc", code(5, secret)):
        answer = await browser.post(f"{PAGE}/app/confirmation", {"code": typed})
        assert answer.status_code == 422 and 'id="field-code-error"' in answer.text and "data:image" in answer.text
    assert not await second_steps.has(cast.ben.id)


async def test_the_old_phone_counts_until_the_new_one_does(browser: Browser, cast: Cast) -> None:
    await give_app(cast.ben)
    await opened(browser, cast.ben)
    secret = await begun(browser)
    assert await second_steps.verify(cast.ben.id, code())
    await browser.post(f"{PAGE}/app/confirmation", {"code": code(secret=secret)})
    assert not await second_steps.verify(cast.ben.id, code(1))
    assert await second_steps.verify(cast.ben.id, code(1, secret))


async def test_nothing_changes_before_the_password_is_given(browser: Browser, cast: Cast) -> None:
    await give_app(cast.ben)
    await browser.sign_in(cast.ben)
    assert "Current password" in words(await browser.get(PAGE))
    for deed in set(DEEDS) - {"/removal"}:
        answer = await browser.post(f"{PAGE}{deed}", {"code": code(), "name": "x", "credential": "{}"})
        assert answer.status_code == 403 and "gave your password" in words(answer), deed
    for path in ("/app/new", "/passkeys/new"):
        assert (await browser.get(f"{PAGE}{path}")).headers["Location"] == PAGE
    await sql.run("UPDATE sessions SET password_given_at = $1", datetime.now(UTC) - timedelta(minutes=11))
    assert (await browser.post(f"{PAGE}/recovery-codes")).status_code == 403
    late = await browser.post(f"{PAGE}/removal", {"current_password": "wrong"})
    assert late.status_code == 422 and 'id="field-current_password-error"' in late.text


@rule("LOGIN-5")
async def test_the_password_is_not_guessed_here(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    for typed in ("wrong", "", "x" * 300, "wrong again", "wrong still", "wrong"):
        answer = await browser.post(PAGE, {"current_password": typed})
        assert answer.status_code == 422 and 'id="field-current_password-error"' in answer.text
    assert (await browser.post(PAGE, {"current_password": PASSWORD})).status_code == 422


async def test_another_session_does_not_see_the_key(browser: Browser, cast: Cast) -> None:
    await opened(browser, cast.ben)
    secret = await begun(browser)
    await browser.sign_in(cast.ben)
    assert (await browser.get(f"{PAGE}/app/new")).headers["Location"] == PAGE
    await opened(browser, cast.ben)
    assert (await browser.get(f"{PAGE}/app/new")).headers["Location"] == PAGE
    assert (await browser.post(f"{PAGE}/app/confirmation", {"code": code(secret=secret)})).status_code == 403
    assert secret not in str(await sql.rows("SELECT * FROM sessions"))


async def test_recovery_codes_are_shown_to_their_session_alone(browser: Browser, cast: Cast) -> None:
    await opened(browser, cast.ben)
    answer = await browser.post(f"{PAGE}/app/confirmation", {"code": code(secret=await begun(browser))})
    await browser.sign_in(cast.dana)
    assert "shown once" in words(await browser.get(answer.headers["Location"]))


async def test_new_recovery_codes_replace_the_old(browser: Browser, cast: Cast) -> None:
    old = await give_app(cast.ben)
    await opened(browser, cast.ben)
    page = await browser.follow(await browser.post(f"{PAGE}/recovery-codes"))
    made = shown(page)
    assert not await second_steps.verify(cast.ben.id, old[0]) and await second_steps.verify(cast.ben.id, made[0])
    assert "9 are left" in words(await browser.get(PAGE))


async def test_ben_removes_his_second_step(browser: Browser, cast: Cast) -> None:
    await give_app(cast.ben)
    await opened(browser, cast.ben)
    for typed in ("", "wrong"):
        answer = await browser.post(f"{PAGE}/removal", {"current_password": typed})
        assert answer.status_code == 422 and 'id="removal-password-error"' in answer.text
    assert await second_steps.has(cast.ben.id)
    removed = await browser.post(f"{PAGE}/removal", {"current_password": PASSWORD})
    assert "second step is removed" in words(await browser.follow(removed))
    assert not await second_steps.has(cast.ben.id)
    assert await sql.value("SELECT count(*) FROM recovery_codes") == 0
    assert (await browser.post(f"{PAGE}/removal")).status_code == 403


@rule("DESK-1")
async def test_staff_cannot_do_without(browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    await opened(browser, cast.moana)
    page = await browser.get(PAGE)
    assert "Staff of the distributor log in with a second step" in words(page) and f"{PAGE}/removal" not in page.text
    assert (await browser.post(f"{PAGE}/removal")).status_code == 403 and await second_steps.has(cast.moana.id)
    monkeypatch.setitem(marks._known, "demo", True)
    assert (await browser.post(f"{PAGE}/removal", {"current_password": PASSWORD})).status_code == 303


@rule("DESK-1")
async def test_staff_without_one_are_led_to_it(browser: Browser, cast: Cast) -> None:
    await sql.run("DELETE FROM authenticators")
    await browser.sign_in(cast.moana)
    assert (await browser.get("/desk/mail")).headers["Location"] == "/welcome"
    await opened(browser, cast.moana)
    answer = await browser.post(f"{PAGE}/app/confirmation", {"code": code(secret=await begun(browser))})
    assert 'href="/welcome"' in (await browser.follow(answer)).text
    assert (await browser.get("/desk/mail")).status_code == 200


async def test_who_has_a_temporary_password_chooses_one_first(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    await sql.run("UPDATE users SET password_is_temporary = TRUE, password_hash = '' WHERE id = $1", cast.ben.id)
    page = words(await browser.get(PAGE))
    assert "choose a password of your own" in page and "Current password" not in page


@rule("DESK-6")
async def test_staff_who_act_for_dana_touch_nothing_here(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.moana)
    until = datetime.now(UTC) + timedelta(minutes=30)
    await sql.run("UPDATE sessions SET acting_as = $1, acting_until = $2", cast.dana.id, until)
    assert (await browser.get(PAGE)).status_code == 403
    for deed in ("", *DEEDS, "/passkeys/1", "/passkeys/1/removal"):
        assert (await browser.post(f"{PAGE}{deed}", {"current_password": PASSWORD})).status_code == 403
    assert (await browser.get(f"{PAGE}/recovery-codes")).status_code == 403


async def test_visitors_are_led_to_the_log_in(browser: Browser) -> None:
    for path in ("", "/app/new", "/recovery-codes", "/passkeys/new"):
        assert (await browser.get(f"{PAGE}{path}")).headers["Location"].startswith("/login?next=")
    for deed in ("/app", "/removal", "/passkeys/1/removal"):
        assert (await browser.get(f"{PAGE}{deed}")).status_code == 405
