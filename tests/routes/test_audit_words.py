"""The audit trail in words: what changed, what a bare word means, and the deeds that can be asked for (USER-7)."""

import pytest

from app.rules import audit
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.test_audit import noted, table
from tests.rules_named import rule


@rule("USER-7")
async def test_of_privileges_the_page_says_what_came_and_went(browser: Browser, cast: Cast) -> None:
    before, after = "“see prices” and “use baskets”", "“see prices”, “invoices” and “account statements”"
    await noted(cast, before=before, after=after)
    await browser.sign_in(cast.dana)
    page = words(await browser.get("/account/audit"))
    assert "Ben Ito + invoices, + account statements, − use baskets 192.0.2.7" in page
    row = table((await browser.get("/account/audit?format=csv&action=privileges_changed")).text)[1]
    assert row[5:7] == [before, after]


@pytest.mark.parametrize(
    ("action", "before", "after", "told"),
    [
        ("password_changed", "temporary", "", "was a temporary one"),
        ("session_ended", "Chrome on Linux", "", "ended: Chrome on Linux"),
        ("password_sent", "", "new", "for a new user"),
        ("second_step_added", "", "app", "an authenticator app"),
        ("recovery_code_used", "", "9 left", "recovery codes left: 9"),
    ],
)
async def test_bare_words_are_told(
    browser: Browser, cast: Cast, action: str, before: str, after: str, told: str
) -> None:
    await audit.note(action, cast.ben.viewer(), before=before, after=after)
    await browser.sign_in(cast.dana)
    assert f"Ben Ito {audit.ACTIONS[action]} {told} " in words(await browser.get("/account/audit")) + " "


async def test_a_company_is_offered_what_it_can_have(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.dana)
    page = (await browser.get("/account/audit")).text
    assert 'value="privileges_changed"' in page and "staff_added" not in page and "case_closed" not in page
    assert (await browser.get("/account/audit?action=staff_added")).status_code == 422
    await browser.sign_in(cast.ari)
    desk = (await browser.get("/desk/audit?action=staff_added")).text
    assert all(desk.count(f'value="{action}"') == 1 for action in audit.ACTIONS)


async def test_dana_reads_all_but_log_ins(browser: Browser, cast: Cast) -> None:
    await noted(cast)
    await audit.note("logged_in", cast.ben.viewer())
    await browser.sign_in(cast.dana)
    for query in ("", "&q=invo"):
        page = words(await browser.get(f"/account/audit?action=but_log_ins{query}"))
        assert "1 entry, newest first" in page and "see prices → invoices" in page
