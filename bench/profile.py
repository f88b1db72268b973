"""Where the time of one page goes: the application called in this process, under the standard library's profiler."""

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import cycle, islice, zip_longest

from bench import databases, servers, stage
from bench.asked import Asked
from bench.pages import Page

REQUESTS = 400


def show(engine: str, given: Asked, page: Page, say: Callable[..., None]) -> None:
    """Print the functions with the most time of their own, and the project's with the most in all."""
    with databases.prepared(engine, given, given.products) as url:
        materials = stage.materials_of(url)
        with servers.serving(servers.PORTAL, url, stage.logs(), 1) as portals:
            requests = page.requests(stage.crowd_at(portals, materials))
        dealt = [request.decode("latin-1") for turn in zip_longest(*requests) for request in turn if request]
        drawn = list(islice(cycle(dealt), REQUESTS)) if page.again else dealt[:REQUESTS]
        done = subprocess.run(
            [sys.executable, "-m", "bench.profiled"],
            env=servers.environment(url, stage.logs()),
            input=json.dumps(drawn),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    say(f"{page.label}, {engine}", *done.stdout.splitlines())
