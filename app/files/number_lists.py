"""Lists of a company's own part numbers: a code of the distributor or the vendor, and the number beside it."""

from collections.abc import Sequence
from typing import NamedTuple

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


def read(table: Table) -> list[Numbered]:
    """The rows but blank ones; raises Broken for a table of one column.

    Without a heading the first column is the code, the second one the number.
    """
    filled = [Record(number, [clean(cell) for cell in cells]) for number, cells in table.records]
    filled = [record for record in filled if any(record.cells)]
    for place, record in enumerate(filled[:HEADING_WITHIN]):
        if columns := _heading(record.cells):
            return _rows(filled[place + 1 :], *columns)
    if table.columns or (filled and max(len(record.cells) for record in filled) < 2):
        raise Broken("Two columns are needed, apart by tab, comma or semicolon: a code, and your own part number.")
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
