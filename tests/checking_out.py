"""What tests of check-out begin with: a basket with lines in it, and its form as a person fills it in."""

import re
from collections.abc import Mapping
from html import unescape
from itertools import count

import httpx

from app.rules import basket_lines, baskets
from app.rules.privileges import ALL, Privilege
from app.rules.viewers import Viewer
from tests.browser import Browser
from tests.cast import Person
from tests.goods import Goods

_names = count(1)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
TAKEN = "csrf", "edit"


def buyer(person: Person, *lacked: Privilege) -> Viewer:
    """The person with every privilege but some."""
    return person.viewer(privileges=frozenset(ALL - set(lacked)), company_name="Brightbyte Ltd")


async def basket_of(person: Person, *lines: tuple[Goods, int]) -> int:
    """A new basket of the person with these lines."""
    by = buyer(person)
    made = await baskets.create(f"Fit-out {next(_names)}", "private", "", by)
    for goods, quantity in lines:
        await basket_lines.add(made, goods.sku, quantity, by)
    return made


def hidden(answer: httpx.Response, form: str) -> dict[str, str]:
    """The hidden fields of the form with this id, without its CSRF token."""
    found = re.search(rf'<form(?=[^>]*id="{form}").*?</form>', answer.text, re.DOTALL)
    assert found, answer.text[:2000]
    return {name: unescape(value) for name, value in HIDDEN.findall(found[0]) if name not in TAKEN}


async def filled(browser: Browser, basket: int, **fields: str) -> dict[str, str]:
    """The check-out form with its presets, a PO number, and what else is typed."""
    answer = await browser.get(f"/baskets/{basket}/order")
    assert answer.status_code == 200, answer.text[:2000]
    return hidden(answer, "checkout") | presets(answer) | {"po_number": f"PO-{basket}"} | fields


def presets(answer: httpx.Response) -> dict[str, str]:
    """What stands selected on the form."""
    selects = re.findall(r'<select[^>]*name="(\w+)".*?</select>', answer.text, re.DOTALL)
    chosen = (
        re.search(rf'name="{name}".*?<option value="([^"]*)" selected', answer.text, re.DOTALL) for name in selects
    )
    return {name: found[1] for name, found in zip(selects, chosen, strict=True) if found}


async def reviewed(browser: Browser, basket: int, **fields: str) -> dict[str, str]:
    """What "Place Order" would send after the review."""
    answer = await browser.post(f"/baskets/{basket}/order", await filled(browser, basket, **fields))
    assert answer.status_code == 200, answer.text[:2000]
    return hidden(answer, "place")


async def placed(browser: Browser, basket: int, **fields: str) -> str:
    """The number of the order that the basket becomes."""
    answer = await place(browser, basket, await reviewed(browser, basket, **fields))
    assert answer.status_code == 303, answer.text[:2000]
    return answer.headers["Location"].rpartition("/")[2]


async def place(browser: Browser, basket: int, sent: Mapping[str, str]) -> httpx.Response:
    return await browser.post(f"/baskets/{basket}/order", sent)
