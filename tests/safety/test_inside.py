"""Nothing of the inside shows: errors, headers, cookies over HTTPS, a colleague's basket in the header of a page."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.rules import overview
from db import sql
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast
from tests.checking_out import basket_of
from tests.rules_named import rule
from tests.servers import serving, url_of

HIDDEN_WORDS = ("Traceback", "RuntimeError", "litestar", "/app/", "SELECT", "the inside", "piccolo", ".py")


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_fault_shows_the_number_of_the_request_alone(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, htmx: bool
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("the inside: SELECT * FROM users")

    monkeypatch.setattr(overview, "of", broken)
    await browser.sign_in(cast.ben)
    answer = await browser.get("/", htmx=htmx)
    assert answer.status_code == 500 and answer.headers["X-Request-ID"] in answer.text
    assert not [word for word in HIDDEN_WORDS if word in answer.text]
    assert answer.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    "path", ["/schema/openapi.json", "/.env", "/.git/HEAD", "/var/portal.db", "/db/conf.py", "/admin"]
)
async def test_nothing_of_the_inside_has_an_address(browser: Browser, cast: Cast, path: str) -> None:
    for prefix in ("", "/static", "/static/..", "/static/%2e%2e", "/static/..%2f.."):
        assert (await browser.get(prefix + path)).status_code in {400, 404}


@rule("BASKET-3")
async def test_a_basket_that_is_shown_no_more_leaves_the_header(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await sql.run("UPDATE baskets SET visibility = 'shared', name = 'Secret plan' WHERE id = $1", basket)
    approve = 'INSERT INTO basket_approvals (basket, "user", approved_at) SELECT id, $1, created_at FROM baskets'
    await sql.run(approve, cast.dana.id)
    await browser.sign_in(cast.dana)
    await browser.post(f"/baskets/{basket}/current")
    assert "Secret plan" in words(await browser.get("/"))
    for change in ("DELETE FROM basket_approvals", "UPDATE baskets SET visibility = 'private'"):
        await sql.run(change)
        for path in ("/", "/products", "/baskets", "/baskets?current=1"):
            assert "Secret plan" not in (await browser.get(path)).text, change


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "", "[::1", "a\tb"]
)
async def test_a_page_speaks_to_its_own_host_alone(browser: Browser, cast: Cast, host: str) -> None:
    answer = await browser.get("/", headers={"Host": host})
    assert answer.status_code == 400 and "evil" not in answer.text
    forwarded = await browser.get(
        "/login", headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    )
    assert forwarded.status_code == 200 and "evil" not in forwarded.text


@pytest.fixture
def trade(cast: Cast, database: str, tmp_path: Path) -> Iterator[str]:
    """A portal that the world reaches as https://trade.example; gives where it listens."""
    with serving(url_of(database), tmp_path, PORTAL_BASE_URL="https://trade.example") as server:
        yield server.url


async def test_over_https_cookies_and_headers_say_so(cast: Cast, trade: str) -> None:
    async with httpx.AsyncClient(base_url=trade, headers={"Host": "trade.example"}) as http:
        page = await http.get("/login")
        visit = page.headers["Set-Cookie"]
        assert visit.startswith("__Host-visit=") and {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts(visit)
        assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
        assert "server" not in page.headers and "x-powered-by" not in page.headers
        csrf = page.text.split('name="csrf" value="')[1].split('"')[0]
        fields = {"csrf": csrf, "email": cast.ben.email, "password": PASSWORD}
        answer = await http.post("/login", data=fields, headers={"Cookie": visit.partition(";")[0]})
        session = answer.headers["Set-Cookie"]
        assert session.startswith("__Host-session=") and "Secure" in parts(session) and "Domain" not in session


def parts(cookie: str) -> set[str]:
    return {part.strip() for part in cookie.split(";")}


async def test_a_huge_form_is_refused_at_once_and_nobody_else_waits(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in (b"a=1&" * 700_000, b"x" * 10_000_000, b"quantity=" + b"9" * 300_000, b"&" * 200_000, b"a&" * 100_000):
        started = time.perf_counter()
        assert (await browser.http.post("/baskets", content=body, headers=form)).status_code == 413
        assert time.perf_counter() - started < 1
    assert (await browser.get("/baskets")).status_code == 200
