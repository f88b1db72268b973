"""The staging of an import: the whole file is read and checked before any of it counts (DESK-5)."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from app.files import spool, tables
from app.rules.imports.cells import Cells
from app.rules.imports.kinds import Item, Kind
from app.rules.refusals import Invalid

KEYS_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that is sound as a whole, its rows counted and compared with each other."""

    table: tables.Table
    count: int
    earlier: Sequence[int]  # for each row in turn the number of the row that had its key before, else 0


class Read(NamedTuple):
    """One batch: the rows that can be stored, those that cannot, and the cells of each by its number."""

    items: list[Item]
    refused: list[tuple[int, str]]
    cells: dict[int, list[str]]


def stage(kind: Kind, path: Path, copy: Path) -> Staged:
    """Read the file to its end into `copy`; raises spool.Broken where it is broken as a whole."""
    spool.copy(path, copy)
    table = tables.opened(copy, kind.columns, kind.needed)
    keys, numbers = array("q"), array("I")
    for row in table.rows():
        cells = dict(zip(table.heading, row.cells, strict=False))
        key = "" if row.flaw else kind.key(cells)
        keys.append(hash(key) if key else 0)
        numbers.append(row.number)
        if not row.flaw:
            kind.see(cells)
    return Staged(table, len(keys), _earlier(keys, numbers))


def _earlier(keys: Sequence[int], numbers: Sequence[int]) -> Sequence[int]:
    """Compare a part of the keys at a time: a million of them in one dict would take 100 MB."""
    found = array("I", [0]) * len(keys)
    parts = len(keys) // KEYS_AT_ONCE + 1
    for part in range(parts):
        first: dict[int, int] = {}
        for place, key in enumerate(keys):
            if key and key % parts == part:
                number = first.setdefault(key, numbers[place])
                if number != numbers[place]:
                    found[place] = number
    return found


def batches(kind: Kind, staged: Staged, size: int) -> Iterator[Read]:
    """The rows in batches, read once more from the copy."""
    rows = zip(staged.table.rows(), staged.earlier, strict=True)
    while batch := list(islice(rows, size)):
        read = Read([], [], {row.number: row.cells for row, _ in batch})
        for row, earlier in batch:
            try:
                read.items.append(Item(row.number, _values(kind, staged.table.heading, row, earlier)))
            except Invalid as wrong:
                read.refused.append((row.number, str(wrong)))
        yield read


def _values(kind: Kind, heading: tuple[str, ...], row: tables.Row, earlier: int) -> dict[str, object]:
    if row.flaw:
        raise Invalid(row.flaw)
    if earlier:
        raise Invalid(f"It says what row {earlier:,} says: one of the two is too many.")
    cells: Cells = dict(zip(heading, row.cells, strict=True))
    return kind.read(cells)
