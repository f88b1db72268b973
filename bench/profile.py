"""Where the time of one page goes: the application called in this process, under the standard library's profiler."""

import json
import subprocess
import sys
from collections.abc import Callable

from bench import databases, servers, stage
from bench.asked import Asked
from bench.pages import Page


def show(engine: str, given: Asked, page: Page, say: Callable[..., None]) -> None:
    """Print the functions with the most time of their own, and the project's with the most in all."""
    with databases.prepared(engine, given, given.products) as url:
        materials = stage.materials_of(url)
        with servers.serving(servers.PORTAL, url, databases.FOLDER, 1) as portals:
            requests = page.requests(stage.crowd_at(portals, materials))
        drawn = [request.decode("latin-1") for sent in requests for request in sent[: 400 // len(requests)]]
        done = subprocess.run(
            [sys.executable, "-m", "bench.profiled"],
            env=servers.environment(url, databases.FOLDER),
            input=json.dumps(drawn),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    say(f"{page.label}, {engine}", *done.stdout.splitlines())
