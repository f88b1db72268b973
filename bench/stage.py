"""Everything that a measurement stands on, set up and cleared away: database, servers, visitors, generator."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.rules.settings import settings
from bench import databases, measuring, servers
from bench.asked import Asked
from bench.buyers import BUYERS, email
from bench.measuring import Generator, Row
from bench.pages import CONNECTIONS, Crowd, Page
from bench.servers import FLOOR, PORTAL, Server
from bench.visitors import Visitor

PROCESSES = {"sqlite": 1, "postgres": 2}


@dataclass(frozen=True, slots=True)
class Stage:
    portals: list[Server]
    floors: list[Server]
    crowd: Crowd
    generator: Generator

    @property
    def products(self) -> int:
        return int(self.crowd.materials["products"])

    def measure(self, page: Page, seconds: float) -> Row:
        """Raises WrongAnswer when the page is not there or refuses."""
        for visitor in (one for visitors in self.crowd.visitors for one in visitors.values()):
            visitor.send("GET", "/login")  # a session's "last seen" is written once a minute, and not while measured
        return measuring.row(page, self.crowd, self.portals, self.floors, (seconds, self.generator))


def logs() -> Path:
    """Where the servers write; what is there is of the last stage."""
    folder = databases.FOLDER / "serving"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def materials_of(url: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(servers.command(url, databases.FOLDER, "-m", "bench.materials"))
    return found


def crowd_at(portals: list[Server], materials: dict[str, Any]) -> Crowd:
    """Every buyer logged in, each at the server that the connection goes to."""
    visitors: list[dict[str, Visitor]] = [{} for _ in range(CONNECTIONS)]
    for number in range(BUYERS):
        connection = number % CONNECTIONS
        visitor = Visitor(portals[connection % len(portals)].port)
        visitor.log_in(email(number))
        visitors[connection][email(number)] = visitor
    return Crowd(visitors, materials)


@contextmanager
def ready(engine: str, given: Asked, products: int) -> Iterator[Stage]:
    shutil.rmtree(logs())
    with ExitStack() as stack:
        url = stack.enter_context(databases.prepared(engine, given, products))
        materials = materials_of(url)
        portals = stack.enter_context(servers.serving(PORTAL, url, logs(), PROCESSES[engine]))
        floors = stack.enter_context(servers.serving(FLOOR, url, logs(), PROCESSES[engine]))
        generator = Generator()
        stack.callback(generator.close)
        yield Stage(portals, floors, crowd_at(portals, materials), generator)


@contextmanager
def for_log_ins(engine: str, given: Asked) -> Iterator[tuple[Server, Crowd, Generator]]:
    """One server that hashes at the cost of a real one, with its crowd."""
    with ExitStack() as stack:
        url = stack.enter_context(databases.prepared(engine, given, 0))
        materials, cost = materials_of(url), {"PORTAL_BCRYPT_COST": str(settings.bcrypt_cost)}
        portals = stack.enter_context(servers.serving(PORTAL, url, logs(), 1, cost))
        generator = Generator()
        stack.callback(generator.close)
        yield portals[0], crowd_at(portals, materials), generator
