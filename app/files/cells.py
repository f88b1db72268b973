"""What a cell of a file holds: figures stay figures, and no text is taken for a formula by a spreadsheet."""

import re
from datetime import datetime
from decimal import Decimal

Cell = str | int | Decimal | datetime | None
FORMULA = re.compile("'*[=+\\-@\t\r\n]")


def safe(cell: Cell) -> Cell:
    """A text that a spreadsheet would calculate gets a quote before it; so does one that reads as if it had got one."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def plain(text: str) -> str:
    """What `safe` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
