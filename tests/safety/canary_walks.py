"""The ways through the portal on which the secret words are looked for."""

import random
import re
from collections.abc import AsyncIterator, Iterator
from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZipFile

import httpx

from tests.browser import Browser
from tests.safety.canaries import World, leaks
from tests.safety.portal_map import Door, doors
from tests.safety.things import MISSING, OF_ITS_BEARER, Things

SEED, STEPS = 20_261_125, 60
WORDS = ("", "1", "2", "private", "new", "standard", "available", "zq", "7RK2Q4", "C6Y3GE", "price", "price_down", "a")
NAMES = (
    "q", "sort", "page", "size", "vendor", "category", "in_stock", "price_min", "price_max", "state", "from", "to",
    "added", "changed", "removed", "restored", "current", "restored_line", "was", "saved", "next", "quantity", "sku",
    "name", "note", "visibility", "home_warehouse", "version", "address", "delivery_method", "ship", "po_number",
    "privileges", "links", "order", "up", "down", "email", "phone", "job_title", "account_number", "text", "person",
    "action", "account", "before", "after", "format", "density", "required", "welcome", "done", "privilege",
    "confirm", "edit", "token", "review", "kept_path", "kept_name", "kept_value", "company", "owner", "user", "id",
    "since", "held", "again", "show", "only", "line", "to", "basket", "codes", "quantities", "add", "aim", "back",
    "number", "revision", "undo", "product", "edits", "archive", "put_away", "moved", "copied", "replaced", "accepted",
    "markup", "was_note", "shown", "at", "removed_lines", "restored_lines", "go",
)  # fmt: skip
WITHOUT_LINKS = [door for door in doors() if not OF_ITS_BEARER & set(door.holes)]


def systematic(world: World, who: str) -> Iterator[tuple[Door, dict[str, object], dict[str, object]]]:
    """Every door with the things of either company, and with their ids mixed."""
    others = world.bright if who == "sam" else world.coast
    own = world.coast if who == "sam" else world.bright
    public = world.kinds[world.cast.brightbyte if who == "sam" else world.cast.coastline]["public"]
    dice = random.Random(SEED)
    for door in doors():
        mixed = [{**own.ids, "line_id": others.line_id}, {**others.ids, "line_id": own.line_id}]
        sides = [others.ids, own.ids, *mixed, {**others.ids, "basket_id": public}]
        if OF_ITS_BEARER & set(door.holes):  # the page of a mailed link is for whoever has it
            sides = [own.ids] if person_with_a_company(who) else []
        for ids in sides:
            yield door, ids, fields_of(others, dice)


# Files, pieces of pages and feeds of what came with baskets; an odd number of fields is asked as htmx asks.
LOOKS: tuple[dict[str, object], ...] = (
    {"format": "csv"},
    {"format": "xlsx", "show": "archived"},
    {"q": "zq", "show": "templates", "since": "0"},
    {"q": "zq", "since": "0"},
)
LOOKED_AT = re.compile(r"/(baskets|company-baskets|quick-order|part-numbers|favourites|searches|products)\b")


def looks(world: World, who: str) -> Iterator[tuple[Door, dict[str, object], dict[str, object]]]:
    """Whatever can be looked at of baskets, lists and numbers, of both companies and in every shape."""
    for door in doors():
        if door.method == "GET" and LOOKED_AT.match(door.path):
            for company, things in ((world.cast.brightbyte, world.bright), (world.cast.coastline, world.coast)):
                baskets = [things.basket_id, *world.kinds[company].values()]
                for basket in baskets if "basket_id" in door.holes else baskets[:1]:
                    for fields in LOOKS:
                        yield door, {**things.ids, "basket_id": basket}, fields


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
    text = "\n".join([written_in(answer), *(f"{name}: {value}" for name, value in answer.headers.items())])
    for word in sent.split("\n"):
        text = text.replace(word, "") if len(word) > 4 else text
    return text


def written_in(answer: httpx.Response) -> str:
    """The text of a page, or all that a workbook holds."""
    if not answer.content.startswith(b"PK"):
        return answer.text
    with ZipFile(BytesIO(answer.content)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist())


async def walked(browser: Browser, world: World, who: str) -> AsyncIterator[str]:
    """What this person finds that was not to be found, and at which door."""
    for steps in (looks, systematic, at_random):
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
