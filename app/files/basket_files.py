"""The file of a basket: headings that stay as they are, and which the reader of lists knows again (BASKET-12)."""

from collections.abc import AsyncIterator, Sequence

from app.files import csv_files, xlsx_files
from app.files.cells import Cell

GOODS = {
    "SKU": 12,
    "VPN": 24,
    "UPC": 16,
    "Own part number": 20,
    "Vendor": 20,
    "Description": 50,
    "Quantity": 10,
    "Note": 30,
}
MONEY = {"Unit price": 12, "Total": 12, "Currency": 10}  # for who sees prices
STOCK = {"Ships now": 10, "Backordered": 12, "Expected": 12}  # for who sees stock
KINDS = {"csv": csv_files.KIND, "xlsx": xlsx_files.KIND}


def chunks(kind: str, rows: Sequence[Sequence[Cell]], *, money: bool, stock: bool) -> AsyncIterator[bytes]:
    """The file in pieces, as `kind` says; `rows` hold the cells of the columns that there are then."""
    columns = {**GOODS, **(MONEY if money else {}), **(STOCK if stock else {})}
    if kind == "xlsx":
        return xlsx_files.chunks(list(columns), list(columns.values()), _at_once(rows))
    return csv_files.chunks(list(columns), _at_once(rows))


async def _at_once(rows: Sequence[Sequence[Cell]]) -> AsyncIterator[Sequence[Sequence[Cell]]]:
    yield rows
