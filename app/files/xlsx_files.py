"""A table as a workbook: written row by row to a file of its own, which goes when it has been sent."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.files.cells import Cell, safe

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 1 << 16
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
}


def _write(sheet: Worksheet, start: int, rows: Sequence[Sequence[Cell]], money: Format) -> None:
    for place, row in enumerate(rows, start):
        for column, cell in enumerate(row):
            value = safe(cell)
            if isinstance(value, datetime):
                sheet.write_datetime(place, column, value)
            elif isinstance(value, Decimal):
                sheet.write_number(place, column, value, money)
            elif isinstance(value, int):
                sheet.write_number(place, column, value)
            elif value:
                sheet.write_string(place, column, value)


async def chunks(
    heading: Sequence[str], widths: Sequence[int], batches: AsyncIterator[Sequence[Sequence[Cell]]]
) -> AsyncIterator[bytes]:
    """The finished file in pieces; moments stand as they read on their own clock, without its zone."""
    with TemporaryDirectory(prefix="portal-") as folder:
        path = Path(folder) / "table.xlsx"
        book = Workbook(str(path), {**OPTIONS, "tmpdir": folder})
        sheet, money = book.add_worksheet(), book.add_format({"num_format": "#,##0.00"})
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        _write(sheet, 0, [heading], money)
        written = 1
        async for rows in batches:
            await asyncio.to_thread(_write, sheet, written, rows, money)
            written += len(rows)
        await asyncio.to_thread(book.close)
        with path.open("rb") as file:
            while piece := await asyncio.to_thread(file.read, CHUNK):
                yield piece
