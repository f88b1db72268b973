"""`python -m bench.profiled`: plays requests, given as JSON, into the application under cProfile."""

import asyncio
import cProfile
import io
import json
import pstats
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from app.main import app, make_portal
from db.conf import DB

WARM_UP = 20
SHOWN = 30
SHOWN_STATEMENTS = 12


def scope_of(head: str) -> dict[str, Any]:
    """What an ASGI server makes of a request's head."""
    first, *lines = head.split("\r\n")
    method, target, _ = first.split(" ")
    path, _, query = target.partition("?")
    headers = [line.split(": ", 1) for line in lines]
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "method": method,
        "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip


async def call(request: str) -> int:
    """The status of the answer."""
    head, _, body = request.partition("\r\n\r\n")
    seen: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body.encode("latin-1"), "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            seen.append(message["status"])

    await app(scope_of(head), receive, send)
    return seen[0]


class Watch:
    """Stands before the engine and notes how long each statement was waited for."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self._fetch = DB.fetch
        DB.fetch = self.fetch  # type: ignore[method-assign, assignment]

    async def fetch(self, statement: str, args: Any) -> list[dict[str, Any]]:
        started = time.perf_counter()
        try:
            return await self._fetch(statement, args)
        finally:
            self.seconds[statement].append(time.perf_counter() - started)

    def lines(self, requests: int) -> Iterator[str]:
        """The dearest first: milliseconds a request, times a request, and how the statement begins."""
        for statement, seconds in sorted(self.seconds.items(), key=lambda pair: -sum(pair[1]))[:SHOWN_STATEMENTS]:
            words = " ".join(statement.split())[:90]
            yield f"{sum(seconds) * 1000 / requests:8.2f} ms {len(seconds) / requests:6.1f} times  {words}"


async def play(requests: list[str]) -> str:
    """What the profiler saw; the wall-clock time without it goes first."""
    await asyncio.gather(*(call(request) for request in requests[:WARM_UP]))
    half = WARM_UP + (len(requests) - WARM_UP) // 2
    watch = Watch()
    started = time.perf_counter()
    statuses = {await call(request) for request in requests[WARM_UP:half]}
    each = (time.perf_counter() - started) * 1000 / max(1, half - WARM_UP)
    told = list(watch.lines(max(1, half - WARM_UP)))
    with cProfile.Profile() as profiler:
        for request in requests[half:]:
            await call(request)
    out = io.StringIO()
    print(f"{each:.2f} ms a request one after the other, without the profiler; statuses {statuses}", file=out)
    print("of which each statement was waited for:", *told, sep="\n", file=out)
    print(f"the profiler saw {len(requests) - half} requests", file=out)
    shown = pstats.Stats(profiler, stream=out)
    shown.sort_stats("tottime").print_stats(SHOWN)
    shown.sort_stats("cumtime").print_stats(r"/(app|db)/", SHOWN)
    return out.getvalue()


async def main() -> None:
    requests: list[str] = json.load(sys.stdin)
    async with make_portal().lifespan():
        print(await play(requests))


if __name__ == "__main__":
    asyncio.run(main())
