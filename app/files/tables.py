"""A table in a text file: comma, semicolon or tab between its columns, a heading, then rows."""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from app.files.spool import Broken, ends_with_newline, lines

SEPARATORS = ",;\t"


class Row(NamedTuple):
    """A row by its number as a spreadsheet counts (the heading is 1); `flaw` says why it does not fit."""

    number: int
    cells: list[str]
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A spooled file whose heading is understood; reading its rows may still raise Broken."""

    spool: Path
    separator: str
    heading: tuple[str, ...]

    def rows(self) -> Iterator[Row]:
        """Every row but blank ones; raises Broken where the quotes are broken or the file was cut off."""
        width, last = len(self.heading), None
        for number, cells in _records(self.spool, self.separator):
            if number == 1 or not any(cells):
                continue
            last = _fitted(number, cells, width)
            yield last
        if last and len(last.cells) < width and not ends_with_newline(self.spool):
            raise Broken(f"The last row, {last.number:,}, ends after {len(last.cells)} of {width} columns: {CUT_OFF}.")


CUT_OFF = "the file seems to be cut off"


def _fitted(number: int, cells: list[str], width: int) -> Row:
    if len(cells) > width and not any(cells[width:]):
        cells = cells[:width]
    if len(cells) != width:
        return Row(number, cells, f"The row has {len(cells)} columns, the heading {width}.")
    return Row(number, cells)


def _records(spool: Path, separator: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines(spool), delimiter=separator, strict=True), 1):
            yield number, cells
    except csv.Error as wrong:
        if "unexpected end" in str(wrong):
            reason = f"Row {number + 1:,} opens a quote that nothing closes: it is a stray one, or {CUT_OFF}."
        else:
            reason = f"Row {number + 1:,} has broken quotes ({wrong}): the file is not a proper table."
        raise Broken(reason) from wrong


def opened(spool: Path, known: Collection[str], needed: Collection[str]) -> Table:
    """Find the separator that gives the heading most `known` columns; raises Broken without all `needed`."""
    first = next(lines(spool), "")
    separator = max(SEPARATORS, key=lambda mark: len(set(_heading(first, mark)) & set(known)))
    heading = _heading(first, separator)
    if not set(heading) & set(known):
        raise Broken(f"The first line is not a heading: it has none of the columns {', '.join(known)}.")
    missing = [name for name in needed if name not in heading]
    if missing:
        raise Broken(f"The heading lacks {', '.join(missing)}.")
    twice = sorted({name for name in heading if name and heading.count(name) > 1})
    if twice:
        raise Broken(f"The heading has {', '.join(twice)} more than once.")
    return Table(spool, separator, heading)


def _heading(line: str, separator: str) -> tuple[str, ...]:
    cells = next(csv.reader([line], delimiter=separator), [])
    return tuple("_".join(cell.casefold().split()) for cell in cells)
