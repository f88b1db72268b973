"""The rows of an XLSX workbook from outside: no formula of it is calculated, and no macro run."""

import io
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from app.files.code_columns import MOST_COLUMNS, Record
from app.files.spool import Broken

ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_PARTS = 2_000
MOST_UNPACKED = 48 << 20  # bytes of all parts together
MOST_TAGS = 1_500_000  # in one part: the library keeps more of a row, and of what is nested, than its text is long
MOST_KEPT = 200_000  # elements that the library keeps at one time, half a kilobyte each
MOST_HEIGHT = 1_048_576  # rows that a spreadsheet has
MOST_LOOKED_AT = 2 * MOST_HEIGHT  # of all sheets together, blank ones too
SHEETS = 50  # that are looked at for rows
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
LONGEST_CELL = 4_000
ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")  # how a text that looks like an escape is kept
LARGEST_WRITTEN_OUT = 1e15  # beyond it a spreadsheet keeps no digit exactly
BROKEN = "The workbook is damaged or cut off. Open it in a spreadsheet, and save it as CSV UTF-8 or XLSX again."
TOO_LARGE = "The workbook is too large once it is unpacked. Save the columns of the list alone, as CSV UTF-8 or XLSX."
UNCLOSED = 100  # tags that need no end: of the declaration, of comments
DAMAGE = (
    AttributeError,
    EOFError,
    ExpatError,
    IndexError,
    InvalidFileException,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    ParseError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are those of a workbook, new or old."""
    return content.startswith((ZIP, OLD))


def records(content: bytes, most_rows: int) -> list[Record]:
    """The rows of the first sheet that holds some, up to one more than `most_rows`; raises Broken."""
    if content.startswith(OLD):
        is_locked = ENCRYPTED in content
        raise Broken(
            "The workbook is protected by a password. Save it without one."
            if is_locked
            else "The file is an old workbook (.xls). Save it as XLSX or CSV UTF-8."
        )
    try:
        _measure(content)
        return _first_filled(content, most_rows)
    except DAMAGE as wrong:
        raise Broken(BROKEN) from wrong


def _measure(content: bytes) -> None:
    """Raises Broken for what would unpack to more than a list needs, and for what defines entities."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        names = {part.filename for part in parts}
        if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
            raise Broken("The file is an archive, and no workbook. Send a CSV or XLSX file.")
        if len(parts) > MOST_PARTS or len(names) < len(parts) or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Broken(TOO_LARGE)
        if any(part.flag_bits & 1 for part in parts):
            raise Broken("The workbook is protected by a password. Save it without one.")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _measure_part(packed.read(part))


def _measure_part(text: bytes) -> None:
    if any(mark in text for mark in DOCTYPES):
        raise Broken("The workbook holds definitions of its own (DOCTYPE), which no spreadsheet writes.")
    tags, ends = text.count(b"<"), text.count(b"</")
    if tags > MOST_TAGS or (tags > MOST_KEPT and _most_kept(text) > MOST_KEPT):
        raise Broken(TOO_LARGE)
    if tags > 2 * (ends + text.count(b"/>")) + UNCLOSED:
        raise Broken(BROKEN)


def _most_kept(text: bytes) -> int:
    """The most elements that are kept at one time: those of a row, or of a shared text, are forgotten at its end."""
    parser, ends = ParserCreate(), "row"
    begun: list[int] = []
    kept = most = 0

    def start(name: str, _: object) -> None:
        nonlocal kept, most, ends
        if not begun and name.rpartition(":")[2] == "sst":
            ends = "si"
        kept += 1
        most = max(most, kept)
        begun.append(kept)

    def end(name: str) -> None:
        nonlocal kept
        before = begun.pop() - 1
        if name.rpartition(":")[2] == ends:
            kept = before

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(text, True)
    return most


def _first_filled(content: bytes, most_rows: int) -> list[Record]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    height = count(1)
    try:
        for sheet in book.worksheets[:SHEETS]:
            sheet.reset_dimensions()  # what a sheet says of its own size proves nothing
            found = list(_filled(sheet, most_rows, height))
            if found:
                return found
    finally:
        book.close()
    return []


def _filled(sheet: Any, most_rows: int, height: Iterator[int]) -> Iterator[Record]:
    """The rows that hold something; `height` counts all, of blank sheets before too."""
    found = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
        if number > MOST_HEIGHT or next(height) > MOST_LOOKED_AT:
            raise Broken("The sheet has more rows than a spreadsheet can have.")
        if all(cell is None or cell == "" for cell in cells):
            continue
        yield Record(number, [_text(cell) for cell in cells])
        found += 1
        if found > most_rows:
            return


def _text(cell: Any) -> str:
    """What a cell shows, as nearly as its value says it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != cell.min.time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return ESCAPED.sub("_", str(cell)[:LONGEST_CELL])


def _number(value: float) -> str:
    if math.isfinite(value) and value.is_integer() and abs(value) < LARGEST_WRITTEN_OUT:
        return str(int(value))
    return repr(value).upper()
