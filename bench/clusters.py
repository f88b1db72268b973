"""The PostgreSQL of the bench: a cluster that is kept between runs and writes as durably as in real life."""

import os
import pwd
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import Cluster, free_port, run_as_owner

# What a machine of some gigabytes would be given; the rest is PostgreSQL's own default.
SETTINGS = (
    "-c listen_addresses=127.0.0.1 -c timezone=UTC -c shared_buffers=512MB -c max_wal_size=8GB -c random_page_cost=1.1"
)
INITDB = ("--username=tester", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")


class KeptCluster(Cluster):
    """Not durable while it is filled, durable while it is measured."""

    def start(self) -> None:
        quick = "" if self.durable else "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        settings = f"-p {self.port} -k {self.folder} {SETTINGS} {quick}"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(log), "-w", "-t", "120", "-o", settings, "start")


def _within_reach(folder: Path) -> bool:
    """PostgreSQL's account must pass through every folder above its own."""
    return os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in folder.resolve().parents)


def room(folder: Path) -> Path:
    """Where a cluster can lie: the folder itself, or one of this machine's where the folder is out of reach."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder if _within_reach(folder) else Path("/var/tmp") / f"tradecounter-{folder.name}"  # noqa: S108


def make(folder: Path) -> None:
    """An empty cluster; what was there goes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    run_as_owner(folder, "initdb", "-D", str(folder / "data"), *INITDB)


def _is_left_over(folder: Path) -> bool:
    """Whether a bench that was killed has left its server running."""
    file = folder / "data" / "postmaster.pid"
    if not file.exists():
        return False
    command = Path("/proc") / file.read_text().split()[0] / "cmdline"
    return command.exists() and str(folder) in command.read_text()


@contextmanager
def running(folder: Path, *, durable: bool) -> Iterator[Cluster]:
    cluster = KeptCluster(folder, free_port(), durable)
    if _is_left_over(folder):
        cluster.stop("immediate")
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
