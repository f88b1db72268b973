"""A table as CSV, row by row: UTF-8 with a byte order mark, by which spreadsheets know it."""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from app.files.cells import Cell, safe

KIND = "text/csv"


def _written(rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_plain(safe(cell)) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def _plain(cell: Cell) -> str | int | Decimal | None:
    return cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else cell


async def chunks(heading: Sequence[str], batches: AsyncIterator[Sequence[Sequence[Cell]]]) -> AsyncIterator[bytes]:
    """The file in pieces, each of which can be sent before the next batch is read."""
    yield BOM_UTF8 + _written([heading])
    async for rows in batches:
        yield _written(rows)
