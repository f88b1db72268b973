"""Real portals in processes of their own, as an operator starts them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.postgres import free_port

PORTAL = [sys.executable, "-m", "app"]
READY_SECONDS = 30
SETTINGS = {
    "PORTAL_SECRET": "a secret of the tests",
    "PORTAL_BCRYPT_COST": "4",
    "PORTAL_SMTP_URL": "",
    "PORTAL_LOGIN_ADDRESS_FAILURES": "1000",
}


def url_of(address: str) -> str:
    """What PORTAL_DATABASE_URL says for the address that the fixture `database` gives."""
    return address if address.startswith("postgresql://") else f"sqlite:///{address}"


def environment(url: str, folder: Path, **more: str) -> dict[str, str]:
    """What a portal finds set: nothing of ours but these."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    own = {"PORTAL_DATABASE_URL": url, "PORTAL_DATA_DIR": str(folder)}
    return {**bare, **SETTINGS, **own, **more}


def command(url: str, folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one `portal` command to its end."""
    return subprocess.run(
        [*PORTAL, *arguments],
        env=environment(url, folder, **more),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@dataclass
class Server:
    """A serving portal and where it answers."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _wait_until_ready(server: Server) -> None:
    deadline = time.monotonic() + READY_SECONDS
    with httpx.Client(transport=httpx.HTTPTransport(retries=3)) as http:
        while time.monotonic() < deadline:
            if server.process.poll() is not None:
                break
            try:
                if http.get(f"{server.url}/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                continue
    raise RuntimeError(f"the portal did not start:\n{server.log.read_text()[-3000:]}")


def start(url: str, folder: Path, **more: str) -> Server:
    """Start a portal and wait until it answers."""
    port = free_port()
    log = folder / f"serve-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*PORTAL, "serve", "--port", str(port)],
            env=environment(url, folder, **more),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    server = Server(process, f"http://localhost:{port}", log)
    _wait_until_ready(server)
    return server


@contextmanager
def serving(url: str, folder: Path, **more: str) -> Iterator[Server]:
    """A portal for the length of a block."""
    server = start(url, folder, **more)
    try:
        yield server
    finally:
        server.stop()


def make_demo(url: str, folder: Path) -> None:
    """Tables and the demo, as `make run` makes them."""
    for arguments in (("migrate",), ("demo",)):
        done = command(url, folder, *arguments)
        if done.returncode:
            raise RuntimeError(f"portal {arguments[0]} failed:\n{done.stdout}{done.stderr}")
