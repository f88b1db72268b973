"""Nobody ever sees another company's word or price, in any byte of any answer or mail."""

import random
from collections.abc import AsyncIterator, Iterator
from datetime import date
from types import ModuleType
from urllib.parse import urlencode

import httpx
import pytest

from app.rules import addresses, basket_finders, order_lists, orders, prices, sessions
from app.rules.offers import Offer
from app.rules.viewers import Viewer
from db import sql
from tests.browser import Browser
from tests.cast import Cast
from tests.rules_named import rule
from tests.safety.canaries import WORD, World, leaks, planted
from tests.safety.portal_map import Door, doors
from tests.safety.things import MISSING, OF_ITS_BEARER, Things

ROLES = ("visitor", "vera", "nia", "ben", "dana", "sam", "moana")
SEED, STEPS = 20_261_125, 60
WORDS = ("", "1", "2", "private", "new", "standard", "available", "zq", "7RK2Q4", "C6Y3GE", "price", "price_down", "a")
NAMES = (
    "q", "sort", "page", "size", "vendor", "category", "in_stock", "price_min", "price_max", "state", "from", "to",
    "added", "changed", "removed", "restored", "current", "restored_line", "was", "saved", "next", "quantity", "sku",
    "name", "note", "visibility", "home_warehouse", "version", "address", "delivery_method", "ship", "po_number",
    "privileges", "links", "order", "up", "down", "email", "phone", "job_title", "account_number", "text", "person",
    "action", "account", "before", "after", "format", "density", "required", "welcome", "done", "privilege",
    "confirm", "edit", "token", "review", "kept_path", "kept_name", "kept_value", "company", "owner", "user", "id",
)  # fmt: skip
WITHOUT_LINKS = [door for door in doors() if not OF_ITS_BEARER & set(door.holes)]
HOLES = [
    ("nia", basket_finders, "FIND", "b.company = $2", "($2 > 0 OR b.company = $2)"),
    ("dana", basket_finders, "FIND", "b.owner = $1", "$1 > 0"),
    ("dana", orders, "FIND", "o.company = $1", "($1 > 0 OR o.company = $1)"),
    ("dana", order_lists, "PLAIN", "o.company = $1", "($1 > 0 OR o.company = $1)"),
    ("dana", addresses, "PAGE", "company = $1", "($1 > 0 OR company = $1)"),
    ("sam", addresses, "ALL", "company = $1", "company <> $1"),
]  # fmt: skip


@pytest.fixture
async def world(browser: Browser, cast: Cast) -> World:
    return await planted(browser, cast)


def systematic(world: World, who: str) -> Iterator[tuple[Door, dict[str, object], dict[str, object]]]:
    """Every door with the things of either company, and with their ids mixed."""
    others = world.bright if who == "sam" else world.coast
    own = world.coast if who == "sam" else world.bright
    public = world.public[world.cast.brightbyte if who == "sam" else world.cast.coastline]
    dice = random.Random(SEED)
    for door in doors():
        mixed = [{**own.ids, "line_id": others.line_id}, {**others.ids, "line_id": own.line_id}]
        sides = [others.ids, own.ids, *mixed, {**others.ids, "basket_id": public}]
        if OF_ITS_BEARER & set(door.holes):  # the page of a mailed link is for whoever has it
            sides = [own.ids] if person_with_a_company(who) else []
        for ids in sides:
            yield door, ids, fields_of(others, dice)


def person_with_a_company(who: str) -> bool:
    return who not in {"visitor", "moana"}


def fields_of(things: Things, dice: random.Random) -> dict[str, object]:
    """Some fields, some of which name the other company's things."""
    values = [*WORDS, *(str(value) for value in things.ids.values())]
    return {name: dice.choice(values) for name in dice.sample(NAMES, dice.randint(0, 12))}


def at_random(world: World, who: str) -> Iterator[tuple[Door, dict[str, object], dict[str, object]]]:
    dice = random.Random(f"{SEED} {who}")
    sides = (world.bright.ids, world.coast.ids, MISSING)
    for _ in range(STEPS):
        ids = {name: dice.choice(sides).get(name, MISSING[name.rpartition("/")[2]]) for name in world.bright.ids}
        yield dice.choice(WITHOUT_LINKS), ids, fields_of(dice.choice((world.bright, world.coast)), dice)


async def asked(browser: Browser, door: Door, ids: dict[str, object], fields: dict[str, object]) -> httpx.Response:
    htmx = len(fields) % 2 == 1
    if door.method == "GET":
        return await browser.get(f"{door.address(ids)}?{urlencode(fields)}", htmx=htmx)
    return await browser.post(door.address(ids), fields, htmx=htmx)


def seen(answer: httpx.Response, sent: str) -> str:
    """Every byte of an answer, without what the asker has sent."""
    text = "\n".join([answer.text, *(f"{name}: {value}" for name, value in answer.headers.items())])
    for word in sent.split("\n"):
        text = text.replace(word, "") if len(word) > 4 else text
    return text


async def walked(browser: Browser, world: World, who: str) -> AsyncIterator[str]:
    """What this person finds that was not to be found, and at which door."""
    for steps in (systematic, at_random):
        for door, ids, fields in steps(world, who):
            browser.sign_out()
            person = world.person(who)
            await (browser.sign_in(person) if person else browser.get("/login"))
            text = seen(await asked(browser, door, ids, fields), "\n".join(map(str, [*ids.values(), *fields.values()])))
            if not (who == "moana" and door.path.startswith("/desk")):
                for leak in leaks(world, who, text):
                    yield f"{door.name} {door.address(ids)} {fields}: {leak}"


async def caught(browser: Browser, world: World, who: str) -> bool:
    async for _ in walked(browser, world, who):
        return True
    return False


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
    assert kinds == {"c", "u", "a", "p", "b", "l", "o", "r", "n", "k"}
    assert world.secrets[world.cast.brightbyte].search(text)


@pytest.mark.parametrize(("who", "module", "name", "whole", "holed"), HOLES, ids=range(len(HOLES)))
async def test_a_finder_that_forgets_the_company_is_caught(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch,
    who: str, module: ModuleType, name: str, whole: str, holed: str,
) -> None:  # fmt: skip
    statement = getattr(module, name)
    assert whole in statement
    monkeypatch.setattr(module, name, statement.replace(whole, holed))
    assert await caught(browser, world, who)


async def test_another_companys_price_is_caught(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = prices.offers

    async def of_somebody(_: int, product_ids: list[int], on: date) -> dict[int, Offer]:
        return await offers(world.cast.coastline, product_ids, on)

    monkeypatch.setattr(prices, "offers", of_somebody)
    assert await caught(browser, world, "ben")


async def test_a_price_without_the_privilege_is_caught(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Viewer, "sees_prices", True)
    assert await caught(browser, world, "nia")


async def test_a_session_of_somebody_else_is_caught(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    holed = sessions.FIND.replace('ELSE s."user" END', "ELSE (SELECT max(id) FROM users WHERE company <> 1) END")
    monkeypatch.setattr(sessions, "FIND", holed.replace("u.id = p.id OR", "u.id > 0 OR"))
    assert await caught(browser, world, "ben")
