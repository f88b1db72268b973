"""A request as one of many, and as if it had never been: everything that it did is undone."""

from collections.abc import Mapping

import httpx

from db import sql
from tests.browser import Browser
from tests.safety.portal_map import Door
from tests.safety.table import FIELDS


class _Undone(Exception):
    """Ends the transaction of a request that is to leave nothing."""


async def knock(
    browser: Browser, door: Door, ids: Mapping[str, object], *, htmx: bool = False, query: str = ""
) -> httpx.Response:
    """Ask for the door's address, or send its form rightly filled in."""
    if door.method == "GET":
        return await browser.get(door.address(ids) + query, htmx=htmx)
    return await browser.post(door.address(ids), FIELDS.get(door.name, {}), htmx=htmx)


async def knock_without_a_trace(
    browser: Browser, door: Door, ids: Mapping[str, object], *, htmx: bool = False, query: str = ""
) -> httpx.Response:
    """The same, inside a transaction that is rolled back: the next one finds everything as it was."""
    cookies = dict(browser.http.cookies)
    try:
        async with sql.transaction():
            answer = await knock(browser, door, ids, htmx=htmx, query=query)
            raise _Undone
    except _Undone:
        if dict(browser.http.cookies) != cookies:
            browser.http.cookies.clear()
            browser.http.cookies.update(cookies)
    return answer


def told(answer: httpx.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """All that the asker learns; only the number of the request differs by nature."""
    headers = [(name, value) for name, value in answer.headers.multi_items() if name != "x-request-id"]
    return answer.status_code, answer.content, headers
