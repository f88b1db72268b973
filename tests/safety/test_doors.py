"""Who passes which door: every route, for each person, on Ben's things, on a stranger's and on missing ones."""

import httpx
import pytest

from app.routes.guards import open_to_all
from tests.browser import Browser
from tests.cast import Cast
from tests.rules_named import rule
from tests.safety.portal_map import Door, doors
from tests.safety.things import MISSING, bens_things, come_as, sams_things

WHO = ("visitor", "vera", "sam", "moana", "dana", "ben")  # Ben last: what he does to his things stays done
# What each of them is answered at each door, on Ben's things; the order of the columns is WHO's.
TABLE = {
    "GET /": "200 200 200 303 200 200",
    "GET /products": "200 200 200 200 200 200",
    "GET /products/suggestions": "200 200 200 200 200 200",
    "GET /products/{sku:str}": "200 200 200 200 200 200",
    "GET /products/{sku:str}/availability": "200 200 200 200 200 200",
    "GET /baskets": "303 403 200 403 200 200",
    "POST /baskets": "401 403 303 403 303 303",
    "GET /baskets/choices": "303 403 200 403 200 200",
    "GET /baskets/{basket_id:int}": "303 403 404 403 404 200",
    "POST /baskets/{basket_id:int}": "401 403 404 403 404 303",
    "POST /baskets/{basket_id:int}/current": "401 403 404 403 404 303",
    "POST /baskets/{basket_id:int}/removal": "401 403 404 403 404 303",
    "POST /baskets/{basket_id:int}/restoration": "401 403 404 403 404 404",
    "POST /baskets/{basket_id:int}/lines": "401 403 404 403 404 303",
    "POST /baskets/{basket_id:int}/lines/{line_id:int}": "401 403 404 403 404 303",
    "POST /baskets/{basket_id:int}/lines/{line_id:int}/removal": "401 403 404 403 404 303",
    "POST /baskets/{basket_id:int}/lines/{line_id:int}/restoration": "401 403 404 403 404 303",
    "GET /baskets/{basket_id:int}/order": "303 403 404 403 404 200",
    "POST /baskets/{basket_id:int}/order": "401 403 404 403 404 422",
    "GET /orders": "303 403 200 403 200 200",
    "GET /orders/{number:str}": "303 403 404 403 200 200",
    "GET /account/addresses": "303 403 200 403 200 200",
    "POST /account/addresses": "401 403 303 403 303 403",
    "GET /account/addresses/new": "303 403 200 403 200 403",
    "GET /account/addresses/{address_id:int}": "303 403 404 403 200 403",
    "POST /account/addresses/{address_id:int}": "401 403 404 403 303 403",
    "POST /account/addresses/{address_id:int}/removal": "401 403 404 403 303 403",
    "GET /login": "200 303 303 303 303 303",
    "POST /login": "422 422 422 422 422 422",
    "POST /logout": "401 303 303 303 303 303",
    "GET /desk": "303 403 403 200 403 403",
    "GET /desk/mail": "303 403 403 200 403 403",
    "GET /desk/mail/{notice_id:int}": "303 403 403 200 403 403",
    "GET /desk/mail/{notice_id:int}/html": "303 403 403 200 403 403",
    "POST /desk/mail/{notice_id:int}/delivery": "401 403 403 409 403 403",
    "GET /desk/styleguide": "303 403 403 200 403 403",
    "GET /healthz": "200 200 200 200 200 200",
    "GET /readyz": "200 200 200 200 200 200",
    "GET /metrics": "200 200 200 200 200 200",
    "GET /{elsewhere:path}": "404 404 404 404 404 404",
    "POST /{elsewhere:path}": "404 404 404 404 404 404",
}
FIELDS = {
    "POST /baskets": {"name": "Fit-out", "visibility": "private"},
    "POST /baskets/{basket_id:int}": {"name": "Fit-out, floor 3"},
    "POST /baskets/{basket_id:int}/lines": {"sku": "7RK2Q4", "quantity": "1"},
    "POST /baskets/{basket_id:int}/lines/{line_id:int}": {"quantity": "2"},
    "POST /account/addresses": {"name": "Yard", "line1": "1", "city": "Napier", "postcode": "4110", "country": "NZ"},
    "POST /account/addresses/{address_id:int}": {
        "name": "Yard", "line1": "1", "city": "Napier", "postcode": "4110", "country": "NZ"
    },
}  # fmt: skip
OWNED = {"basket_id", "line_id", "number", "address_id", "notice_id"}


async def knock(browser: Browser, door: Door, ids: dict[str, object]) -> httpx.Response:
    if door.method == "GET":
        return await browser.get(door.address(ids))
    return await browser.post(door.address(ids), FIELDS.get(door.name, {}))


def named(door: Door) -> str:
    return door.name


def test_the_table_names_every_door() -> None:
    assert sorted(TABLE) == [door.name for door in doors()]


@rule("USER-4")
@pytest.mark.parametrize("door", doors(), ids=named)
async def test_each_door_answers_each_person_as_the_table_says(browser: Browser, cast: Cast, door: Door) -> None:
    things = await bens_things(browser, cast)
    answered = []
    for who in WHO:
        await come_as(browser, cast, who)
        answered.append(str((await knock(browser, door, things.ids)).status_code))
    assert dict(zip(WHO, answered, strict=True)) == dict(zip(WHO, TABLE[door.name].split(), strict=True))


@pytest.mark.parametrize("door", [door for door in doors() if OWNED & set(door.holes)], ids=named)
async def test_a_strangers_thing_answers_byte_for_byte_as_a_missing_one(
    browser: Browser, cast: Cast, door: Door
) -> None:
    others = {"ben": await sams_things(browser, cast), "sam": await bens_things(browser, cast)}
    others["dana"] = others["ben"]
    for who, theirs in others.items():
        await come_as(browser, cast, who)
        foreign, missing = await knock(browser, door, theirs.ids), await knock(browser, door, MISSING)
        assert foreign.status_code in {403, 404}
        assert told(foreign) == told(missing)


def told(answer: httpx.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """All that the asker learns; only the number of the request differs by nature."""
    headers = [(name, value) for name, value in answer.headers.multi_items() if name != "x-request-id"]
    return answer.status_code, answer.content, headers


@pytest.mark.parametrize("door", doors(), ids=named)
async def test_the_table_agrees_with_the_privilege_that_a_door_names(cast: Cast, door: Door) -> None:
    statuses = dict(zip(WHO, TABLE[door.name].split(), strict=True))
    guards = door.handler.resolve_guards()
    asked = [guard.privilege for guard in guards if hasattr(guard, "privilege")]
    if any(hasattr(guard, "roles") for guard in guards):
        assert {who for who, status in statuses.items() if status == "403"} == {"vera", "sam", "dana", "ben"}
    if asked:
        assert statuses["vera"] == statuses["moana"] == "403"
        assert statuses["visitor"] == ("303" if door.method == "GET" else "401")
    if open_to_all in guards:
        assert not {"401", "403"} & set(statuses.values())
