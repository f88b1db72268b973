"""The time zones of "My Profile": each place once, with its offset (PROFILE-1)."""

import re

from db import sql
from tests.browser import Browser
from tests.cast import Cast
from tests.routes.test_profile import INFORMATION, PATH, as_kept
from tests.rules_named import rule

pytestmark = rule("PROFILE-1")


async def test_each_place_is_offered_once_with_its_offset_the_own_region_first(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    page = (await browser.get(PATH)).text
    assert re.search(r'<option value="Pacific/Auckland"[^>]*>Auckland, UTC\+1[23]<', page)
    assert "Kolkata, UTC+5:30" in page and "Asia/Calcutta" not in page
    assert page.index("Pacific/Auckland") < page.index("Africa/Abidjan")


async def test_an_older_name_of_a_zone_is_kept(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    await sql.run("UPDATE users SET time_zone = 'Asia/Calcutta' WHERE id = $1", cast.ben.id)
    assert re.search(r'<option value="Asia/Calcutta"\s+selected', (await browser.get(PATH)).text)
    assert (await browser.post(PATH, {**INFORMATION, "time_zone": "Asia/Calcutta"})).status_code == 303
    assert (await as_kept(cast.ben.id))["time_zone"] == "Asia/Calcutta"
