"""A look at everything that an operator would check by hand."""

import argparse
from dataclasses import fields
from pathlib import Path

from app.commands.running import run as run_with_database
from app.rules import books, health
from app.rules.settings import Settings, settings
from db.environment import database_url, environment

SECRETS = {"secret", "metrics_token", "smtp_url"}


def _source(name: str) -> str:
    import os

    if name in os.environ:
        return "environment"
    return ".env" if Path(".env").is_file() and name in environment() else "default"


def _without_password(url: str) -> str:
    start, at, rest = url.rpartition("@")
    return f"{start.partition('://')[0]}://…@{rest}" if at else url


def _settings() -> list[str]:
    lines = [f"PORTAL_DATABASE_URL = {_without_password(database_url())} ({_source('PORTAL_DATABASE_URL')})"]
    for field in fields(Settings):
        name = f"PORTAL_{field.name.upper()}"
        value = getattr(settings, field.name)
        shown = "(set)" if field.name in SECRETS and value else value
        lines.append(f"{name} = {shown} ({_source(name)})")
    return lines


async def _database(with_books: bool) -> tuple[list[str], bool]:
    await health.check()
    figures = await health.figures()
    waiting, failed = figures["portal_mail_waiting"], figures["portal_mail_failed"]
    lines = ["The database answers.", f"Mail: {waiting} waiting, {failed} failed."]
    wrong = await books.what_does_not_add_up() if with_books else []
    if with_books and not wrong:
        lines.append("The books add up.")
    return lines + wrong, bool(wrong)


def run(given: argparse.Namespace) -> int:
    """Print what was found; 1 when the books do not add up."""
    for line in _settings():
        print(line)
    lines, wrong = run_with_database(_database(given.books))
    for line in lines:
        print(line)
    return 1 if wrong else 0
