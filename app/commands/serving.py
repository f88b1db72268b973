"""Answering requests, and the mail work beside it."""

import argparse
import asyncio
import fcntl
import logging
import os
import signal
from typing import IO, Any

import uvicorn

from app.commands.problems import CommandFailed
from app.commands.running import run as run_with_database
from db.environment import database_file, environment

GRACE_SECONDS = 20


def _lock_file() -> IO[str] | None:
    """A database in a file is served by one process: hold its lock as long as this one lives."""
    path = database_file()
    if path is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(f"{path.name}.serving").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        raise CommandFailed(
            f"Another portal already serves {path}. Stop it first; several servers need PostgreSQL."
        ) from taken
    return lock


def _settings_for(given: argparse.Namespace) -> None:
    """What the workers must find in their environment."""
    if not environment().get("PORTAL_BASE_URL"):
        os.environ["PORTAL_BASE_URL"] = f"http://localhost:{given.port}"
    if given.no_post:
        os.environ["PORTAL_POST"] = "no"


async def _ready() -> None:
    """Raise before the server starts when the database is not there or is older than this version."""
    from db import sql

    await sql.value("SELECT 1 FROM products LIMIT 1")


def serve(given: argparse.Namespace) -> int:
    """Serve until SIGTERM; raises CommandFailed when it cannot begin."""
    if given.workers > 1 and database_file():
        raise CommandFailed("More than one worker needs PostgreSQL: set PORTAL_DATABASE_URL, or leave --workers out.")
    lock = _lock_file()
    _settings_for(given)
    run_with_database(_ready())
    from app.rules.settings import settings

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    print(f"The portal answers at {os.environ.get('PORTAL_BASE_URL') or settings.base_url}", flush=True)
    options: dict[str, Any] = {
        "host": given.host,
        "port": given.port,
        "workers": given.workers if given.workers > 1 else None,
        "access_log": False,
        "server_header": False,
        "date_header": True,
        "log_level": "warning",
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": settings.trusted_proxies or None,
        "timeout_graceful_shutdown": GRACE_SECONDS,
        "timeout_keep_alive": 65,
        "limit_concurrency": 1_000,
        "backlog": 2_048,
    }
    uvicorn.run("app.main:app", **options)
    if lock:
        lock.close()
    return 0


async def _post() -> None:
    from app import post
    from db.leadership import lead

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    await lead("post", post.work, stop)


def post() -> int:
    """Send mail until SIGTERM."""
    run_with_database(_post())
    return 0
