"""A press that an ended session swallowed leads, after the log-in, back to the page it was made on (LOGIN-9)."""

import re

import httpx
import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast
from tests.rules_named import rule

pytestmark = rule("LOGIN-9")
HERE = "http://localhost"
TICKED = {"shown": "use_baskets", "privileges": "invoices"}
LISTED = HERE + "/account/users?q=Ben&unsent=1"
AGAIN = "Nothing was changed: press it again."


async def pressed(
    browser: Browser, cast: Cast, path: str, fields: dict[str, str], headers: dict[str, str]
) -> tuple[httpx.Response, str]:
    """The log-in that answers Dana's press after her session has ended, and where it leads her."""
    await browser.sign_in(cast.dana)
    await sql.run("DELETE FROM sessions")
    asked = await browser.post(path, fields, headers=headers)
    assert asked.status_code == 401 and "Nothing was sent. Log in, then press it again." in words(asked)
    assert "kept_" not in asked.text
    browser.sign_out()
    await browser.get("/login")
    found = re.search(r'name="next" value="([^"]*)"', asked.text)
    wanted = found[1].replace("&amp;", "&") if found else ""
    answer = await browser.post("/login", {"email": cast.dana.email, "password": PASSWORD, "next": wanted})
    assert answer.headers["Location"] == wanted
    return await browser.follow(answer), wanted


@pytest.mark.parametrize(
    ("path", "fields", "headers", "leads_to"),
    [
        ("/account/users/{}/suspension", {}, {"Referer": HERE + "/account/users/{}"}, "/account/users/{}?unsent=1"),
        ("/account/users/{}/suspension", {}, {"HX-Current-URL": LISTED}, "/account/users?q=Ben&unsent=1"),
        ("/account/users/{}/lock/removal", {}, {}, "/account/users/{}?unsent=1"),
        ("/account/users/{}/removal", {"confirm": "1"}, {}, "/account/users/{}/removal?unsent=1"),
        ("/account/users/{}/privileges", TICKED, {}, "/account/users/{}?unsent=1"),
        ("/settings", {"order": "orders", "links": "orders", "up": "orders"}, {}, "/settings?unsent=1"),
        ("/settings/display", {"density": "dense"}, {}, "/settings?unsent=1"),
        ("/account/profile/notifications/order_placed", {"email": "1"}, {}, "/account/profile/notifications?unsent=1"),
        ("/baskets/1/current", {}, {"Referer": HERE + "/baskets"}, "/baskets?unsent=1"),
        ("/settings", {"up": "orders"}, {"Referer": "http://elsewhere.example/settings/x"}, "/settings?unsent=1"),
        ("/settings", {"up": "orders"}, {"Referer": HERE + "/login?next=/settings"}, "/settings?unsent=1"),
    ],
)  # fmt: skip
async def test_dana_finds_the_page_of_the_button(
    browser: Browser, cast: Cast, path: str, fields: dict[str, str], headers: dict[str, str], leads_to: str
) -> None:
    sent_from = {name: value.format(cast.ben.id) for name, value in headers.items()}
    page, wanted = await pressed(browser, cast, path.format(cast.ben.id), fields, sent_from)
    assert wanted == leads_to.format(cast.ben.id)
    assert page.status_code == 200 and words(page).count(AGAIN) == 1


async def test_the_second_step_leads_on_there(browser: Browser, cast: Cast) -> None:
    await browser.get("/login")
    fields = {"email": cast.moana.email, "password": PASSWORD, "next": "/desk/mail?unsent=1"}
    answer = await browser.post("/login", fields)
    assert answer.headers["Location"] == "/login/second-step?next=/desk/mail%3Funsent%3D1"


async def test_a_form_shown_again_hides_what_nobody_fills_in(browser: Browser, cast: Cast) -> None:
    await browser.get("/login")
    kept = {
        "kept_path": "/desk/staff/3/roles",
        "kept_name": ["shown", "version", "order", "reason"],
        "kept_value": ["code-1", "4", "code-2", "Long story"],
    }
    page = await browser.post("/login", {"email": cast.dana.email, "password": PASSWORD, **kept})
    assert re.findall(r'type="hidden" name="(shown|version|order)"', page.text) == ["shown", "version", "order"]
    assert "Reason" in words(page) and "Shown" not in words(page)
