"""Nobody ever sees another company's word or price, in any byte of any answer or mail."""

from collections.abc import AsyncIterator

import pytest

from db import sql
from tests.browser import Browser
from tests.cast import Cast
from tests.rules_named import rule
from tests.safety.canaries import WORD, World, leaks, planted
from tests.safety.canary_walks import walked
from tests.safety.portal_map import doors

ROLES = ("visitor", "vera", "nia", "ben", "dana", "sam", "moana")


@pytest.fixture
async def world(browser: Browser, cast: Cast) -> World:
    return await planted(browser, cast)


@rule("PROD-4", "PRICE-1")
@pytest.mark.parametrize("who", ROLES)
async def test_nobody_finds_what_is_not_theirs(browser: Browser, world: World, who: str) -> None:
    assert not [leak async for leak in walked(browser, world, who)]
    assert not [leak async for leak in in_mail(world)]


async def in_mail(world: World) -> AsyncIterator[str]:
    """The other company's secrets in what was written to somebody."""
    for mail in await sql.rows("SELECT * FROM notices"):
        who = "sam" if mail["company"] == world.cast.coastline else "ben"
        for leak in leaks(world, who, "\n".join(str(value) for value in mail.values())):
            yield leak


async def test_what_is_ones_own_is_seen(browser: Browser, world: World) -> None:
    await browser.sign_in(world.cast.ben)
    pages = [await browser.get(door.address(world.bright.ids)) for door in doors() if door.method == "GET"]
    text = "\n".join(page.text for page in pages)
    kinds = {kind for company, kind, _ in WORD.findall(text) if int(company) == world.cast.brightbyte}
    assert kinds == {"c", "u", "a", "p", "b", "l", "o", "r", "n", "k", "m", "h", "w", "v"}
    assert world.secrets[world.cast.brightbyte].search(text)
