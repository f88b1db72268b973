"""Guessing passwords, and finding out by words or by the clock who has an account (cases 2 to 5)."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

import pytest

from app.rules import log_ins, new_passwords, passwords
from app.rules.settings import settings
from db import sql
from tests import mailed
from tests.browser import Browser
from tests.cast import ANSWER, PASSWORD, Cast
from tests.rules_named import rule

NOBODY = "nobody@nowhere.example"
NEW = {"new_password": "Quay-lantern-73", "repeated": "Quay-lantern-73"}
ROUNDS = 15


async def log_in(browser: Browser, email: str, password: str, **headers: str):  # type: ignore[no-untyped-def]
    return await browser.post("/login", {"email": email, "password": password}, headers=headers)


@rule("LOGIN-5")
async def test_of_a_hundred_guesses_at_once_five_are_looked_at(cast: Cast, compared: list[str]) -> None:
    guesses = [log_ins.log_in(cast.ben.email, f"guess {n}", "10.0.0.1", "") for n in range(100)]
    answers = await asyncio.gather(*guesses, return_exceptions=True)
    assert all(isinstance(answer, log_ins.LoginFailed) for answer in answers)
    assert len(compared) == settings.login_failures
    counted = await sql.rows("SELECT action, count(*) AS n FROM audit_entries GROUP BY action ORDER BY action")
    assert counted == [{"action": "login_failed", "n": 5}, {"action": "login_locked", "n": 1}]


@rule("LOGIN-5")
async def test_inside_the_lock_every_answer_is_the_same_byte_for_byte(browser: Browser, cast: Cast) -> None:
    await browser.get("/login")
    pages = []
    for email in (cast.ben.email, NOBODY):
        for _ in range(settings.login_failures):
            await log_in(browser, email, "wrong")
        pages += [await log_in(browser, email, password) for password in (PASSWORD, "wrong")]
    texts = {page.text.replace(cast.ben.email, NOBODY) for page in pages}
    assert len(texts) == 1 and {page.status_code for page in pages} == {422}
    assert len({tuple(name for name in page.headers if name != "content-length") for page in pages}) == 1


@rule("LOGIN-5")
async def test_one_guess_on_each_of_many_accounts_is_stopped_by_its_network_address(
    browser: Browser, cast: Cast, compared: list[str]
) -> None:
    object.__setattr__(settings, "login_address_failures", 10)
    await browser.get("/login")
    try:
        for n in range(30):
            await log_in(browser, f"user{n}@brightbyte.example", "guess", **{"X-Forwarded-For": f"203.0.113.{n}"})
        assert (await log_in(browser, cast.ben.email, PASSWORD)).status_code == 422
    finally:
        object.__setattr__(settings, "login_address_failures", 1_000)
    assert len(compared) == 10


@rule("LOGIN-5")
async def test_only_failures_count_towards_the_network_address(cast: Cast) -> None:
    for person in (cast.ben, cast.vera, cast.dana) * 3:
        assert (await log_ins.log_in(person.email, PASSWORD, "10.0.0.1", "")).token
    assert await sql.value("SELECT count(*) FROM login_failures") == 0


@rule("LOGIN-5")
async def test_who_had_to_be_turned_away_has_not_failed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.rules.passwords.MOST_WAITING", 0)
    for _ in range(settings.login_failures + 1):
        with pytest.raises(passwords.Overloaded):
            await log_ins.log_in(cast.ben.email, PASSWORD, "10.0.0.1", "")
    assert await sql.value("SELECT count(*) FROM login_failures") == 0


@rule("LOGIN-5")
async def test_a_locked_out_administrator_gets_in_by_mail_meanwhile(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.rules.steady.SECONDS", 0.0)
    await browser.get("/login")
    for _ in range(settings.login_failures):
        await log_in(browser, cast.dana.email, "wrong")
    path = await mailed.reset_link(cast.dana)
    await browser.post(path, {"answer": ANSWER})
    assert (await browser.post(f"{path}/password", NEW)).status_code == 303
    assert (await log_in(browser, cast.dana.email, NEW["new_password"])).status_code == 303


@pytest.fixture
def as_often_as_one_likes() -> Iterator[None]:
    """Past a limit the slower way would not be taken, and the clock would say nothing."""
    object.__setattr__(settings, "asked_per_hour", 1_000)
    yield
    object.__setattr__(settings, "asked_per_hour", 5)


async def times(*ways: Callable[[], Awaitable[object]]) -> list[float]:
    """The median seconds of each way, taken in turns so that a busy machine troubles all alike."""
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS):
        for place, way in enumerate(ways):
            begun = perf_counter()
            await way()
            taken[place].append(perf_counter() - begun)
    return [median(one) for one in taken]


@rule("LOGIN-5")
async def test_no_clock_tells_at_the_log_in_whether_an_address_is_known(browser: Browser, cast: Cast) -> None:
    await sql.run('INSERT INTO suspensions ("user", at) VALUES ($1, $2)', cast.vera.id, datetime.now(UTC))
    await browser.get("/login")
    object.__setattr__(settings, "login_failures", 1_000)
    emails = (cast.ben.email, cast.vera.email, NOBODY)
    try:
        found = await times(*(lambda email=email: log_in(browser, email, "wrong") for email in emails))
    finally:
        object.__setattr__(settings, "login_failures", 5)
    assert max(found) - min(found) < 0.02


@rule("LOGIN-6")
@pytest.mark.usefixtures("as_often_as_one_likes")
async def test_no_clock_tells_at_the_reset_whether_an_address_is_known(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.rules.steady.SECONDS", 0.1)
    await browser.get("/password/forgotten")
    emails = (cast.ben.email, NOBODY)
    ways = [lambda email=email: browser.post("/password/forgotten", {"email": email}) for email in emails]
    found = await times(*ways)
    assert max(found) - min(found) < 0.02 and min(found) >= 0.1


@rule("LOGIN-7")
@pytest.mark.usefixtures("as_often_as_one_likes")
async def test_no_clock_tells_at_the_help_either(browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.rules.steady.SECONDS", 0.1)
    await browser.get("/password/help")
    emails = (cast.ben.email, NOBODY)
    ways = [lambda email=email: browser.post("/password/help/administrator", {"email": email}) for email in emails]
    found = await times(*ways)
    assert max(found) - min(found) < 0.02


@rule("LOGIN-10")
async def test_an_old_hash_is_made_stronger_at_the_log_in(cast: Cast) -> None:
    before = await new_passwords.current(cast.ben.id)
    object.__setattr__(settings, "bcrypt_cost", 5)
    try:
        await log_ins.log_in(cast.ben.email, PASSWORD, "10.0.0.1", "")
    finally:
        object.__setattr__(settings, "bcrypt_cost", 4)
    after = await new_passwords.current(cast.ben.id)
    assert before.startswith("$2b$04$") and after.startswith("$2b$05$")
    assert (await log_ins.log_in(cast.ben.email, PASSWORD, "10.0.0.1", "")).token
