"""Which column of a list holds the code, the quantity and the note: by its heading, or by what stands in it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.files.cells import plain

CODE_LENGTH, QUANTITY_LENGTH, NOTE_LENGTH = 100, 40, 200
HEADING_WITHIN = 10  # rows that are not blank: a title may stand above the heading
MOST_COLUMNS = 50

# What columns are called, letters and digits alone. Of several that name the product the first that is filled counts.
NAMES = {
    "sku": "sku oursku productsku distributorsku itemsku",
    "code": "code productcode item itemcode itemnumber itemno product article articlenumber articleno part parts "
    "artikel artikelnummer artikelnr artnr bestellnummer",
    "own": "ownpartnumber ownpartno ownnumber owncode yourpartnumber yourpartno customerpartnumber customerpartno "
    "mypartnumber internalpartnumber",
    "vpn": "vpn vendorpartnumber vendorpartno mpn manufacturerpartnumber manufacturerpartno mfrpartnumber "
    "mfgpartnumber partnumber partno partnumbers pn model modelnumber",
    "upc": "upc ean gtin barcode upcean eanupc ean13 upccode eancode",
    "quantity": "quantity qty quantities orderquantity orderqty units pcs pieces menge anzahl stk stück stückzahl",
    "note": "note notes comment comments remark remarks linenote bemerkung notiz",
}
KIND = {name: kind for kind, names in NAMES.items() for name in names.split()}
CODES = ("sku", "code", "own", "vpn", "upc")
QUANTITY_LIKE = re.compile(r"[-+]?\d{1,6}(?:[.,]\d{1,3})?|\d[eE]\d{1,2}|[¼½¾]")
BAD = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
INVISIBLE = " \t\r\n\xa0\ufeff\u200b\u200e\u200f\u2060"
AS_TEXT = re.compile(r'="([^"]*)"')  # how some programs keep a spreadsheet from calculating with a code


class Typed(NamedTuple):
    """One row as somebody typed it; `flaw` says why it cannot be used, whatever the catalogue holds."""

    number: int  # as the list or the spreadsheet counts
    code: str
    quantity: str
    note: str = ""
    flaw: str = ""


class Read(NamedTuple):
    """The rows of a list but blank ones, and what its reader had to assume, in sentences."""

    rows: list[Typed]
    told: list[str]


class Record(NamedTuple):
    """A row's number and its cells."""

    number: int
    cells: list[str]


class Columns(NamedTuple):
    """The places of the columns."""

    codes: tuple[int, ...]
    quantity: int | None
    note: int | None


def heading(cells: Sequence[str]) -> Columns | None:
    """The columns that a heading names; None where the cells are no heading."""
    kinds = [KIND.get("".join(char for char in cell.casefold() if char.isalnum()), "") for cell in cells]
    codes = tuple(place for kind in CODES for place, other in enumerate(kinds) if other == kind)
    if not codes or sum(map(bool, kinds)) < min(2, sum(map(bool, cells))):
        return None
    return Columns(codes, _first(kinds, "quantity"), _first(kinds, "note"))


def _first(kinds: Sequence[str], wanted: str) -> int | None:
    return next((place for place, kind in enumerate(kinds) if kind == wanted), None)


def read(records: Sequence[Record], told: Sequence[str] = (), columns: Columns | None = None) -> Read:
    """The typed rows of a table whose columns are known, named by a heading, or guessed."""
    filled = [Record(number, list(map(clean, cells))) for number, cells in records if any(cells)]
    filled = [record for record in filled if any(record.cells)]
    if columns:
        return _typed(filled, columns, list(told))
    for place, record in enumerate(filled[:HEADING_WITHIN]):
        if named := heading(record.cells):
            return _typed(filled[place + 1 :], named, list(told))
    columns = guessed(filled)
    return _typed(filled, columns, [*told, *_assumed(columns), *_unknown_heading(filled)] if filled else list(told))


def _typed(records: Sequence[Record], columns: Columns, told: list[str]) -> Read:
    rows, cut = [], 0
    for number, cells in records:
        note = _cell(cells, columns.note)
        code = next((cells[place] for place in columns.codes if place < len(cells) and cells[place]), "")
        code = AS_TEXT.sub(r"\1", code)
        quantity = "1" if columns.quantity is None else _cell(cells, columns.quantity)
        if not code and not quantity and not note:
            continue
        if columns.quantity is None and not code:
            continue
        cut += len(note) > NOTE_LENGTH
        rows.append(typed(number, code, quantity, note))
    if rows and columns.quantity is None and len(columns.codes) + (columns.note is not None) > 1:
        told = [*told, "There is no column of quantities: each row counts as 1."]
    if cut:
        told = [*told, f"{cut:,} {'note was' if cut == 1 else 'notes were'} cut after {NOTE_LENGTH} characters."]
    return Read(rows, told)


def typed(number: int, code: str, quantity: str, note: str = "") -> Typed:
    """A row, with what is too long cut off."""
    flaw = f"This is longer than any code: {len(code):,} characters." if len(code) > CODE_LENGTH else ""
    return Typed(number, code[:CODE_LENGTH], quantity[:QUANTITY_LENGTH], note[:NOTE_LENGTH].rstrip(), flaw)


def clean(cell: str) -> str:
    """The text of a cell, without what our own export puts before a formula, and of characters that can be kept."""
    return plain(BAD.sub("\ufffd", cell).strip(INVISIBLE)).replace("\r\n", "\n")


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def guessed(records: Sequence[Record]) -> Columns:
    """The columns of a table without a heading: a quantity is short and a number, before the code or behind it."""
    width = min(max((len(record.cells) for record in records), default=0), MOST_COLUMNS)
    by_place = [[_cell(record.cells, place) for record in records] for place in range(width)]
    used = [place for place, cells in enumerate(by_place) if any(cells)]
    if len(used) < 2:
        return Columns(tuple(used) or (0,), None, None)
    counts = [place for place in used if _are_quantities(by_place[place])]
    if len(counts) == len(used):  # codes of digits alone: the longer ones are codes
        counts = [min(used, key=lambda place: (sum(map(len, by_place[place])), -place))]
    code = next(place for place in used if place not in counts)
    quantity = counts[0] if counts else next(place for place in used if place != code)
    rest = [place for place in used if place not in (code, quantity)]
    return Columns((code,), quantity, rest[0] if len(rest) == 1 else None)


def _are_quantities(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    like = sum(QUANTITY_LIKE.fullmatch(cell) is not None for cell in filled)
    return len(filled) * 2 >= len(cells) and like * 5 >= len(filled) * 3


def _assumed(columns: Columns) -> Iterator[str]:
    """What is not the usual order: code, then quantity."""
    if columns in (Columns((0,), None, None), Columns((0,), 1, None)):
        return
    quantity = "" if columns.quantity is None else f", column {letter(columns.quantity)} as the quantity"
    note = "" if columns.note is None else f", column {letter(columns.note)} as the note"
    yield f"No heading was found: column {letter(columns.codes[0])} was read as the code{quantity}{note}."


def _unknown_heading(records: Sequence[Record]) -> Iterator[str]:
    """That the first row has no digit while most others have."""
    first, *rest = [any(char.isdigit() for cell in record.cells for char in cell) for record in records]
    if not first and sum(map(bool, records[0].cells)) > 1 and sum(rest) * 2 > len(rest):
        yield f"Row {records[0].number:,} looks like a heading, of which no word is known. Drop it if it is one."


def letter(place: int) -> str:
    """What a spreadsheet calls a column."""
    above, rest = divmod(place, 26)
    return (letter(above - 1) if above else "") + chr(65 + rest)
