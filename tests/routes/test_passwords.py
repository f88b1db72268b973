"""Changing one's own password and challenge question, and the public list of requirements (LOGIN-4, LOGIN-8)."""

from datetime import UTC, datetime

import pytest

from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import ANSWER, PASSWORD, Cast
from tests.mailed import letters
from tests.rules_named import rule

NEW = "Quay-lantern-73"
FIELDS = {"current_password": PASSWORD, "new_password": NEW, "repeated": NEW}
QUESTION = "What was the name of your first pet?"
CHALLENGE = {"current_password": PASSWORD, "question": QUESTION, "own_question": "", "answer": "Pōhutukawa"}


async def hashes(cast: Cast) -> tuple[str, str]:
    row = await sql.row("SELECT password_hash, challenge_answer_hash FROM users WHERE id = $1", cast.ben.id)
    assert row
    return row["password_hash"], row["challenge_answer_hash"]


async def log_in(browser: Browser, email: str, password: str) -> int:
    await browser.get("/login")
    return (await browser.post("/login", {"email": email, "password": password})).status_code


@rule("LOGIN-4")
async def test_the_requirements_are_public_and_made_from_the_settings(browser: Browser) -> None:
    page = await browser.get("/password-requirements")
    assert page.status_code == 200 and page.text.count("<title>Password requirements") == 1
    for said in ("At least 10 characters", "At least 12 characters", "From 20 characters on", "your last 10"):
        assert said in words(page)
    object.__setattr__(settings, "password_length", 11)
    try:
        assert "At least 11 characters" in words(await browser.get("/password-requirements"))
    finally:
        object.__setattr__(settings, "password_length", 10)


@rule("LOGIN-4")
async def test_the_list_asks_whether_a_password_is_common(browser: Browser) -> None:
    path = "/password-requirements/common"
    await browser.get("/password/forgotten")
    said = [await browser.post(path, {"new_password": text}) for text in ("Butterfly-2026!", NEW, "q" * 300)]
    assert [answer.text.strip() for answer in said] == ["no", "yes", "no"]
    assert (await browser.post(path, {"new_password": NEW}, csrf="0" * 32)).status_code == 403
    assert (await browser.get(path)).status_code == 405


@rule("LOGIN-8")
@pytest.mark.parametrize("htmx", [False, True])
async def test_ben_changes_his_password(browser: Browser, cast: Cast, htmx: bool) -> None:
    await browser.sign_in(cast.ben)
    assert "Password requirements" in words(await browser.get("/account/profile/password"))
    done = await browser.post("/account/profile/password", FIELDS, htmx=htmx)
    assert done.headers["Location"] == "/account/profile?password=1"
    assert "Your password is changed" in words(await browser.follow(done))
    browser.sign_out()
    assert await log_in(browser, cast.ben.email, PASSWORD) == 422
    assert await log_in(browser, cast.ben.email, NEW) == 303


@rule("LOGIN-8")
async def test_it_ends_the_other_sessions_and_is_told(browser: Browser, cast: Cast, portal: object) -> None:
    async with Browser(portal) as other:
        await other.sign_in(cast.ben)
        await browser.sign_in(cast.ben)
        await browser.post("/account/profile/password", FIELDS)
        assert (await other.get("/baskets")).headers["Location"].startswith("/login")
        assert (await browser.get("/baskets")).status_code == 200
    letter = (await letters("password_changed"))[0]
    assert "was changed\non " in letter["text"]
    assert letter["recipient"] == cast.ben.email and "Your password" in letter["text"] and "Ben Ito" in letter["text"]
    assert NEW not in str(letter) and "127.0.0.1" in letter["text"]


@rule("LOGIN-8", "USER-7")
async def test_the_trail_keeps_that_and_no_password(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    await browser.post("/account/profile/password", FIELDS)
    entries = await sql.rows("SELECT * FROM audit_entries WHERE action = 'password_changed'")
    assert len(entries) == 1 and entries[0]["actor"] == cast.ben.id and entries[0]["network_address"] == "127.0.0.1"
    assert NEW not in str(entries) and PASSWORD not in str(entries)


@rule("LOGIN-8")
@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"current_password": "wrong"}, "current_password"),
        ({"current_password": ""}, "current_password"),
        ({"repeated": "other"}, "repeated"),
        ({"new_password": "short", "repeated": "short"}, "new_password"),
        ({"new_password": PASSWORD, "repeated": PASSWORD}, "new_password"),
    ],
)
async def test_what_is_wrong_stands_at_its_field(
    browser: Browser, cast: Cast, changed: dict[str, str], at: str
) -> None:
    await browser.sign_in(cast.ben)
    before = await hashes(cast)
    answer = await browser.post("/account/profile/password", {**FIELDS, **changed})
    assert answer.status_code == 422 and f'id="field-{at}-error"' in answer.text
    assert NEW not in answer.text and PASSWORD not in answer.text and await hashes(cast) == before


