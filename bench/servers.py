"""The servers that are measured: the real portal and the floor, each in processes of their own."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tests.postgres import free_port

READY_SECONDS = 60
SETTINGS = {"PORTAL_SECRET": "a secret of the bench", "PORTAL_BCRYPT_COST": "4", "PORTAL_SMTP_URL": ""}


def environment(url: str, folder: Path) -> dict[str, str]:
    """What a process of the bench finds set: nothing of ours but these."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return {**bare, **SETTINGS, "PORTAL_DATABASE_URL": url, "PORTAL_DATA_DIR": str(folder)}


def command(url: str, folder: Path, *arguments: str) -> str:
    """What `python ARGUMENTS` prints, run on a database to its end; raises RuntimeError where it fails."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment(url, folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


@dataclass(frozen=True, slots=True)
class Figures:
    """What a server has used since it was started."""

    statements: float
    cpu_seconds: float


@dataclass(slots=True)
class Server:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, path: str) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise OSError(f"{path} answered {answer.status}")
            return body
        finally:
            connection.close()

    def figures(self) -> Figures:
        lines = (line.split() for line in self.get("/metrics").decode().splitlines())
        found = {parts[0]: float(parts[1]) for parts in lines if len(parts) == 2}
        return Figures(found["portal_database_statements_total"], found["process_cpu_seconds_total"])

    def wait(self) -> None:
        """Until it answers; raises RuntimeError with its log when it does not."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                self.get("/healthz")
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"{self.log.stem} did not start:\n{self.log.read_text()[-3000:]}")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


PORTAL = ("-m", "app", "serve", "--no-post", "--port")
FLOOR = ("-m", "bench.floor")


def _start(program: tuple[str, ...], url: str, folder: Path, more: Mapping[str, str]) -> Server:
    port = free_port()
    log = folder / f"{program[1]}-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *program, str(port)],
            env={**environment(url, folder), **more},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    return Server(process, port, log)


@contextmanager
def serving(
    program: tuple[str, ...], url: str, folder: Path, processes: int, more: Mapping[str, str] = MappingProxyType({})
) -> Iterator[list[Server]]:
    """So many processes of the same program, ready; `more` settings stand over those of the bench."""
    servers: list[Server] = []
    try:
        for _ in range(processes):
            servers.append(_start(program, url, folder, more))
            servers[-1].wait()
        yield servers
    finally:
        for server in servers:
            server.stop()
