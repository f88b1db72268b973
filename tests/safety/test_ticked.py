"""A box ticked or unticked counts from that person's very next request, at every door that asks for it (USER-3)."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

import pytest

from app.gate import Gate
from app.rules.privileges import ALL, PURCHASING, Privilege
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast, Person
from tests.checking_out import place, reviewed
from tests.rules_named import rule
from tests.safety.asking import knock_without_a_trace
from tests.safety.claims import guards_of, refusal
from tests.safety.people import BRIGHTBYTE, Someone, arrive, with_needed, without
from tests.safety.portal_map import Door, doors
from tests.safety.things import Things, give, things_of

P = Privilege
WAYS = ("page", "piece", "file")  # how a door is asked


def doors_of(privilege: Privilege) -> list[Door]:
    return [door for door in doors() if any(getattr(one, "privilege", "") == privilege for one in guards_of(door))]


def asked_beside(privilege: Privilege) -> frozenset[Privilege]:
    """What the first door of the privilege asks for as well, with what that needs."""
    asked = [guard.privilege for guard in guards_of(doors_of(privilege)[0]) if hasattr(guard, "privilege")]
    return frozenset[Privilege]().union(*map(with_needed, asked))


@dataclass(frozen=True)
class Scene:
    """Dana at the boxes, and somebody whose boxes they are, in the middle of things."""

    dana: Browser
    asker: Browser
    person: Person
    things: Things

    async def tick(self, boxes: Iterable[Privilege]) -> None:
        path = f"/account/users/{self.person.id}/privileges"
        answer = await self.dana.post(path, {"privileges": [str(box) for box in boxes]})
        assert answer.status_code == 303, words(answer)

    async def refuses(self, door: Door, way: str) -> bool:
        """Whether the very next request is refused."""
        query = "?format=csv" if way == "file" else ""
        answer = await knock_without_a_trace(self.asker, door, self.things.ids, htmx=way == "piece", query=query)
        return answer.status_code == 403


async def wrong(scene: Scene, privilege: Privilege, boxes: frozenset[Privilege]) -> list[str]:
    """The doors of the privilege that answer otherwise than these boxes would have it."""
    await scene.tick(boxes)
    holder = Someone("", BRIGHTBYTE, boxes)
    return [
        f"{door.name} as a {way} with {sorted(boxes)}"
        for door in doors_of(privilege)
        for way in WAYS
        if (way != "file" or door.method == "GET") and await scene.refuses(door, way) != bool(refusal(door, holder))
    ]


@pytest.fixture
async def scene(portal: Gate, browser: Browser, cast: Cast) -> AsyncIterator[Scene]:
    things = await things_of(browser, cast.ben, cast.address, cast.dock)
    async with Browser(portal) as danas:
        await danas.sign_in(cast.dana)
        person = await arrive(browser, cast, Someone("Kit Moss", BRIGHTBYTE))
        assert person
        await give(things, person)
        yield Scene(danas, browser, person, things)


@rule("USER-3")
@pytest.mark.parametrize("privilege", [one for one in Privilege if doors_of(one)])
async def test_a_box_counts_from_the_very_next_request(scene: Scene, privilege: Privilege) -> None:
    ticked = with_needed(privilege) | asked_beside(privilege)
    assert not refusal(doors_of(privilege)[0], Someone("", BRIGHTBYTE, ticked))
    for boxes in (frozenset[Privilege](), ticked, frozenset[Privilege](), without(privilege), ALL, without(privilege)):
        assert not await wrong(scene, privilege, boxes)


@rule("USER-3", "PRICE-1")
async def test_prices_and_stock_come_and_go_with_their_boxes(scene: Scene, cast: Cast) -> None:
    asked = [f"/products/{cast.dock.sku}", "/products?q=dock", f"/products/{cast.dock.sku}/availability?quantity=3"]
    stock = await sql.value("SELECT available FROM stock WHERE product = $1 AND warehouse = 1", cast.dock.id)
    for boxes, sees_prices, sees_stock in (
        ({P.SEE_PRICES}, True, False),
        ({P.SEE_AVAILABILITY}, False, True),
        ({P.SEE_PRICES, P.SEE_AVAILABILITY}, True, True),
        ((), False, False),
    ):
        await scene.tick(boxes)
        for htmx in (False, True):
            text = " ".join([words(await scene.asker.get(path, htmx=htmx)) for path in asked])
            assert ("$312.40" in text, f" {stock} " in text) == (sees_prices, sees_stock)
            assert sees_prices or "$" not in text


@rule("USER-3", "ORDER-2")
async def test_a_right_that_goes_in_the_middle_of_check_out_stops_the_order(scene: Scene, cast: Cast) -> None:
    await scene.tick(PURCHASING)
    sent = await reviewed(scene.asker, scene.things.basket_id)
    for lost in (P.PLACE_ORDERS, P.USE_BASKETS, P.SEE_PRICES):
        await scene.tick(PURCHASING)
        await scene.tick(PURCHASING & without(lost))
        assert (await place(scene.asker, scene.things.basket_id, sent)).status_code == 403
    assert await sql.value("SELECT count(*) FROM orders WHERE placed_by = $1", scene.person.id) == 1
    await scene.tick(PURCHASING)
    assert (await place(scene.asker, scene.things.basket_id, sent)).status_code == 303


@rule("USER-3", "ORDER-5")
async def test_the_orders_of_colleagues_come_and_go_with_their_box(scene: Scene, cast: Cast) -> None:
    await sql.run("UPDATE orders SET placed_by = $1", cast.ben.id)
    for boxes, status in (({P.SEE_OWN_ORDERS}, 404), (with_needed(P.SEE_ALL_ORDERS), 200), ({P.SEE_OWN_ORDERS}, 404)):
        await scene.tick(boxes)
        assert (await scene.asker.get(f"/orders/{scene.things.number}")).status_code == status
        assert (scene.things.number in (await scene.asker.get("/orders")).text) is (status == 200)
