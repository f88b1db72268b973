"""A forgotten password: asked for, answered for, set anew (LOGIN-6)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.rules import challenges, log_ins
from app.rules.settings import settings
from db import sql
from tests import mailed
from tests.browser import Browser, words
from tests.cast import ANSWER, PASSWORD, Cast, Person
from tests.mailed import letters
from tests.rules_named import rule
from tests.second_step import code, wrong_code

NEW = {"new_password": "Quay-lantern-73", "repeated": "Quay-lantern-73"}


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers come when they are ready: how long they take is measured elsewhere."""
    monkeypatch.setattr("app.rules.steady.SECONDS", 0.0)


async def asked(browser: Browser, person: Person) -> str:
    """Where the mailed link leads."""
    await browser.get("/password/forgotten")
    answer = await browser.post("/password/forgotten", {"email": person.email.upper()})
    assert answer.headers["Location"] == "/password/forgotten/sent"
    return await mailed.link("password_reset")


async def may_enter(person: Person, password: str) -> bool:
    try:
        return bool((await log_ins.log_in(person.email, password, "10.0.0.9", "tests")).token)
    except log_ins.LoginFailed:
        return False


@rule("LOGIN-6")
async def test_ben_sets_a_new_password(browser: Browser, cast: Cast) -> None:
    path = await asked(browser, cast.ben)
    assert "In which town were you born?" in words(await browser.get(path))
    answered = await browser.post(path, {"answer": "  WELLíngton. "})
    assert answered.headers["Location"] == f"{path}/password"
    assert "Password requirements" in words(await browser.follow(answered))
    done = await browser.post(f"{path}/password", NEW)
    assert done.headers["Location"] == "/login?reset=1" and "is set" in words(await browser.follow(done))
    assert await may_enter(cast.ben, NEW["new_password"]) and not await may_enter(cast.ben, PASSWORD)


@rule("LOGIN-5", "LOGIN-6")
async def test_a_reset_lifts_the_lock_ends_sessions_and_is_told(browser: Browser, cast: Cast) -> None:
    assert await may_enter(cast.ben, PASSWORD)
    for _ in range(settings.login_failures):
        assert not await may_enter(cast.ben, "wrong")
    assert not await may_enter(cast.ben, PASSWORD)
    path = await asked(browser, cast.ben)
    await browser.post(path, {"answer": ANSWER})
    await browser.post(f"{path}/password", NEW)
    assert await sql.value("SELECT count(*) FROM sessions") == 0
    assert [row["recipient"] for row in await letters("password_changed")] == [cast.ben.email]
    assert await may_enter(cast.ben, NEW["new_password"])


@rule("LOGIN-6", "USER-7")
async def test_the_trail_tells_of_it_without_a_secret(browser: Browser, cast: Cast) -> None:
    path = await asked(browser, cast.ben)
    await browser.post(path, {"answer": "Auckland"})
    await browser.post(path, {"answer": ANSWER})
    await browser.post(f"{path}/password", NEW)
    entries = await sql.rows("SELECT * FROM audit_entries ORDER BY id")
    assert [row["action"] for row in entries] == ["password_reset_asked", "challenge_failed", "password_reset"]
    assert all(row["company"] == cast.brightbyte and row["subject"] == f"user {cast.ben.id}" for row in entries)
    for hidden in (path.rpartition("/")[2], "Auckland", ANSWER, NEW["new_password"]):
        assert hidden not in str(entries)


@rule("LOGIN-6")
async def test_five_wrong_answers_end_the_link(browser: Browser, cast: Cast) -> None:
    path = await asked(browser, cast.ben)
    answers = [await browser.post(path, {"answer": f"town {n}"}) for n in range(settings.challenge_tries)]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 403]
    assert "4 more tries" in words(answers[0]) and "1 more try" in words(answers[3])
    assert "5 wrong answers ended the link" in words(answers[4]) and 'href="/password/forgotten"' in answers[4].text
    assert "opened it before" not in words(answers[4]) and "opened it before" in words(await browser.get(path))
    assert (await browser.post(path, {"answer": ANSWER})).status_code == 403
    assert (await browser.get(path)).status_code == 403


@rule("LOGIN-6")
async def test_an_empty_answer_costs_no_try(browser: Browser, cast: Cast) -> None:
    path = await asked(browser, cast.ben)
    for _ in range(settings.challenge_tries + 1):
        assert (await browser.post(path, {"answer": " "})).status_code == 422
    assert (await browser.post(path, {"answer": ANSWER})).status_code == 303


@rule("LOGIN-6")
async def test_looking_at_a_link_changes_nothing(browser: Browser, cast: Cast) -> None:
    path = await asked(browser, cast.ben)
    before = await sql.rows("SELECT * FROM mailed_links")
    for address in (path, f"{path}/password", f"{path}?answer={ANSWER}", f"{path}/password?new_password=x"):
        await browser.get(address)
    assert await sql.rows("SELECT * FROM mailed_links") == before
    assert (await browser.get(f"{path}/password")).headers["Location"] == path


