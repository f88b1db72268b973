"""A request as one of many, and as if it had never been: everything that it did is undone."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode

import httpx

from db import sql
from tests.browser import Browser
from tests.safety.portal_map import Door
from tests.safety.table import FIELDS

PARTIAL = [(b"hx-request", b"true"), (b"hx-request-type", b"partial")]
FORM = (b"content-type", b"application/x-www-form-urlencoded")


class _Undone(Exception):
    """Ends a transaction that is to leave nothing."""


@asynccontextmanager
async def undone() -> AsyncIterator[None]:
    """What is done inside is rolled back."""
    with suppress(_Undone):
        async with sql.transaction():
            yield
            raise _Undone


@dataclass(frozen=True)
class Heard:
    """All that the asker learns; only the number of the request differs by nature."""

    status_code: int
    headers: list[tuple[bytes, bytes]]
    content: bytes


async def knock(browser: Browser, door: Door, ids: Mapping[str, object], *, htmx: bool = False) -> httpx.Response:
    """Ask for the door's address, or send its form rightly filled in."""
    if door.method == "GET":
        return await browser.get(door.address(ids), htmx=htmx)
    return await browser.post(door.address(ids), FIELDS.get(door.name, {}), htmx=htmx)


async def knock_quickly(
    browser: Browser, door: Door, ids: Mapping[str, object], *, htmx: bool = False, query: str = ""
) -> Heard:
    """The same, without what makes a client comfortable."""
    form = {"csrf": browser.csrf, **FIELDS.get(door.name, {})} if door.method == "POST" else {}
    scope = _scope(browser, door.method, door.address(ids), query, PARTIAL if htmx else [])
    return await _asked(browser, scope, urlencode(form, doseq=True).encode())


async def knock_without_a_trace(
    browser: Browser, door: Door, ids: Mapping[str, object], *, htmx: bool = False, query: str = ""
) -> Heard:
    """The same, and undone: the next one finds everything as it was."""
    async with undone():
        return await knock_quickly(browser, door, ids, htmx=htmx, query=query)


async def send(browser: Browser, path: str, body: str) -> Heard:
    """Post these very bytes as a form."""
    return await _asked(browser, _scope(browser, "POST", path, "", []), body.encode())


def _scope(browser: Browser, method: str, path: str, query: str, more: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    cookies = "; ".join(f"{name}={value}" for name, value in browser.http.cookies.items())
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(b"host", b"localhost"), (b"cookie", cookies.encode()), FORM, *more],
        "client": ("127.0.0.1", 123), "server": ("localhost", 80),
    }  # fmt: skip


async def _asked(browser: Browser, scope: dict[str, Any], body: bytes) -> Heard:
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    await browser.portal(scope, receive, send)
    headers = [(name, value) for name, value in told[0]["headers"] if name != b"x-request-id"]
    return Heard(told[0]["status"], headers, b"".join(part.get("body", b"") for part in told[1:]))
