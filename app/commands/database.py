"""Making, filling, copying and bringing back the database."""

import argparse
from datetime import UTC, datetime

from app import demo
from app.commands.problems import CommandFailed
from app.commands.running import run as run_with_database
from app.rules import starting_data
from db import copies
from db.migrate import MigrationFailed, migrate


async def _migrate() -> None:
    await migrate()
    await starting_data.fill_if_empty()


def _demo(given: argparse.Namespace) -> None:
    try:
        run_with_database(demo.fill(products=given.products, seed=given.seed, now=datetime.now(UTC)))
    except demo.NotEmpty as full:
        if not given.if_empty:
            raise CommandFailed("The database holds data. The demo goes into an empty one only.") from full


def _logins() -> None:
    print(f"Demo logins, all with the password {demo.PASSWORD}")
    for email, who in demo.LOGINS:
        print(f"  {email:28} {who}")


def run(given: argparse.Namespace) -> int:
    try:
        if given.command == "migrate":
            run_with_database(_migrate())
        elif given.command == "demo":
            _demo(given)
            if run_with_database(demo.is_demo()):
                _logins()
        elif given.command == "backup":
            run_with_database(copies.backup(given.file))
        else:
            run_with_database(copies.restore(given.file))
    except (MigrationFailed, copies.CopyFailed) as failed:
        raise CommandFailed(str(failed)) from failed
    return 0
