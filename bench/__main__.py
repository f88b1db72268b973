"""`make bench`: measures the portal beside the floor on both databases and prints how far the goals are met."""

import fcntl
import os
import platform
import shutil
import sys
from datetime import UTC, datetime

from bench import crowds, databases, log_ins, profile, stage, tables, weights
from bench.asked import Asked, AskedWrong, asked
from bench.measuring import Row
from bench.pages import PAGES, Page
from bench.stage import Stage
from bench.visitors import WrongAnswer

NAMES = {"sqlite": "SQLite, one process", "postgres": "PostgreSQL, two processes"}
LOG_INS, CROWD = "log-ins", "crowd"
CROWD_SECONDS = 12  # for each second of another page: a minute
GROWING = ("search", "suggestions", "product")


class Report:
    """What is said goes to the terminal at once and to var/bench/last.txt."""

    def __init__(self) -> None:
        self.file = (databases.FOLDER / "last.txt").open("w", encoding="utf-8")

    def say(self, *lines: str) -> None:
        for line in lines:
            databases.say(line)
            print(line, file=self.file, flush=True)


def chosen(given: Asked) -> list[Page]:
    """Raises AskedWrong for a page that there is not."""
    known = [*(page.name for page in PAGES), LOG_INS, CROWD]
    if unknown := {*given.pages, *filter(None, [given.profile])} - set(known):
        raise AskedWrong(f"The bench knows the pages {', '.join(known)}, not {', '.join(unknown)}.")
    return [page for page in PAGES if page.name in (given.pages or known)]


def rows_of(stood: Stage, pages: list[Page], seconds: float, report: Report) -> list[Row]:
    """The rows of those pages that could be measured."""
    rows = []
    for page in pages:
        databases.say(f"  {page.label}")
        try:
            rows.append(stood.measure(page, seconds))
        except (WrongAnswer, KeyError) as wrong:
            report.say(f"  not measured: {wrong}")
    return rows


def run(engine: str, given: Asked, pages: list[Page], report: Report) -> None:
    """One database; a grown catalogue is set beside the same pages of the one that it was grown from."""
    small: list[Row] = []
    if given.products:
        with stage.ready(engine, given, 0) as stood:
            counted = stood.products
            small = rows_of(stood, [page for page in pages if page.name in GROWING], given.seconds, report)
    with stage.ready(engine, given, given.products) as stood:
        rows = rows_of(stood, pages, given.seconds, report)
        report.say("", *tables.table(f"{NAMES[engine]}, {stood.products:,} products", rows), "")
        report.say(*tables.goals(rows, weights.first_visit(stood.portals[0].port, "/products")))
        if small:
            report.say(*tables.growth(small, rows, (counted, stood.products)))


def run_log_ins(engine: str, given: Asked, report: Report) -> None:
    databases.say("  log-ins")
    with stage.for_log_ins(engine, given) as (server, crowd, generator):
        measured = list(log_ins.lines(server, crowd, generator, given.seconds, given.wrong_log_ins))
        report.say("", f"{NAMES[engine].partition(',')[0]}, one process", *log_ins.table(measured))


def run_crowd(engine: str, given: Asked, report: Report) -> None:
    databases.say("  twenty people in one basket")
    with stage.ready(engine, given, 0) as stood:
        report.say("", f"{NAMES[engine]}:")
        crowds.show(stood.crowd, given.seconds * CROWD_SECONDS, report.say)


def has_postgres() -> bool:
    return bool(shutil.which("initdb") or list(databases.DEBIANS.glob("*/bin/initdb")))


def bench(given: Asked) -> None:
    pages, report = chosen(given), Report()
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    report.say(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine}, {given.seconds:g} s a page, 16 connections")
    for engine in given.engines:
        if engine == "postgres" and not has_postgres():
            report.say("PostgreSQL is not installed here (initdb was not found): left out.")
        elif given.profile:
            profile.show(engine, given, next(page for page in PAGES if page.name == given.profile), report.say)
        else:
            if pages:
                run(engine, given, pages, report)
            if not given.pages or LOG_INS in given.pages:
                run_log_ins(engine, given, report)
            if not given.pages or CROWD in given.pages:
                run_crowd(engine, given, report)


def main() -> int:
    databases.FOLDER.mkdir(parents=True, exist_ok=True)
    with (databases.FOLDER / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            bench(asked())
        except BlockingIOError:
            print("bench: another one is running; two at once would measure each other.", file=sys.stderr)
            return 1
        except (AskedWrong, RuntimeError) as wrong:
            print(f"bench: {wrong}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
