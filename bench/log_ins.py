"""What log-ins cost the others: the search page alone, under right log-ins, and under a flood of wrong ones."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import uvloop

from app.demo.cast import PASSWORD
from bench import load
from bench.buyers import BUYERS, email
from bench.load import Plan
from bench.measuring import Generator
from bench.pages import PAGES, Crowd
from bench.servers import Server
from bench.visitors import Visitor, fields_of

A_SECOND = 20  # right log-ins
AT_ONCE = 8  # connections that try wrong passwords
SEARCHERS = 4  # connections that search meanwhile: people, not another flood


@dataclass(frozen=True, slots=True)
class Line:
    """The search page's times in milliseconds, and how often each status answered a log-in."""

    what: str
    p50: float
    p99: float
    answered: dict[int, int]
    rate: float  # log-ins answered a second


def log_in(port: int, address: str, password: str) -> bytes:
    """A log-in as a browser sends it that has the page open."""
    visitor = Visitor(port)
    first = visitor.send("GET", "/login")
    visitor.cookie = first.headers["Set-Cookie"].partition(";")[0]
    csrf = fields_of(first.text, "/login")["csrf"]
    return visitor.request("POST", "/login", [("csrf", csrf), ("email", address), ("password", password)])


async def _once(port: int, request: bytes, answered: Counter[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    head = await reader.readline()
    answered[int(head.split()[1])] += 1
    writer.close()


async def _steadily(port: int, requests: list[bytes], seconds: float) -> Counter[int]:
    """So many a second whatever the server answers, and when."""
    answered: Counter[int] = Counter()
    loop, started = asyncio.get_running_loop(), time.perf_counter()
    sent = []
    for number in range(int(seconds * A_SECOND)):
        await asyncio.sleep(max(0.0, started + number / A_SECOND - time.perf_counter()))
        sent.append(loop.create_task(_once(port, requests[number % len(requests)], answered)))
    await asyncio.gather(*sent)
    return answered


async def _flood(port: int, requests: list[bytes], count: int) -> Counter[int]:
    """So many in all, each connection as fast as it is answered."""
    answered: Counter[int] = Counter()
    left = iter(range(count))

    async def one() -> None:
        for number in left:
            await _once(port, requests[number % len(requests)], answered)

    await asyncio.gather(*(one() for _ in range(AT_ONCE)))
    return answered


async def _both(searching: list[Plan], seconds: float, port: int, requests: list[bytes], count: int) -> dict[str, Any]:
    """The search page until the log-ins are through; `count` 0 sends them steadily, and none where there are none."""
    started = time.perf_counter()
    sending = _flood(port, requests, count) if count else _steadily(port, requests, seconds if requests else 0)
    work = asyncio.get_running_loop().create_task(sending)
    rounds = [await load.run(searching, seconds)]
    while not work.done():
        rounds.append(await load.run(searching, seconds))
    whole = rounds[:-1] or rounds  # the log-ins ended in the course of the last
    worst = max(whole, key=lambda seen: float(seen["p99_ms"]))
    answered = await work
    took = time.perf_counter() - started
    return {**worst, "answered": dict(answered), "rate": answered.total() / took}


def play(*given: Any) -> dict[str, Any]:
    """Called in the generator's own process."""
    return uvloop.run(_both(*given))


def lines(server: Server, crowd: Crowd, generator: Generator, seconds: float, wrong: int) -> Iterator[Line]:
    """Measured one after the other against one server; the last round of the flood is its worst."""
    page = next(page for page in PAGES if page.name == "search")
    searching = [Plan(server.port, sent) for sent in page.requests(crowd)[:SEARCHERS]]
    right = [log_in(server.port, email(number), PASSWORD) for number in range(BUYERS)]
    guesses = [log_in(server.port, f"guess{number}@nowhere.example", "wrong") for number in range(AT_ONCE * 50)]
    generator.call(play, searching, seconds, server.port, right, 0)  # every hash is at the setting's cost after it
    for what, requests, count in (
        ("search alone", [], 0),
        (f"under {A_SECOND} log-ins a second", right, 0),
        (f"under {wrong:,} wrong log-ins", guesses, wrong),
    ):
        seen = generator.call(play, searching, seconds, server.port, requests, count)
        yield Line(what, seen["p50_ms"], seen["p99_ms"], seen["answered"], seen["rate"])


def table(measured: list[Line]) -> list[str]:
    heading = f"{'log-ins':<36} {'p50 ms':>7} {'p99 ms':>7} {'a second':>9}  answers"
    rows = [
        f"{line.what:<36} {line.p50:>7.1f} {line.p99:>7.1f} {line.rate:>9.1f}  "
        + ", ".join(f"{count:,} × {status}" for status, count in sorted(line.answered.items()))
        for line in measured
    ]
    return [heading, "-" * len(heading), *rows]
