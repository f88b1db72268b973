"""What a cell of a file holds: figures stay figures, and no text is taken for a formula by a spreadsheet."""

from datetime import datetime

Cell = str | int | datetime | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: Cell) -> Cell:
    """A text that a spreadsheet would calculate gets a quote before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