@rule("LOGIN-5", "LOGIN-8")
async def test_wrong_current_passwords_count_towards_the_lock(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    wrong = {**FIELDS, "current_password": "wrong"}
    answers = [await browser.post("/account/profile/password", wrong) for _ in range(settings.login_failures)]
    right = await browser.post("/account/profile/password", FIELDS)
    assert right.status_code == 422 and right.text == answers[0].text
    browser.sign_out()
    assert await log_in(browser, cast.ben.email, PASSWORD) == 422
    locked = await sql.rows("SELECT subject FROM audit_entries WHERE action = 'login_locked'")
    assert [row["subject"] for row in locked] == [f"user {cast.ben.id}"]


async def test_a_right_current_password_counts_as_no_failure(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    for _ in range(settings.login_failures + 1):
        await browser.post("/account/profile/password", {**FIELDS, "new_password": PASSWORD, "repeated": PASSWORD})
    assert await sql.value("SELECT count(*) FROM login_failures") == 0


@rule("LOGIN-3", "LOGIN-8")
async def test_ben_sets_another_question(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    assert "In which town were you born?" in words(await browser.get("/account/profile/challenge"))
    done = await browser.post("/account/profile/challenge", CHALLENGE)
    assert done.headers["Location"] == "/account/profile?challenge=1"
    assert QUESTION in words(await browser.get("/account/profile/challenge"))
    letter = (await letters("password_changed"))[0]
    assert "Your challenge question" in letter["text"] and "hutukawa" not in str(letter)
    assert "hutukawa" not in str(await sql.rows("SELECT * FROM audit_entries"))


@rule("LOGIN-8")
@pytest.mark.parametrize("changed", [{"current_password": "wrong"}, {"answer": "no"}, {"question": "else"}])
async def test_a_question_that_does_not_fit_changes_nothing(
    browser: Browser, cast: Cast, changed: dict[str, str]
) -> None:
    await browser.sign_in(cast.ben)
    before = await hashes(cast)
    answer = await browser.post("/account/profile/challenge", {**CHALLENGE, **changed})
    assert answer.status_code == 422 and await hashes(cast) == before
    assert f'id="field-{next(iter(changed))}-error"' in answer.text


@rule("DESK-6")
@pytest.mark.parametrize(("page", "fields"), [("password", FIELDS), ("challenge", CHALLENGE)])
async def test_who_acts_for_ben_sets_neither(browser: Browser, cast: Cast, page: str, fields: dict[str, str]) -> None:
    await browser.sign_in(cast.moana)
    until = datetime(2100, 1, 1, tzinfo=UTC)
    await sql.run("UPDATE sessions SET acting_as = $1, acting_until = $2", cast.ben.id, until)
    before = await hashes(cast)
    assert (await browser.get(f"/account/profile/{page}")).status_code == 403
    assert (await browser.post(f"/account/profile/{page}", fields)).status_code == 403
    assert await hashes(cast) == before


@pytest.mark.parametrize("page", ["password", "challenge"])
async def test_a_visitor_is_led_to_the_log_in(browser: Browser, page: str) -> None:
    assert (await browser.get(f"/account/profile/{page}")).headers["Location"].startswith("/login")
    assert (await browser.post(f"/account/profile/{page}", FIELDS)).status_code == 401


@rule("LOGIN-9")
async def test_no_password_is_kept_for_after_the_log_in(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    csrf = browser.csrf
    await sql.run("DELETE FROM sessions")
    for page, fields in (("password", FIELDS), ("challenge", CHALLENGE)):
        stopped = await browser.post(f"/account/profile/{page}", fields, csrf=csrf)
        assert stopped.status_code == 401
        assert not any(text in stopped.text for text in (NEW, PASSWORD, CHALLENGE["answer"], ANSWER))


@rule("LOGIN-9")
async def test_a_question_is_found_again_after_the_log_in(browser: Browser, cast: Cast) -> None:
    await browser.get("/login")
    kept = {"kept_path": "/account/profile/challenge", "kept_name": "own_question", "kept_value": "Which ferry was it?"}
    page = await browser.post("/login", {"email": cast.ben.email, "password": PASSWORD, **kept})
    assert page.status_code == 200 and 'value="Which ferry was it?"' in page.text and "Nothing is lost" in words(page)
