"""My Profile lists the sessions of a person and ends them (LOGIN-8)."""

from datetime import UTC, datetime, timedelta

import pytest

from app.rules import sessions
from app.rules.devices import device
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule

PATH = "/account/profile"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:160.0) Gecko/20100101 Firefox/160.0"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.ben)


async def another(cast: Cast, portal: object) -> Browser:
    """Ben in another browser."""
    browser = Browser(portal)
    browser.plant(await sessions.start(cast.ben.id, cast.ben.email, "203.0.113.9", FIREFOX))
    return browser


async def id_of(address: str) -> int:
    return int(await sql.value("SELECT id FROM sessions WHERE network_address = $1", address))


@rule("LOGIN-8")
async def test_ben_sees_where_he_is_logged_in(ben: Browser, cast: Cast, portal: object) -> None:
    await another(cast, portal)
    page = await ben.get(PATH)
    seen = words(page).partition("Sessions ")[2]
    assert "Firefox on Windows" in seen and "203.0.113.9" in seen and "this one" in seen
    assert f"/sessions/{await id_of('203.0.113.9')}/removal" in page.text
    assert f"/sessions/{await id_of('127.0.0.1')}/removal" not in page.text


@rule("LOGIN-8")
async def test_ben_ends_another_session(ben: Browser, cast: Cast, portal: object) -> None:
    async with await another(cast, portal) as other:
        assert (await other.get(PATH)).status_code == 200
        page = await ben.follow(await ben.post(f"{PATH}/sessions/{await id_of('203.0.113.9')}/removal"))
        assert "That session has ended." in words(page) and "203.0.113.9" not in page.text
        assert (await other.get(PATH)).status_code == 303
    entry = await sql.row("SELECT actor, before FROM audit_entries WHERE action = 'session_ended'")
    assert entry and entry["actor"] == cast.ben.id and entry["before"] == "Firefox on Windows, 203.0.113.9"


async def test_ben_ends_all_others_and_stays(ben: Browser, cast: Cast, portal: object) -> None:
    async with await another(cast, portal) as other:
        page = await ben.follow(await ben.post(f"{PATH}/sessions/removal"))
        assert "Every other session has ended." in words(page) and "You are logged in nowhere else." in words(page)
        assert (await other.get(PATH)).status_code == 303 and (await ben.get(PATH)).status_code == 200


async def test_ended_sessions_are_not_listed(ben: Browser, cast: Cast, portal: object) -> None:
    await another(cast, portal)
    idle = datetime.now(UTC) - timedelta(minutes=31)
    await sql.run("UPDATE sessions SET last_seen_at = $1 WHERE network_address = '203.0.113.9'", idle)
    assert "203.0.113.9" not in (await ben.get(PATH)).text


async def test_sams_session_does_not_exist_for_ben(ben: Browser, cast: Cast) -> None:
    await sessions.start(cast.sam.id, cast.sam.email, "198.51.100.7", "tests")
    theirs = await id_of("198.51.100.7")
    answers = [await ben.post(f"{PATH}/sessions/{number}/removal") for number in (theirs, 0, 99_999, 10**12)]
    assert {answer.status_code for answer in answers} == {404} and len({words(answer) for answer in answers}) == 1
    assert await id_of("198.51.100.7") == theirs


async def test_a_get_ends_nothing(ben: Browser) -> None:
    for path in ("sessions/removal", f"sessions/{await id_of('127.0.0.1')}/removal"):
        assert (await ben.get(f"{PATH}/{path}")).status_code == 405
    assert (await ben.get(PATH)).status_code == 200


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) AppleWebKit/605 Version/27.1 Safari/605.1.15",
            "Safari on macOS",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/157.0 Safari/537.36 Edg/157.0", "Edge on Linux"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/157.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.0", "Unknown browser"),
        ("", "Unknown browser"),
        ("<script>alert(1)</script>", "Unknown browser"),
    ],
)
def test_a_browser_is_named_in_words(agent: str, said: str) -> None:
    assert device(agent) == said
