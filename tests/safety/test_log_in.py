"""The log-in in hostile hands: odd bytes, a stolen cookie, a forged form, an address that leads away."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from db import sql
from db.users import Suspension
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast
from tests.rules_named import rule

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ODD = ["a%00b", "%ff", "%ED%A0%80", "%F0%9F%98%80", "%E2%80%AEmoc", "%27 OR 1=1 --", "x" * 20_000, "%0d%0aBcc: a", ""]
BEN = f"email=ben@brightbyte.example&password={quote(PASSWORD)}"


@rule("LOGIN-5")
@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
async def test_whatever_is_typed_gets_the_one_answer(browser: Browser, cast: Cast, typed: str) -> None:
    await browser.get("/login")
    for email, password in ((typed, PASSWORD), ("ben@brightbyte.example", typed), (typed, typed)):
        body = f"csrf={browser.csrf}&email={email}&password={password}"
        answer = await browser.http.post("/login", content=body, headers=FORM)
        assert answer.status_code == 422 and "do not fit together" in words(answer)


@pytest.mark.parametrize("token", ["%ff", "%00", "%ED%A0%80", "%C3%A9", "", "0" * 32, "x" * 9_000])
async def test_a_token_of_odd_bytes_is_no_token(browser: Browser, cast: Cast, token: str) -> None:
    await browser.get("/login")
    answer = await browser.http.post("/login", content=f"csrf={token}&{BEN}", headers=FORM)
    assert answer.status_code == 403
    await browser.sign_in(cast.ben)
    answer = await browser.http.post("/baskets", content=f"csrf={token}&name=x", headers=FORM)
    assert answer.status_code == 403


@pytest.mark.parametrize("cookie", ["", "of a session that has ended"])
async def test_a_forged_log_in_is_refused(browser: Browser, cast: Cast, cookie: str) -> None:
    browser.plant(cookie)
    for body in (BEN, f"csrf=&{BEN}", f"csrf={'0' * 32}&{BEN}"):
        for path in ("/login", "/login/"):
            assert (await browser.http.post(path, content=body, headers=FORM)).status_code == 403
    assert await sql.value("SELECT count(*) FROM sessions") == 0


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", ""])
async def test_only_a_form_is_a_form(browser: Browser, cast: Cast, kind: str) -> None:
    await browser.sign_in(cast.ben)
    body = f"csrf={browser.csrf}&name=x&visibility=private"
    answer = await browser.http.post("/baskets", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 403 and await sql.value("SELECT count(*) FROM baskets") == 0


async def test_the_token_of_before_the_log_in_is_worth_nothing_after_it(browser: Browser, cast: Cast) -> None:
    await browser.get("/login")
    old = browser.csrf
    await browser.sign_in(cast.ben)
    assert (await browser.post("/baskets", {"name": "x"}, csrf=old)).status_code == 403


@pytest.mark.parametrize("wanted", ["/中", "/é", "/\u202emoc", "/a?q=ü", "/%ff", "/ü\ud800"])
async def test_an_address_in_any_script_is_written_in_plain_signs(browser: Browser, cast: Cast, wanted: str) -> None:
    asked = quote(wanted, errors="surrogatepass")
    await browser.get("/login")
    posted = await browser.http.post("/login", content=f"csrf={browser.csrf}&{BEN}&next={asked}", headers=FORM)
    again = await browser.get(f"/login?next={asked}")
    for answer in (posted, again):
        assert answer.status_code == 303
        assert answer.headers["Location"].isascii() and answer.headers["Location"].startswith("/")


LEADS_AWAY = [
    "//evil.example",
    "/\\evil.example",
    "/%09/evil.example",
    "https:evil.example",
    "\t//evil.example",
    "/a\nb",
]


@pytest.mark.parametrize("wanted", [*LEADS_AWAY, "javascript:alert(1)", "evil.example", "/\x00", "http://localhost"])
async def test_who_is_logged_in_is_led_nowhere_else_either(browser: Browser, cast: Cast, wanted: str) -> None:
    await browser.sign_in(cast.ben)
    answer = await browser.get(f"/login?next={quote(wanted)}")
    location = answer.headers["Location"]
    assert answer.status_code == 303 and location.startswith("/") and not location.startswith(("//", "/\\"))


async def test_a_forwarded_address_does_not_count(browser: Browser, cast: Cast) -> None:
    await browser.get("/login")
    for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host"):
        fields = {"email": "nobody@nowhere.example", "password": "wrong"}
        await browser.post("/login", fields, headers={name: "203.0.113.9"})
    found = await sql.rows("SELECT DISTINCT network_address FROM login_failures")
    assert [row["network_address"] for row in found] == ["127.0.0.1"]


@rule("LOGIN-5")
async def test_an_old_cookie_is_worth_nothing_once_its_owner_is_stopped(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    assert (await browser.get("/baskets")).status_code == 200
    await Suspension.insert(Suspension(user=cast.ben.id, at=datetime.now(UTC)))
    assert (await browser.get("/baskets")).headers["Location"].startswith("/login")
    assert (await browser.post("/baskets", {"name": "Late"})).status_code == 401
    assert await sql.value("SELECT count(*) FROM baskets") == 0
