"""The outermost door: hosts, sizes, headers, forged forms."""

from collections.abc import AsyncIterator

import pytest

from app.gate import FORM_BYTES
from tests.browser import Browser, words
from tests.cast import Cast

PAGES = ["/", "/login", "/products", "/no-such-page", "/healthz", "/baskets"]


@pytest.mark.parametrize("path", PAGES)
async def test_every_answer_carries_the_security_headers(browser: Browser, path: str) -> None:
    headers = (await browser.get(path)).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy and "default-src 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers


async def test_an_unknown_host_is_refused(browser: Browser) -> None:
    assert (await browser.get("/", headers={"Host": "evil.example"})).status_code == 400
    assert (await browser.get("/", headers={"Host": "127.0.0.1:8123"})).status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_other_methods_are_refused(browser: Browser, method: str) -> None:
    assert (await browser.http.request(method, "/")).status_code == 405


async def test_a_form_that_is_too_large_is_refused_before_it_is_read(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    answer = await browser.post("/baskets", {"name": "x" * FORM_BYTES})
    assert answer.status_code == 413
    many = await browser.http.post(
        "/baskets", content=b"a&" * 2_000, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert many.status_code == 413


async def test_a_body_without_a_length_is_counted(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"a" * 10_000

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await browser.http.post("/baskets", content=endless(), headers=headers)).status_code == 413


async def test_a_form_without_its_token_is_refused(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    assert (await browser.post("/logout", csrf="")).status_code == 403
    other = Browser(browser.http._transport.app)  # type: ignore[attr-defined]
    await other.sign_in(cast.sam)
    assert (await browser.post("/logout", csrf=other.csrf)).status_code == 403
    assert (await browser.post("/logout", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
    plain = await browser.http.post("/logout", content=f"csrf={browser.csrf}", headers={"Content-Type": "text/plain"})
    assert plain.status_code == 403
    assert "Ben Ito" in words(await browser.get("/"))


async def test_logged_in_pages_are_kept_by_nobody(browser: Browser, cast: Cast) -> None:
    assert (await browser.get("/")).headers["cache-control"] == "no-cache"
    await browser.sign_in(cast.ben)
    answer = await browser.get("/")
    assert answer.headers["cache-control"] == "no-store, private"
    assert "Cookie" in answer.headers["vary"]


async def test_visitors_get_a_cookie_only_with_a_form(browser: Browser) -> None:
    assert "set-cookie" not in (await browser.get("/products")).headers
    assert "visit=" in (await browser.get("/login")).headers["set-cookie"]


@pytest.mark.parametrize("path", ["/no/such/page", "/baskets/abc", "/orders/a/b"])
async def test_a_missing_page_says_so_and_knows_the_reader(browser: Browser, cast: Cast, path: str) -> None:
    await browser.sign_in(cast.ben)
    answer = await browser.get(path)
    assert answer.status_code == 404
    assert "There is nothing at this address" in words(answer) and "Ben Ito" in words(answer)


@pytest.mark.parametrize(
    "path", ["/schema", "/debug", "/.git/config", "/docs", "/openapi.json", "/static/../db/conf.py"]
)
async def test_nothing_of_the_inside_is_served(browser: Browser, path: str) -> None:
    assert (await browser.get(path)).status_code == 404


async def test_metrics_are_for_a_direct_loopback_connection(browser: Browser) -> None:
    assert "portal_database_statements_total" in (await browser.get("/metrics")).text
    forwarded = await browser.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
    assert forwarded.status_code == 404


@pytest.mark.parametrize("path", ["/", "/login", "/healthz", "/no-such-page"])
async def test_head_answers_as_get_without_the_body(browser: Browser, path: str) -> None:
    whole, head = await browser.get(path), await browser.http.head(path)
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers["content-type"] == whole.headers["content-type"]


async def test_the_log_shows_no_link_that_was_mailed(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "portal.access")
    token = "aB3-_" * 9
    await browser.get(f"/password/reset/{token}/password")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "portal.access"]
    assert "GET /password/reset/…/password" in line and token not in line
