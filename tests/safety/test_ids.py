"""Numbers in addresses that no row has: each is a missing thing, on both databases alike."""

import pytest

from tests.browser import Browser
from tests.cast import Cast
from tests.safety.asking import knock
from tests.safety.portal_map import Door, doors, named
from tests.safety.things import bens_things

NUMBERS = ["0", "-1", f"{-(2**31) - 1}", f"{2**31}", f"{-(2**63) - 1}", f"{2**63}", "9" * 100, "9" * 5_000, "1.5"]
WORDS = ["½", "1e9", "0x1", "null", "%00", "%0d%0a", "%ff", "%ED%A0%80", "%27", "' OR 1=1 --", "<b>", "😀", "‮7"]
NUMBERED = [door for door in doors() if "int" in door.holes.values()]
NAMED = [door for door in doors() if "str" in door.holes.values()]
FOR_STAFF = "/desk/"
ADDING = "POST /baskets/{basket_id:int}/lines"  # 0 is the current basket there


@pytest.mark.parametrize("door", NUMBERED, ids=named)
async def test_a_number_that_no_row_has_is_missing(browser: Browser, cast: Cast, door: Door) -> None:
    things = await bens_things(browser, cast)
    who = cast.moana if door.path.startswith(FOR_STAFF) else cast.dana if "address_id" in door.holes else cast.ben
    await browser.sign_in(who)
    for hole in door.holes:
        for typed in (*NUMBERS, *WORDS):
            answer = await knock(browser, door, {**things.ids, hole: typed})
            assert answer.status_code == 404 or (typed == "0" and door.name == ADDING), (hole, typed[:40])


@pytest.mark.parametrize("typed", NUMBERS[:-1], ids=range(len(NUMBERS) - 1))
async def test_a_basket_that_never_was_is_not_ordered(browser: Browser, cast: Cast, typed: str) -> None:
    await browser.sign_in(cast.ben)
    sent = {"confirm": "1", "token": "t" * 32, "po_number": "1"}
    assert (await browser.post(f"/baskets/{typed}/order", sent)).status_code == 404


@pytest.mark.parametrize("door", NAMED, ids=named)
async def test_a_word_that_names_nothing_is_missing(browser: Browser, cast: Cast, door: Door) -> None:
    await browser.sign_in(cast.ben)
    for typed in (*NUMBERS, *WORDS, "x" * 3_000):
        answer = await browser.get(door.address({"sku": typed, "number": typed}))
        assert answer.status_code == 404, typed[:40]
