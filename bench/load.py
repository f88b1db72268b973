"""The load generator: sends prepared requests over kept connections and notes how long each answer took."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from typing import Any

import uvloop

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What one connection sends, whole requests as bytes; without `again` each of them once."""

    port: int
    requests: list[bytes]
    status: int = 200
    again: bool = True


@dataclass(slots=True)
class Seen:
    """What came back on all connections together."""

    seconds: list[float] = field(default_factory=list)
    wrong: Counter[int] = field(default_factory=Counter)
    first_wrong: str = ""
    ended: float = 0.0


class Client(asyncio.Protocol):
    """One connection: a request is sent when the answer before it is whole."""

    def __init__(self, plan: Plan, seen: Seen, until: float) -> None:
        self.plan, self.seen, self.until = plan, seen, until
        self.left: Iterator[bytes] = cycle(plan.requests) if plan.again else iter(plan.requests)
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.held = bytearray()
        self.whole = 0  # bytes of the answer that is coming; 0 until its head is there
        self.status = 0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        request = next(self.left, None)
        self.sent = time.perf_counter()
        if request is None or self.sent >= self.until:
            self.seen.ended = max(self.seen.ended, self.sent)
            self.done.set_result(None)
            self.transport.close()
        else:
            self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.held += data
        if not self.whole:
            self._read_head()
        if self.whole and len(self.held) >= self.whole:
            self._answered()

    def _read_head(self) -> None:
        end = self.held.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self.held[:end]).lower()
        self.status = int(head[9:12])
        _, found, rest = head.partition(b"\r\ncontent-length:")
        self.whole = end + 4 + (int(rest.partition(b"\r\n")[0]) if found else 0)

    def _answered(self) -> None:
        self.seen.seconds.append(time.perf_counter() - self.sent)
        if self.status != self.plan.status:
            self.seen.wrong[self.status] += 1
            self.seen.first_wrong = self.seen.first_wrong or bytes(self.held[:20_000]).decode("utf-8", "replace")
        self.held.clear()
        self.whole = 0
        self.send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError(f"the server closed the connection: {error}"))


def _given(client: Client) -> Client:
    return client


async def run(plans: list[Plan], seconds: float) -> dict[str, Any]:
    """All plans at once for so long; what is under way at the end is waited for."""
    seen, loop = Seen(), asyncio.get_running_loop()
    started = time.perf_counter()
    clients = [Client(plan, seen, started + seconds) for plan in plans]
    for client in clients:
        await loop.create_connection(partial(_given, client), "127.0.0.1", client.plan.port)
    await asyncio.wait_for(asyncio.gather(*(client.done for client in clients)), seconds + PATIENCE_SECONDS)
    return figures(seen, seen.ended - started)


def figures(seen: Seen, took: float) -> dict[str, Any]:
    ordered = sorted(seen.seconds) or [0.0]
    return {
        "answers": len(seen.seconds),
        "seconds": took,
        "p50_ms": ordered[len(ordered) // 2] * 1000,
        "p99_ms": ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1000,
        "wrong": dict(seen.wrong),
        "first_wrong": seen.first_wrong,
    }


def play(plans: list[Plan], seconds: float) -> dict[str, Any]:
    """Called in the generator's own process."""
    return uvloop.run(run(plans, seconds))
