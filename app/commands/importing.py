"""Reading a file into the database, with a bar while it goes in and a report at the end."""

import argparse
import sys

from app.commands.problems import CommandFailed
from app.commands.running import run as run_with_database
from app.rules import imports

BAR = 30


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and total:
        filled = BAR * done // total
        print(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done:,} of {total:,} rows", end="", file=sys.stderr)
        if done >= total:
            print(file=sys.stderr)


def run(given: argparse.Namespace) -> int:
    """0 when the file was read, refused rows or not; 2 when it was refused whole."""
    try:
        report = run_with_database(imports.run(given.kind, given.file, given.dry_run, _progress))
    except imports.FileRefused as refused:
        raise CommandFailed(f"{given.file} was refused, and nothing was changed: {refused}", 2) from refused
    for line in report.notes():
        print(line, file=sys.stderr)
    print(report.sum)
    return 0
