"""Numbers and words in addresses that no row has: each is a missing thing, on both databases alike."""

import pytest

from tests.browser import Browser
from tests.cast import Cast
from tests.safety.asking import knock_without_a_trace
from tests.safety.claims import for_the_desk
from tests.safety.people import ADMINISTRATOR, EVERY_ROLE, arrive
from tests.safety.portal_map import Door, doors
from tests.safety.things import OF_ITS_BEARER, Things, bens_things, give

NUMBERS = ["0", "-1", f"{-(2**31) - 1}", f"{2**31}", f"{-(2**63) - 1}", f"{2**63}", "9" * 100, "9" * 5_000, "1.5"]
WORDS = ["½", "1e9", "0x1", "null", "%00", "%0d%0a", "%ff", "%ED%A0%80", "%27", "' OR 1=1 --", "<b>", "😀", "‮7"]
LONG = "x" * 3_000
ADDING = "POST /baskets/{basket_id:int}/lines"  # 0 is the current basket there


async def told_apart(browser: Browser, cast: Cast, things: Things, typed: str, kind: str) -> list[str]:
    """The doors that answer this as anything but missing, for those who may pass."""
    found = []
    for one in (ADMINISTRATOR, EVERY_ROLE):
        person = await arrive(browser, cast, one)
        assert person
        await give(things, person)
        for door in doors():
            for hole in [name for name, is_a in door.holes.items() if is_a == kind]:
                if for_the_desk(door) == (one is EVERY_ROLE) and not (typed == "0" and door.name == ADDING):
                    status = await _status(browser, door, things, hole, typed)
                    if status not in ({403, 404} if hole in OF_ITS_BEARER else {404}):
                        found.append(f"{door.name}, {hole}: {status}")
    return found


async def _status(browser: Browser, door: Door, things: Things, hole: str, typed: str) -> int:
    ids = {name: it for name, it in things.ids.items() if name.rpartition("/")[2] != hole}
    return (await knock_without_a_trace(browser, door, {**ids, hole: typed})).status_code


@pytest.mark.parametrize("typed", [*NUMBERS, *WORDS], ids=lambda typed: typed.encode("unicode_escape").decode()[:20])
async def test_a_number_that_no_row_has_is_missing(browser: Browser, cast: Cast, typed: str) -> None:
    things = await bens_things(browser, cast)
    assert not await told_apart(browser, cast, things, typed, "int")


@pytest.mark.parametrize(
    "typed", [*NUMBERS, *WORDS, LONG], ids=lambda typed: typed.encode("unicode_escape").decode()[:20]
)
async def test_a_word_that_names_nothing_is_missing(browser: Browser, cast: Cast, typed: str) -> None:
    things = await bens_things(browser, cast)
    assert not await told_apart(browser, cast, things, typed, "str")


@pytest.mark.parametrize("typed", NUMBERS[:-1], ids=range(len(NUMBERS) - 1))
async def test_a_basket_that_never_was_is_not_ordered(browser: Browser, cast: Cast, typed: str) -> None:
    await browser.sign_in(cast.ben)
    sent = {"confirm": "1", "token": "t" * 32, "po_number": "1"}
    assert (await browser.post(f"/baskets/{typed}/order", sent)).status_code == 404
