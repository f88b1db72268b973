"""Help for who has forgotten everything: both ways stand open to everybody, and neither tells who exists (LOGIN-7)."""

from datetime import UTC, datetime

import pytest

from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.mailed import letters
from tests.rules_named import rule

CASE = {"account_number": "100234", "name": "Dana Reyes", "email": "dana@brightbyte.example", "text": "Phone lost."}


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.rules.steady.SECONDS", 0.0)


async def ask(browser: Browser, email: str, account_number: str = "", htmx: bool = False):  # type: ignore[no-untyped-def]
    await browser.get("/password/help")
    fields = {"email": email, "account_number": account_number}
    return await browser.post("/password/help/administrator", fields, htmx=htmx)


async def recipients() -> list[str]:
    return [row["recipient"] for row in await letters("login_help")]


@rule("LOGIN-7")
async def test_the_page_shows_both_ways_and_the_log_in_leads_there(browser: Browser) -> None:
    assert '"/password/help"' in (await browser.get("/login")).text
    page = words(await browser.get("/password/help"))
    assert "Ask your company's website administrator" in page and "You are the website administrator" in page


@rule("LOGIN-7")
@pytest.mark.parametrize("htmx", [False, True])
async def test_dana_is_led_to_ben(browser: Browser, cast: Cast, htmx: bool) -> None:
    answer = await ask(browser, "BEN@brightbyte.example", htmx=htmx)
    assert answer.headers["Location"] == "/password/help/sent?to=administrator"
    letter = (await letters("login_help"))[0]
    assert letter["recipient"] == cast.dana.email and "Ben Ito" in letter["text"]
    assert f"/account/users/{cast.ben.id}\n" in letter["text"] and "Hello Dana Reyes" in letter["text"]


@rule("LOGIN-7")
async def test_without_a_profile_dana_is_led_to_add_new_user(browser: Browser, cast: Cast) -> None:
    await ask(browser, "noa+new@brightbyte.example", "100234")
    letter = (await letters("login_help"))[0]
    assert letter["recipient"] == cast.dana.email
    assert "/account/users/new?email=noa%2Bnew%40brightbyte.example" in letter["text"]


@rule("LOGIN-7")
async def test_nothing_tells_who_exists(browser: Browser, cast: Cast) -> None:
    tries = (
        (cast.ben.email, ""),
        ("nobody@nowhere.example", ""),
        ("nobody@nowhere.example", "100234"),
        ("a@b.co", "9"),
    )
    answers = [await ask(browser, *one) for one in tries]
    pages = [await browser.follow(answer) for answer in answers]
    assert len({(a.status_code, a.text, a.headers["Location"]) for a in answers}) == 1
    assert len({page.text for page in pages}) == 1
    assert await recipients() == [cast.dana.email] * 2


@rule("LOGIN-7")
async def test_an_account_number_moves_no_known_user(browser: Browser, cast: Cast) -> None:
    await ask(browser, cast.ben.email, "100377")
    assert await recipients() == [cast.dana.email]


@rule("LOGIN-7")
async def test_who_cannot_log_in_is_not_asked(browser: Browser, cast: Cast) -> None:
    await ask(browser, cast.dana.email)
    await sql.run('INSERT INTO suspensions ("user", at) VALUES ($1, $2)', cast.dana.id, datetime.now(UTC))
    await ask(browser, cast.ben.email)
    assert await recipients() == []


@rule("LOGIN-7")
async def test_staff_ask_the_administrators_of_the_desk(browser: Browser, cast: Cast) -> None:
    await ask(browser, cast.moana.email)
    await ask(browser, cast.ari.email)
    assert await recipients() == [cast.ari.email]


@rule("LOGIN-7")
async def test_asking_often_mails_seldom(browser: Browser, cast: Cast) -> None:
    for _ in range(settings.asked_per_hour + 1):
        assert (await ask(browser, cast.ben.email)).status_code == 303
    assert len(await recipients()) == settings.asked_per_hour


@rule("LOGIN-7")
@pytest.mark.parametrize("htmx", [False, True])
async def test_an_administrator_writes_to_the_desk(browser: Browser, htmx: bool) -> None:
    await browser.get("/password/help")
    answer = await browser.post("/password/help/distributor", CASE, htmx=htmx)
    assert answer.headers["Location"] == "/password/help/sent?to=distributor"
    kept = await sql.row("SELECT kind, account_number, name, email, text, network_address FROM cases")
    assert kept == {"kind": "login", **CASE, "network_address": "127.0.0.1"}


@rule("LOGIN-7")
@pytest.mark.parametrize("field", list(CASE))
async def test_what_is_missing_stands_at_its_field_and_the_rest_stays(browser: Browser, field: str) -> None:
    await browser.get("/password/help")
    answer = await browser.post("/password/help/distributor", {**CASE, field: " "})
    place = {"account_number": "account"}.get(field, field)
    assert answer.status_code == 422 and f'id="own-{place}-error"' in answer.text
    assert 'id="ask-email-error"' not in answer.text
    assert all(text in words(answer) or text in answer.text for name, text in CASE.items() if name != field)
    assert await sql.value("SELECT count(*) FROM cases") == 0


async def test_a_wrong_address_stands_at_its_field(browser: Browser) -> None:
    answer = await ask(browser, "ben@brightbyte", "100234")
    assert answer.status_code == 422 and 'id="ask-email-error"' in answer.text and 'value="100234"' in answer.text


@rule("LOGIN-7")
async def test_cases_from_one_network_address_are_few(browser: Browser) -> None:
    await browser.get("/password/help")
    answers = [await browser.post("/password/help/distributor", CASE) for _ in range(settings.asked_per_hour + 1)]
    assert [answer.status_code for answer in answers][-2:] == [303, 429] and answers[-1].headers["Retry-After"]
    assert await sql.value("SELECT count(*) FROM cases") == settings.asked_per_hour


@pytest.mark.parametrize("path", ["/password/help/administrator", "/password/help/distributor"])
async def test_looking_sends_nothing(browser: Browser, path: str) -> None:
    assert (await browser.get(f"{path}?email=ben@brightbyte.example")).status_code in (404, 405)
    assert await sql.value("SELECT count(*) FROM notices") == 0


@pytest.mark.parametrize("path", ["/password/help/administrator", "/password/help/distributor", "/password/forgotten"])
async def test_another_site_cannot_send_it(browser: Browser, path: str) -> None:
    await browser.get("/password/help")
    for csrf in ("", "0" * 32):
        assert (await browser.post(path, CASE, csrf=csrf)).status_code == 403
    foreign = await browser.post(path, CASE, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403 and await sql.value("SELECT count(*) FROM cases") == 0
