"""A throwaway PostgreSQL: a cluster of its own in a temporary folder, on a free port of this machine."""

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
ROOM = 2 * 1024**3
COPIES_FILES = 15  # from this version on CREATE DATABASE lets one choose how
COMMON = "-c listen_addresses=127.0.0.1 -c timezone=UTC -c log_statement=none -c shared_buffers=64MB"


def binaries() -> Path:
    """The folder of initdb, pg_ctl and psql: Debian keeps them off the path, by version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and on_path:
        found = [Path(on_path).resolve()]
    if not found:
        raise FileNotFoundError("PostgreSQL is not installed: initdb was not found.")
    return found[-1].parent


@cache
def version() -> int:
    """The server's major version."""
    told = subprocess.check_output([binaries() / "postgres", "--version"], text=True)
    found = re.search(r"\d+", told)
    assert found, told
    return int(found[0])


def quick_place() -> str | None:
    """A folder in memory, where a copy of the template takes a quarter of the time; None where there is none."""
    memory = Path("/dev/shm")
    fits = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return str(memory) if fits else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Cluster:
    """A running server; every database in it belongs to the tests."""

    folder: Path
    port: int
    durable: bool

    def dsn(self, database: str = "postgres") -> str:
        return f"postgresql://tester@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        settings = f"-p {self.port} -k {self.folder} {COMMON} {'' if self.durable else QUICK}"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(log), "-w", "-o", settings, "start")

    def stop(self, mode: str = "fast") -> None:
        """`immediate` ends it as a crash would."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", mode, "stop")

    def is_running(self) -> bool:
        return (self.folder / "data" / "postmaster.pid").exists()

    def create_database(self, name: str, template: str = "template0") -> str:
        """Copies `template`, which nobody may be connected to meanwhile; gives the new database's DSN."""
        copied = " STRATEGY FILE_COPY" if version() >= COPIES_FILES else ""  # five times as quick for a small one
        self._sql(f"CREATE DATABASE {_checked(name)} TEMPLATE {_checked(template)}{copied}")
        return self.dsn(name)

    def drop_database(self, name: str) -> None:
        self._sql(f"DROP DATABASE IF EXISTS {_checked(name)} WITH (FORCE)")

    def _sql(self, statement: str) -> None:
        self._run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", self.dsn(), "-c", statement)

    def _run(self, program: str, *arguments: str) -> None:
        run_as_owner(self.folder, program, *arguments)


def _checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError(f"not a plain name for a database: {name!r}")
    return name


def run_as_owner(folder: Path, program: str, *arguments: str) -> None:
    """PostgreSQL refuses to run as root, so that root runs it as the folder's owner."""
    log = folder / "commands"
    owner = folder.stat()
    root = os.geteuid() == 0
    with log.open("a") as output:  # a file, not a pipe: the server would keep a pipe open for good
        done = subprocess.run(
            [str(binaries() / program), *arguments],
            cwd=folder,
            user=owner.st_uid if root else None,
            group=owner.st_gid if root else None,
            extra_groups=[] if root else None,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"{program} failed:\n{log.read_text()[-2000:]}")


@contextmanager
def throwaway_cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """Leaves nothing behind. Without `durable` it is quick and would not survive a power cut."""
    place = None if durable else quick_place()
    with tempfile.TemporaryDirectory(prefix="tradecounter-pg-", dir=place, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(folder, account.pw_uid, account.pw_gid)
        options = ["--username=tester", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        run_as_owner(folder, "initdb", "-D", str(folder / "data"), *options)
        cluster = Cluster(folder, free_port(), durable)
        cluster.start()
        try:
            yield cluster
        finally:
            if cluster.is_running():
                cluster.stop("immediate")
