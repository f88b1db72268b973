"""Lists of codes and quantities that come from outside: pasted, or as a CSV or XLSX file (BASKET-11)."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from app.files import code_columns, code_texts, workbooks
from app.files.code_columns import HEADING_WITHIN, Columns, Read, Record, Typed
from app.files.spool import Broken

__all__ = ["Broken", "Read", "Record", "Table", "Typed", "of_file", "of_text", "read_file", "read_text"]

MOST_ROWS = 10_000
TOO_MANY = "The list has more than {:,} rows, the most that are read at a time. Split it."
NO_LIST = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a packed file",
}


WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,1000}<(?:!doctype|html|head|body|table|\?xml)", re.IGNORECASE)


class Table(NamedTuple):
    """The cells of a list, what had to be assumed of them, and its columns where its form says them."""

    records: list[Record]
    told: Sequence[str] = ()
    columns: Columns | None = None


def read_text(text: str, most_rows: int = MOST_ROWS) -> Read:
    """What somebody pasted: a code a line, a quantity before or behind it, or a table; raises Broken."""
    return _bounded(code_columns.read(*of_text(text, most_rows)), most_rows)


def read_file(name: str, content: bytes, most_rows: int = MOST_ROWS) -> Read:
    """A file, which is what its bytes say it is, whatever its `name`; raises Broken with words for a person.

    It takes up to a few seconds: run it in a thread.
    """
    return _bounded(code_columns.read(*of_file(name, content, most_rows)), most_rows)


def of_text(text: str, most_rows: int = MOST_ROWS) -> Table:
    """The cells of what somebody pasted; raises Broken for too many rows, and for a web page."""
    if WEB_PAGE.match(text[:2_000].encode("utf-8", "replace")):
        raise Broken("This is the source of a web page. Copy the rows as the page shows them.")
    records, columns = code_texts.pasted(text.replace("\r\n", "\n").replace("\r", "\n"))
    return Table(filled(records, most_rows), columns=columns)


def of_file(name: str, content: bytes, most_rows: int = MOST_ROWS) -> Table:
    """The cells of a file; raises Broken."""
    if not content.strip(b" \t\r\n\0"):
        raise Broken("The file is empty.")
    for magic, what in NO_LIST.items():
        if content.startswith(magic):
            raise Broken(f"“{name[:60]}” is {what}. Send a CSV or XLSX file.")
    if WEB_PAGE.match(content):
        raise Broken(f"“{name[:60]}” is a web page. Send a CSV or XLSX file.")
    if workbooks.is_workbook(content):
        return Table(filled(workbooks.records(content, most_rows + HEADING_WITHIN), most_rows))
    text, told = code_texts.decoded(content)
    records, columns = code_texts.of_file(text)
    return Table(filled(records, most_rows), told, columns)


def filled(records: Iterable[Record], most_rows: int) -> list[Record]:
    """Those that hold something, a title and a heading among them; raises Broken before too many are read."""
    most = most_rows + HEADING_WITHIN
    found = list(islice((record for record in records if any(record.cells)), most + 1))
    if len(found) > most:
        raise Broken(TOO_MANY.format(most_rows))
    return found


def _bounded(read: Read, most_rows: int) -> Read:
    if len(read.rows) > most_rows:
        raise Broken(TOO_MANY.format(most_rows))
    if not read.rows:
        raise Broken("The list holds no row with a code.")
    return read
