"""Lists of a company's own part numbers: a code of the distributor or the vendor, and the number beside it."""

import csv
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.files import code_lists, code_texts
from app.files.code_columns import HEADING_WITHIN, KIND, clean
from app.files.code_lists import Record, Table
from app.files.spool import Broken

CODES = ("sku", "vpn", "upc", "code")
OWN = "own"


class Numbered(NamedTuple):
    """A row as it was typed."""

    row: int  # as the list or the spreadsheet counts
    code: str
    number: str


class Read(NamedTuple):
    """The rows of a list, and what its reader had to assume, in sentences."""

    rows: list[Numbered]
    told: Sequence[str] = ()


def read_text(text: str, most_rows: int) -> Read:
    """What somebody pasted; raises Broken."""
    return Read(_read(Table(code_lists.filled(_lines(text), most_rows))))


def read_file(name: str, content: bytes, most_rows: int) -> Read:
    """A file, which takes a while: run it in a thread. Raises Broken."""
    table = code_lists.of_file(name, content, most_rows)
    if table.columns:  # no separator: the words of a line are the cells
        text, _ = code_texts.decoded(content)
        table = Table(code_lists.filled(_lines(text), most_rows), table.told)
    return Read(_read(table), table.told)


def _lines(text: str) -> Iterator[Record]:
    """Lines of cells, each by itself: where the separator of the others is missing, the first word is the code."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    mark = code_texts.separator(text)
    for number, line in enumerate(text.split("\n"), 1):
        yield Record(number, _cells(line, mark) if mark and mark in line else line.split(None, 1))


def _cells(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark))
    except csv.Error:
        return line.split(mark)


def _read(table: Table) -> list[Numbered]:
    """The rows but blank ones; raises Broken for a table of one column.

    Without a heading the first column is the code, the second one the number.
    """
    filled = [Record(number, [clean(cell) for cell in cells]) for number, cells in table.records]
    filled = [record for record in filled if any(record.cells)]
    for place, record in enumerate(filled[:HEADING_WITHIN]):
        if columns := _heading(record.cells):
            return _rows(filled[place + 1 :], *columns)
    if filled and max(len(record.cells) for record in filled) < 2:
        raise Broken(
            "Two columns are needed, apart by tab, comma, semicolon or blank: a code, and your own part number."
        )
    if not filled:
        raise Broken("The list holds no row.")
    return _rows(filled, [0], 1)


def _heading(cells: Sequence[str]) -> tuple[list[int], int] | None:
    kinds = [KIND.get("".join(char for char in cell.casefold() if char.isalnum()), "") for cell in cells]
    codes = [kinds.index(kind) for kind in CODES if kind in kinds]
    return (codes, kinds.index(OWN)) if codes and OWN in kinds else None


def _rows(records: Sequence[Record], codes: Sequence[int], own: int) -> list[Numbered]:
    found = []
    for number, cells in records:
        code = next((cells[place] for place in codes if place < len(cells) and cells[place]), "")
        found.append(Numbered(number, code, cells[own] if own < len(cells) else ""))
    return [row for row in found if row.code or row.number]
