"""Twenty people in one shared basket at one time lose nothing, and nobody waits for ever (BASKET-10)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from app.gate import Gate
from app.rules.privileges import PURCHASING
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast, new_person
from tests.goods import Goods
from tests.rules_named import rule

LINES = "/baskets/1/lines"
LINE = "SELECT id, quantity, version FROM basket_lines WHERE product = $1 AND removed_at IS NULL"


@pytest.fixture
async def crowd(portal: Gate, browser: Browser, cast: Cast) -> AsyncIterator[list[Browser]]:
    """Twenty of Brightbyte who may change Dana's shared basket, number 1, each in a browser of their own."""
    await browser.sign_in(cast.dana)
    await browser.post("/baskets", {"name": "Fit-out", "visibility": "shared"})
    async with AsyncExitStack() as open_browsers:
        people = []
        for number in range(20):
            person = await new_person(
                f"Buyer {number}", f"buyer{number}@brightbyte.example", cast.brightbyte, *PURCHASING
            )
            await browser.post("/baskets/1/approvals", {"user": person.id})
            one = await open_browsers.enter_async_context(Browser(portal))
            people.append(await one.sign_in(person))
        for goods in (cast.dock, cast.hub, cast.scarce, cast.certified):
            await browser.post(LINES, {"sku": goods.sku, "quantity": 1})
        yield people


async def change(one: Browser, goods: Goods, more: int) -> int:
    """Add so many to what is shown, and look again where somebody was quicker; gives the tries that it took."""
    for tries in range(1, 400):
        line = await sql.row(LINE, goods.id)
        assert line
        fields = {"quantity": line["quantity"] + more, "version": line["version"], "was": line["quantity"]}
        answer = await one.post(f"{LINES}/{line['id']}", fields, htmx=True)
        if answer.status_code == 200:
            return tries
        assert answer.status_code == 409, words(answer)
    raise AssertionError("it was never this one's turn")


@rule("BASKET-10")
async def test_twenty_people_with_sixty_edits_lose_nothing(crowd: list[Browser], cast: Cast) -> None:
    """Each change adds a power of two of its own, so that no two sums are alike and one lost would be seen."""
    changed = [(cast.hub, 2 ** (n // 3 + 1)) for n in range(40)]
    changed = [((cast.hub, cast.scarce, cast.certified)[n % 3], more) for n, (_, more) in enumerate(changed)]

    async def edits(number: int) -> list[int]:
        one = crowd[number]
        added = await one.post(LINES, {"sku": cast.dock.sku, "quantity": number + 1}, htmx=True)
        assert added.status_code == 200, words(added)
        return [await change(one, *changed[place]) for place in (number, number + 20)]

    tries = await asyncio.gather(*(edits(number) for number in range(20)))
    assert max(max(pair) for pair in tries) > 1, "nobody was in anybody's way: this proves nothing"
    assert (await sql.row(LINE, cast.dock.id) or {})["quantity"] == 1 + sum(range(1, 21))
    for goods in (cast.hub, cast.scarce, cast.certified):
        expected = 1 + sum(more for of, more in changed if of is goods)
        assert (await sql.row(LINE, goods.id) or {})["quantity"] == expected
    assert await sql.value("SELECT revision FROM baskets WHERE id = 1") == 4 + 60


@rule("BASKET-10")
async def test_one_who_removes_and_nineteen_who_change_end_in_order(crowd: list[Browser], cast: Cast) -> None:
    line = await sql.row(LINE, cast.hub.id)
    assert line
    fields = {"quantity": 7, "version": line["version"], "was": line["quantity"]}
    at = f"{LINES}/{line['id']}"
    posts = [one.post(at, fields, htmx=True) for one in crowd[1:]]
    answers = await asyncio.gather(crowd[0].post(f"{at}/removal", {"version": line["version"]}, htmx=True), *posts)
    assert {answer.status_code for answer in answers} <= {200, 409}
    kept = await sql.row("SELECT quantity, removed_at FROM basket_lines WHERE id = $1", line["id"])
    assert kept and kept["quantity"] == (line["quantity"] if answers[0].status_code == 200 else 7)
