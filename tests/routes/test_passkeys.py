"""Passkeys beside the app: made, renamed, removed, and where there are none (LOGIN-10)."""

import html
import json
import re
from dataclasses import replace

import httpx
import pytest

from app.rules import passkeys
from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast
from tests.passkey_device import Device
from tests.routes.test_second_steps import PAGE, opened
from tests.rules_named import rule
from tests.second_step import give_app

pytestmark = rule("LOGIN-10")

PASSKEYS = f"{PAGE}/passkeys"
OPTIONS = re.compile(r'data-options="([^"]+)"')


def options_of(page: httpx.Response) -> str:
    found = OPTIONS.search(page.text)
    assert found, words(page)
    return html.unescape(found[1])


async def asked(browser: Browser) -> str:
    """What the browser is asked to make."""
    return options_of(await browser.follow(await browser.post(f"{PASSKEYS}/challenge")))


async def kept(browser: Browser, device: Device, name: str = "Laptop") -> httpx.Response:
    return await browser.post(PASSKEYS, {"credential": device.make(await asked(browser)), "name": name})


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben, who has an app and has given his password once more."""
    await give_app(cast.ben)
    return await opened(browser, cast.ben)


async def test_ben_adds_a_passkey(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await kept(ben, Device(), "Laptop <b>"))
    assert "The passkey is kept" in words(page) and "Laptop &lt;b&gt;" in page.text
    mail = await sql.row("SELECT recipient, subject FROM notices")
    assert mail == {"recipient": cast.ben.email, "subject": "A passkey was added to your log-in"}
    assert (await ben.get(f"{PASSKEYS}/new")).headers["Location"] == PAGE


async def test_what_was_made_elsewhere_is_not_kept(ben: Browser) -> None:
    for what, lie in (("origin", "http://evil.example"), ("host", "evil.example"), ("verifies", False)):
        device = Device()
        setattr(device, what, lie)
        answer = await kept(ben, device)
        assert answer.status_code == 422 and "does not fit" in words(answer) and 'value="Laptop"' in answer.text
    for odd in ("", "{}", "[", Device().sign(await asked(ben)), Device().make(json.dumps({"challenge": "AAAA"}))):
        assert (await ben.post(PASSKEYS, {"credential": odd, "name": "x"})).status_code == 422
    assert not await sql.value("SELECT count(*) FROM passkeys")


async def test_a_passkey_is_kept_once_and_with_a_name(ben: Browser) -> None:
    device = Device()
    nameless = await kept(ben, device, " ")
    assert nameless.status_code == 422 and 'id="field-name-error"' in nameless.text
    await kept(ben, device)
    again = await kept(ben, device, "Again")
    assert again.status_code == 422 and "known already" in words(again)


async def test_ben_renames_and_removes_his_passkey(ben: Browser) -> None:
    await kept(ben, Device())
    number = await sql.value("SELECT id FROM passkeys")
    assert 'value="Desk key"' in (await ben.follow(await ben.post(f"{PASSKEYS}/{number}", {"name": "Desk key"}))).text
    wrong = await ben.post(f"{PASSKEYS}/{number}", {"name": "x" * 81})
    assert wrong.status_code == 422 and "81 characters" in words(wrong) and "x" * 81 in wrong.text
    for typed in ("", "wrong"):
        refused = await ben.post(f"{PASSKEYS}/{number}/removal", {"current_password": typed})
        assert refused.status_code == 422 and f'id="passkey-{number}-password-error"' in refused.text
    removed = await ben.post(f"{PASSKEYS}/{number}/removal", {"current_password": PASSWORD})
    assert "passkey is removed" in words(await ben.follow(removed))
    assert (await ben.post(f"{PASSKEYS}/{number}/removal")).status_code == 404
    assert (await ben.get(f"{PASSKEYS}/{number}/removal")).status_code == 405


async def test_bens_passkey_does_not_exist_for_dana(ben: Browser, cast: Cast) -> None:
    await kept(ben, Device())
    number = await sql.value("SELECT id FROM passkeys")
    await give_app(cast.dana)
    await opened(ben, cast.dana)
    for path in (f"{number}", f"{number}/removal", "99", "99/removal", f"{10**11}/removal"):
        answer = await ben.post(f"{PASSKEYS}/{path}", {"name": "mine"})
        assert answer.status_code == 404
    assert await sql.value("SELECT name FROM passkeys") == "Laptop"


async def test_a_passkey_stands_beside_an_app(browser: Browser, cast: Cast) -> None:
    await opened(browser, cast.dana)
    answer = await browser.post(f"{PASSKEYS}/challenge")
    assert answer.status_code == 403 and "set up the app first" in words(answer)


async def test_a_bare_network_address_has_no_passkeys(ben: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.rules.passkeys.settings", replace(settings, base_url="http://192.0.2.7:8000"))
    assert "Passkeys need the portal to have a host name" in words(await ben.get(PAGE))
    assert (await ben.post(f"{PASSKEYS}/challenge")).status_code == 403


@pytest.mark.parametrize(
    ("base", "origin", "ours"),
    [
        ("", "http://localhost:8123", True),
        ("", "http://127.0.0.1:8123", False),
        ("https://trade.example", "https://trade.example", True),
        ("https://Trade.example:443/", "https://trade.example", True),
        ("https://trade.example", "http://trade.example", False),
        ("https://trade.example", "https://evil.trade.example", False),
        ("https://trade.example", "https://trade.example.evil.example", False),
        ("https://trade.example:8443", "https://trade.example", False),
    ],
)
def test_only_the_portals_own_pages_ask(monkeypatch: pytest.MonkeyPatch, base: str, origin: str, ours: bool) -> None:
    monkeypatch.setattr("app.rules.passkeys.settings", replace(settings, base_url=base))
    assert passkeys.is_ours(origin) is ours
