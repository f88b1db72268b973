"""A backup of the running database in one file, and the way back."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

from db import sql
from db.conf import DB
from db.sqlite import PortalSQLite


class CopyFailed(RuntimeError):
    """The copy was not made; the sentence says why and what to do."""


async def backup(target: str) -> None:
    """Copy the database while it is served; raises CopyFailed."""
    _require_new(Path(target))
    if isinstance(DB, PortalSQLite):
        await sql.run("VACUUM INTO $1", target)
    else:
        await _postgres("pg_dump", "--format=custom", f"--file={target}", f"--dbname={DB.config['dsn']}")


async def restore(source: str) -> None:
    """Bring a backup back into a database that holds nothing; raises CopyFailed."""
    _require_file(Path(source))
    if isinstance(DB, PortalSQLite):
        _restore_file(source, Path(DB.path))
        return
    if await sql.value("SELECT 1 FROM information_schema.tables WHERE table_name = 'products'"):
        raise CopyFailed("The database has tables already. Restore into an empty database.")
    await _postgres("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={DB.config['dsn']}", source)


def _require_new(target: Path) -> None:
    if target.exists():
        raise CopyFailed(f"{target} exists already. Name a new file.")


def _require_file(source: Path) -> None:
    if not source.is_file():
        raise CopyFailed(f"{source} is not a file.")


def _restore_file(source: str, target: Path) -> None:
    if target.exists():
        raise CopyFailed(f"{target} exists already. Stop the portal, move that file away, then restore.")
    try:
        with sqlite3.connect(f"file:{Path(source).resolve()}?mode=ro", uri=True) as found:
            sound = found.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            found.execute("SELECT 1 FROM products LIMIT 1")
    except sqlite3.DatabaseError as broken:
        raise CopyFailed(f"{source} is not a backup of the portal ({broken}).") from broken
    if not sound:
        raise CopyFailed(f"{source} is damaged. Take an older backup.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


async def _postgres(program: str, *arguments: str) -> None:
    try:
        process = await asyncio.create_subprocess_exec(program, *arguments, stderr=asyncio.subprocess.PIPE)
    except FileNotFoundError as missing:
        raise CopyFailed(f"{program} is not installed. It comes with PostgreSQL's client programs.") from missing
    _, told = await process.communicate()
    if process.returncode:
        lines = told.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise CopyFailed(f"{program} failed: {lines[-1]}")
