"""Forms of the desk stand on their own pages again after the log-in (LOGIN-9)."""

from typing import Any

import httpx

from app.rules import cases
from app.rules.viewers import VISITOR
from tests.browser import Browser, words
from tests.cast import Cast, Person
from tests.rules_named import rule
from tests.second_step import code, give_password, try_code

pytestmark = rule("LOGIN-9")
WAITED = "Your session ended before this was sent"


async def after_log_in(browser: Browser, who: Person, path: str, fields: dict[str, Any]) -> httpx.Response:
    """What `who` sees who logs in, with both steps, after the form was sent without a session."""
    kept: dict[str, Any] = {"kept_path": path, "kept_name": list(fields), "kept_value": list(fields.values())}
    await give_password(browser, who, **kept)
    return await try_code(browser, code(), **kept)


async def test_a_company_stands_as_it_was_filled_in(browser: Browser, cast: Cast) -> None:
    fields = {"name": "Brightbyte Limited", "phone": "09 <1>", "home_warehouse": "2", "version": "1"}
    page = await after_log_in(browser, cast.moana, f"/desk/companies/{cast.brightbyte}", fields)
    assert page.status_code == 200 and WAITED in words(page)
    assert 'value="Brightbyte Limited"' in page.text and "09 &lt;1&gt;" in page.text
    assert 'name="version" value="1"' in page.text and '<option value="2" selected' in page.text


async def test_an_outcome_stands_as_it_was(browser: Browser, cast: Cast) -> None:
    case = await cases.open_login_case("100234", "Dana", "dana@brightbyte.example", "Help", VISITOR)
    page = await after_log_in(browser, cast.moana, f"/desk/cases/{case}", {"outcome": "Called <back>"})
    assert WAITED in words(page) and "Called &lt;back&gt;" in page.text


async def test_somebody_new_stands_with_the_ticked_roles(browser: Browser, cast: Cast) -> None:
    fields = {"name": "Tui Rangi", "email": "tui@harbour.example", "roles": "credit"}
    page = await after_log_in(browser, cast.ari, "/desk/staff", fields)
    assert WAITED in words(page) and 'value="Tui Rangi"' in page.text
    assert 'value="credit" checked' in " ".join(page.text.split())


async def test_who_may_not_have_the_page_sees_the_fields_alone(browser: Browser, cast: Cast) -> None:
    page = await after_log_in(
        browser, cast.piri, f"/desk/companies/{cast.brightbyte}", {"name": "Mine", "version": "1"}
    )
    assert "Mine" in page.text and "Brightbyte" not in words(page)