@rule("LOGIN-6")
async def test_the_answer_counts_for_the_browser_that_gave_it(browser: Browser, cast: Cast, portal: object) -> None:
    path = await asked(browser, cast.ben)
    await browser.post(path, {"answer": ANSWER})
    async with Browser(portal) as other:
        await other.get(path)
        assert (await other.get(f"{path}/password")).headers["Location"] == path
        assert (await other.post(f"{path}/password", NEW)).status_code == 409
    assert await may_enter(cast.ben, PASSWORD)


@rule("LOGIN-6")
async def test_the_answer_counts_for_a_quarter_of_an_hour(browser: Browser, cast: Cast) -> None:
    path = await asked(browser, cast.ben)
    await browser.post(path, {"answer": ANSWER})
    await sql.run("UPDATE mailed_links SET answered_at = $1", datetime.now(UTC) - timedelta(minutes=16))
    assert (await browser.post(f"{path}/password", NEW)).status_code == 409
    assert (await browser.get(f"{path}/password")).headers["Location"] == path


@rule("LOGIN-4", "LOGIN-6")
async def test_a_password_that_does_not_fit_can_be_typed_again(browser: Browser, cast: Cast) -> None:
    path = await asked(browser, cast.ben)
    await browser.post(path, {"answer": ANSWER})
    for wrong in ({**NEW, "repeated": "other"}, {"new_password": "short", "repeated": "short"}):
        answer = await browser.post(f"{path}/password", wrong)
        assert answer.status_code == 422 and wrong["new_password"] not in answer.text
    again = {"new_password": PASSWORD, "repeated": PASSWORD}
    assert "had this password before" in words(await browser.post(f"{path}/password", again))
    assert (await browser.post(f"{path}/password", NEW)).status_code == 303


@rule("LOGIN-7")
async def test_who_has_no_challenge_is_told_who_can_help(browser: Browser, cast: Cast) -> None:
    await sql.run("UPDATE users SET challenge_answer_hash = ''")
    path = await asked(browser, cast.ben)
    assert "/password/help" in (await browser.get(path)).text
    for fields in ({"answer": ANSWER}, {"answer": "x"}):
        assert (await browser.post(path, fields)).status_code == 403
    assert (await browser.post(f"{path}/password", NEW)).status_code == 403
    assert await may_enter(cast.ben, PASSWORD)


@rule("LOGIN-2", "LOGIN-6")
async def test_a_reset_by_link_ends_a_temporary_password(browser: Browser, cast: Cast) -> None:
    await sql.run("UPDATE users SET password_is_temporary = TRUE, password_expires_at = $1", datetime.now(UTC))
    path = await asked(browser, cast.ben)
    await browser.post(path, {"answer": ANSWER})
    await browser.post(f"{path}/password", NEW)
    for _ in range(2):
        assert await may_enter(cast.ben, NEW["new_password"])


@rule("LOGIN-6", "LOGIN-10")
async def test_a_reset_never_skips_the_second_step(browser: Browser, cast: Cast) -> None:
    path = await asked(browser, cast.moana)
    await browser.post(path, {"answer": ANSWER})
    await browser.post(f"{path}/password", NEW)
    entered = await log_ins.log_in(cast.moana.email, NEW["new_password"], "10.0.0.9", "tests")
    assert entered.owes_second_step


@pytest.fixture
def without_challenge() -> Iterator[None]:
    object.__setattr__(settings, "challenge", "none")
    yield
    object.__setattr__(settings, "challenge", "question")


@rule("LOGIN-6")
@pytest.mark.usefixtures("without_challenge")
async def test_the_second_step_stands_in_for_the_question(browser: Browser, cast: Cast) -> None:
    path = await asked(browser, cast.moana)
    assert "authenticator app" in words(await browser.get(path))
    assert (await browser.post(path, {"answer": wrong_code()})).status_code == 422
    assert (await browser.post(path, {"answer": code()})).status_code == 303
    assert (await browser.post(f"{path}/password", NEW)).status_code == 303


@rule("LOGIN-6")
@pytest.mark.usefixtures("without_challenge")
async def test_without_either_the_link_is_enough(browser: Browser, cast: Cast) -> None:
    path = await asked(browser, cast.ben)
    assert (await browser.get(path)).headers["Location"] == f"{path}/password"
    assert (await browser.post(f"{path}/password", NEW)).status_code == 303


async def test_it_works_in_place_as_well(browser: Browser, cast: Cast) -> None:
    path = await asked(browser, cast.ben)
    wrong = await browser.post(path, {"answer": "x"}, htmx=True)
    assert wrong.status_code == 422 and 'id="field-answer-error"' in wrong.text
    assert (await browser.post(path, {"answer": ANSWER}, htmx=True)).status_code == 303


def test_an_answer_is_compared_by_its_letters_and_digits() -> None:
    alike = ("Té  Awamutu, 1987", "te awamutu 1987", "TEAWAMUTU1987!", "Te\u0301 Awamutu 1987", "Ｔe Awamutu １９８７")
    assert {challenges.normal(text) for text in alike} == {"teawamutu1987"}
