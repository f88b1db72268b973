"""Looking changes nothing: the whole database before and after every GET, asked in every way (safety of links)."""

import pytest

from db import sql
from tests.browser import Browser
from tests.cast import Cast
from tests.rules_named import rule
from tests.safety.digest import digest
from tests.safety.portal_map import Door, doors
from tests.safety.things import bens_things, come_as

GETS = [door for door in doors() if door.method == "GET"]
# What a link in a mail or on another site could carry along.
CARRIED = (
    "confirm=1&token=tttt&po_number=1&edit=1&review=x",
    "name=x&visibility=private&quantity=9&sku=7RK2Q4&version=1&note=x&home_warehouse=2",
    "removed=1&restored=1&current=1&saved=1&added=7RK2Q4&changed=1&was=3&restored_line=1&placed=1&again=1",
    "_method=POST&method=DELETE&csrf=x&is_default=1",
)
OVERRIDES = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "DELETE", "X-Method-Override": "POST"}


@rule("BASKET-8")
@pytest.mark.parametrize("who", ["visitor", "vera", "ben", "dana", "sam", "moana"])
async def test_looking_changes_nothing(browser: Browser, cast: Cast, who: str) -> None:
    things = await bens_things(browser, cast)
    await sql.run("UPDATE basket_lines SET removed_at = NULL")
    await come_as(browser, cast, who)
    if who == "ben":
        await browser.get(f"/baskets/{things.basket_id}")  # its page remembers what its owner saw
    before = await digest()
    for door in GETS:
        for query in CARRIED:
            await browser.get(f"{door.address(things.ids)}?{query}", headers=OVERRIDES)
    assert await digest() == before


@pytest.mark.parametrize("door", [door for door in doors() if door.method == "POST"], ids=lambda door: door.name)
async def test_a_deed_is_done_by_no_other_verb(browser: Browser, cast: Cast, door: Door) -> None:
    things = await bens_things(browser, cast)
    for who in ("ben", "dana", "moana"):
        await come_as(browser, cast, who)
        before = await digest()
        for verb in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "post", "Post"):
            path = f"{door.address(things.ids)}?_method=POST&csrf={browser.csrf}"
            await browser.http.request(verb, path, headers=OVERRIDES)
        assert await digest() == before


@pytest.mark.parametrize(
    "path",
    [
        "/BASKETS/1",
        "/Baskets/1",
        "/baskets/1/",
        "//baskets//1",
        "/%62askets/1",
        "/x/../baskets/1",
        "/baskets/1/lines/..",
    ],
)
async def test_another_spelling_is_the_same_refusal(browser: Browser, cast: Cast, path: str) -> None:
    await bens_things(browser, cast)
    await browser.sign_in(cast.vera)
    for answer in (await browser.get(path), await browser.post(path, {"name": "x"})):
        assert answer.status_code in {403, 404, 405}
        assert "Fit-out" not in answer.text
