"""Measures one page of the portal, and in the same breath the floor of the same size."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from bench import load
from bench.load import Plan
from bench.pages import Crowd, Page
from bench.servers import Server
from bench.visitors import CODINGS, Visitor, WrongAnswer, replayed

WARM_UP_SHARE = 0.2
SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Measured:
    """Rates a second, times in milliseconds, bytes without headers."""

    rate: float
    p50: float
    p99: float
    queries: float
    cpu: float
    raw: int
    packed: int


@dataclass(frozen=True, slots=True)
class Row:
    page: Page
    portal: Measured
    floor: Measured

    @property
    def ratio(self) -> float:
        return self.portal.rate / self.floor.rate

    @property
    def ratio_by_cpu(self) -> float:
        """The same by processor time, which a busy machine disturbs less."""
        return self.floor.cpu / self.portal.cpu if self.portal.cpu else 0.0


class Generator:
    """The process that sends; the measured ones share nothing with it but the machine."""

    def __init__(self) -> None:
        self._process = ProcessPoolExecutor(1, mp_context=get_context("spawn"))

    def play(self, plans: list[Plan], seconds: float) -> dict[str, Any]:
        return self.call(load.play, plans, seconds)

    def call(self, player: Callable[..., dict[str, Any]], *given: Any) -> dict[str, Any]:
        """What another player finds in that process."""
        return self._process.submit(player, *given).result()

    def close(self) -> None:
        self._process.shutdown()


def _split(requests: list[list[bytes]], share: float) -> tuple[list[list[bytes]], list[list[bytes]]]:
    cuts = [int(len(sent) * share) for sent in requests]
    return (
        [sent[:cut] for sent, cut in zip(requests, cuts, strict=True)],
        [sent[cut:] for sent, cut in zip(requests, cuts, strict=True)],
    )


def _sizes(page: Page, port: int, requests: Sequence[bytes], codings: str) -> int:
    """The mean bytes of some answers."""
    answers = [replayed(port, request, codings) for request in requests]
    wrong = next((answer for answer in answers if answer.status != page.status), None)
    if wrong:
        raise WrongAnswer(f"{page.label} answered {wrong.status} instead of {page.status}:\n{wrong.text[:3000]}")
    return sum(len(answer.body) for answer in answers) // len(answers)


def _measure(
    page: Page, servers: list[Server], requests: list[list[bytes]], play: Any, sizes: tuple[int, int], own: int
) -> Measured:
    """`own` is the number of statements with which reading a server's figures adds to them."""

    def plans(dealt: list[list[bytes]]) -> list[Plan]:
        return [
            Plan(servers[place % len(servers)].port, sent, page.status if page.again else 303, page.again)
            for place, sent in enumerate(dealt)
        ]

    warm_up, rest = (requests, requests) if page.again else _split(requests, WARM_UP_SHARE)
    seconds, generator = play
    generator.play(plans(warm_up), seconds * WARM_UP_SHARE)
    before = [server.figures() for server in servers]
    seen = generator.play(plans(rest), seconds)
    after = [server.figures() for server in servers]
    if seen["wrong"]:
        raise WrongAnswer(f"{page.label}: wrong answers {seen['wrong']}, the first:\n{seen['first_wrong'][:3000]}")
    pairs = list(zip(before, after, strict=True))
    return Measured(
        rate=seen["answers"] / seen["seconds"],
        p50=seen["p50_ms"],
        p99=seen["p99_ms"],
        queries=sum(late.statements - early.statements - own for early, late in pairs) / seen["answers"],
        cpu=sum(late.cpu_seconds - early.cpu_seconds for early, late in pairs) * 1000 / seen["answers"],
        raw=sizes[0],
        packed=sizes[1],
    )


def _portal(page: Page, servers: list[Server], requests: list[list[bytes]], play: Any) -> Measured:
    first = requests[0]
    if page.again:
        raw, packed = (first[:SAMPLES], first[:SAMPLES])
    else:
        raw, packed, requests = first[:1], first[1:2], [first[2:], *requests[1:]]
    sizes = _sizes(page, servers[0].port, raw, ""), _sizes(page, servers[0].port, packed, CODINGS)
    return _measure(page, servers, requests, play, sizes, own=1)


def _floor(page: Page, servers: list[Server], crowd: Crowd, size: int, play: Any) -> Measured:
    """The same method and size, one indexed query for another product each time."""
    fields = [("quantity", "1")] if page.method == "POST" else None
    ids = crowd.materials["ids"]
    dealt = []
    for place in range(len(crowd.visitors)):
        visitor = Visitor(servers[place % len(servers)].port)
        paths = [f"/page?rows={page.rows}&size={size}&id={product}" for product in ids[place::16]]
        dealt.append([visitor.request(page.method, path, fields) for path in paths])
    bare = Page(page.name, f"floor of {page.label}", page.kind, page.rows, page.requests, method=page.method)
    sizes = (
        _sizes(bare, servers[0].port, dealt[0][:SAMPLES], ""),
        _sizes(bare, servers[0].port, dealt[0][:SAMPLES], CODINGS),
    )
    return _measure(bare, servers, dealt, play, sizes, own=0)


def row(page: Page, crowd: Crowd, portals: list[Server], floors: list[Server], play: tuple[float, Generator]) -> Row:
    """Raises WrongAnswer when the page is not there or refuses."""
    measured = _portal(page, portals, page.requests(crowd), play)
    return Row(page, measured, _floor(page, floors, crowd, measured.raw, play))
