"""Imports: tables that come as files, staged as a whole, then stored row by row in batches (DESK-5)."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.files.refused_rows import RefusedRows
from app.files.spool import Broken
from app.rules.imports.categories import Categories
from app.rules.imports.certifications import Certifications
from app.rules.imports.companies import Companies
from app.rules.imports.kinds import Item, Kind, Outcome
from app.rules.imports.prices import Prices
from app.rules.imports.products import Products
from app.rules.imports.report import Report
from app.rules.imports.staging import Read, Staged, batches, stage
from app.rules.imports.stock import Stocks
from app.rules.settings import settings
from db import bulk, sql
from db.atomic import atomic

__all__ = ["KINDS", "FileRefused", "Report", "run"]

Progress = Callable[[int, int], None]
STAGING = "staging-"
DAY_SECONDS = 86_400

KINDS: dict[str, type[Kind]] = {
    "categories": Categories,
    "products": Products,
    "prices": Prices,
    "stock": Stocks,
    "certifications": Certifications,
    "companies": Companies,
}


class FileRefused(Exception):
    """The file is broken as a whole: nothing was changed."""


async def run(
    kind: str,
    path: str | Path,
    dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Import a file; raises FileRefused, with the reason, before anything is changed.

    Each batch is stored whole or not at all. A run that was ended in the middle is taken up by running it again:
    rows that are stored already are unchanged.
    """
    folder = Path(settings.data_dir) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    await asyncio.to_thread(_clear, folder)
    source = Path(path)
    with tempfile.TemporaryDirectory(dir=folder, prefix=STAGING) as staging:
        importing = KINDS[kind]()
        try:
            staged = await asyncio.to_thread(stage, importing, source, Path(staging) / "rows")
        except Broken as broken:
            raise FileRefused(broken.reason) from broken
        report = Report(rows=staged.count, dry_run=dry_run)
        refused = RefusedRows(
            folder / f"{source.name}.{kind}.refused.csv", staged.table.separator, staged.table.heading
        )
        for name in sorted(set(staged.table.heading) - set(importing.columns)):
            report.remark(0, f"The column “{name}” is none of an import of {kind}: it was left out.")
        with refused:
            await _store_all(importing, staged, report, refused, progress)
        if report.refused:
            report.refused_file = refused.path
        if not dry_run:
            for text in await importing.finish():
                report.remark(0, text)
    return report


def _clear(folder: Path) -> None:
    """Remove the copies of runs that were killed; a run of today may still be at work."""
    for left in folder.glob(f"{STAGING}*"):
        if left.stat().st_mtime < time.time() - DAY_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


async def _store_all(kind: Kind, staged: Staged, report: Report, refused: RefusedRows, progress: Progress) -> None:
    turns, read, done = bulk.Turns(), batches(kind, staged, settings.import_batch), 0
    progress(0, staged.count)
    while batch := await asyncio.to_thread(next, read, None):
        outcome = await _store(kind, batch.items, report.dry_run)
        report.add(outcome)
        _refuse(batch, outcome, report, refused)
        done += len(batch.cells)
        progress(done, staged.count)
        await turns.give()


def _refuse(batch: Read, outcome: Outcome, report: Report, refused: RefusedRows) -> None:
    for number, reason in sorted(batch.refused + outcome.refused):
        report.refuse(number, reason)
        refused.add(number, reason, batch.cells[number])


async def _store(kind: Kind, items: list[Item], dry_run: bool) -> Outcome:
    """Store a batch; where the database refuses it, halve it until the row that it refuses stands alone."""
    if not items:
        return Outcome()
    try:
        return await (_look(kind, items) if dry_run else _write(kind, items))
    except bulk.UNFIT as wrong:
        if len(items) == 1:
            return Outcome(refused=[(items[0].number, f"The database refuses the row: {wrong}")])
    half = len(items) // 2
    return await _store(kind, items[:half], dry_run) + await _store(kind, items[half:], dry_run)


@atomic
async def _write(kind: Kind, items: list[Item]) -> Outcome:
    return await kind.store(items, dry_run=False)


async def _look(kind: Kind, items: list[Item]) -> Outcome:
    async with sql.snapshot():
        return await kind.store(items, dry_run=True)
