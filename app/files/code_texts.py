"""Lists of codes as text: the bytes of a CSV file, and what somebody pasted."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from app.files.code_columns import QUANTITY_LIKE, Columns, Record, clean, heading
from app.files.spool import Broken

SEPARATORS = "\t;,|"
LOOKED_AT = 50  # lines by which the separator is found
MARKED = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
OLD = "The file is not UTF-8; it was read as Windows-1252. Look at codes and notes with letters beyond A to Z."
NO_TABLE = "The file is not a table of text: it holds NUL characters. Save it as CSV UTF-8 or XLSX."
SEPARATOR_LINE = re.compile(r'\A"?sep=(.)"?\r?\n', re.IGNORECASE)  # what some spreadsheets write and read first
LOOSE = Columns(codes=(0,), quantity=1, note=None)
TIMES = "[x×*]"
BEFORE = re.compile(rf"(\d{{1,6}})\s*{TIMES}\s+(.+)|(\d{{1,6}})\s+(.*[^\W\d_].*|\d{{8,14}})")
UNITS = r"(?:pcs?|pieces?|each|ea|units?|stk|stück)"
UNIT_BEHIND = re.compile(rf"(?<= )(?:\(([0-9]{{1,6}})\)|([0-9]{{1,6}}) ?{UNITS}\.?)$", re.IGNORECASE)
UNIT_BEFORE = re.compile(rf"(?:\(([0-9]{{1,6}})\)|([0-9]{{1,6}}) ?{UNITS}\.?) ", re.IGNORECASE)
BEHIND = re.compile(rf"(.+?)(?:\s+{TIMES}\s*|\s+)({QUANTITY_LIKE.pattern})")


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The text, and what had to be assumed of it; raises Broken."""
    for mark, encoding in MARKED.items():
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding), []
    if b"\0" in content:
        raise Broken(NO_TABLE)
    try:
        return content.decode(), []
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), [OLD]


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].decode(encoding, "replace").count("\n") + 1
        raise Broken(f"The file is cut off or damaged: line {line:,} is not {encoding[:6].upper()}.") from wrong
    if "\0" in text:
        raise Broken(NO_TABLE)
    return text


def of_file(text: str) -> tuple[Iterable[Record], Columns | None]:
    """The rows of a CSV file, and their columns where these are known; reading them raises Broken at broken quotes."""
    if told := SEPARATOR_LINE.match(text):
        return _records(text[told.end() :], told[1]), None
    mark = separator(text)
    return (_records(text, mark), None) if mark else (loose(text), LOOSE)


def pasted(text: str) -> tuple[Iterable[Record], Columns | None]:
    """The rows of a pasted list, which nothing makes unreadable, and their columns where these are known."""
    mark = separator(text)
    if not mark:
        return loose(text), LOOSE
    try:
        return [_split_again(record) for record in _records(text, mark)], None
    except Broken:
        lines = enumerate(text.split("\n"), 1)
        return [_split_again(Record(number, line.split(mark))) for number, line in lines], None


def separator(text: str) -> str:
    """What stands between the columns of most lines, or of a heading; nothing where there is none such."""
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:LOOKED_AT]
    for line in lines[:10]:
        for mark in SEPARATORS:
            if mark in line and heading([clean(cell.strip('" ')) for cell in line.split(mark)]):
                return mark
    return next((mark for mark in SEPARATORS if sum(mark in line for line in lines) * 2 > len(lines)), "")


def _records(text: str, mark: str) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    number, line = 0, 1
    try:
        for number, cells in enumerate(reader, 1):
            yield Record(number, cells)
            line = reader.line_num + 1
    except csv.Error as wrong:
        if "unexpected end" in str(wrong):
            what = "opens a quote that nothing closes: it is a stray one, or the file was cut off"
        elif "field limit" in str(wrong):
            what = "holds a cell longer than any cell can be: a quote there may not be closed"
        else:
            what = "has broken quotes"
        raise Broken(f"Row {number + 1:,}, which begins in line {line:,}, {what}.") from wrong


def _split_again(record: Record) -> Record:
    """A line without the separator of the others is taken for itself."""
    only = [cell for cell in record.cells if cell.strip()]
    return Record(record.number, _split(only[0])) if len(record.cells) == 1 and only else record


def loose(text: str) -> Iterator[Record]:
    """Lines of a code and perhaps a quantity before or behind it, in this order in any case."""
    lines = enumerate(io.StringIO(text, newline="\n"), 1)
    filled = ((number, line.strip()) for number, line in lines if line.strip())
    for place, (number, line) in enumerate(filled):
        if place or not (heading([line]) or heading(line.split())):
            yield Record(number, _split(line))


def _split(line: str) -> list[str]:
    for mark in SEPARATORS:
        cells = [cell.strip().strip('"') for cell in line.split(mark)] if mark in line else []
        if len(cells) == 2 and all(cells) and any(map(QUANTITY_LIKE.fullmatch, cells)):
            return _ordered(cells)
    line = " ".join(line.split())  # in long runs of blanks the patterns would try each with each
    if found := UNIT_BEHIND.search(line):
        return [line[: found.start()].rstrip(" ,;"), found[1] or found[2]]
    if found := UNIT_BEFORE.match(line):
        return [line[found.end() :], found[1] or found[2]]
    if found := BEFORE.fullmatch(line):
        return [found[2] or found[4], found[1] or found[3]]
    if found := BEHIND.fullmatch(line):
        return [found[1], found[2]]
    return [line.strip('"'), "1"]


def _ordered(cells: Sequence[str]) -> list[str]:
    first, second = cells
    is_first = QUANTITY_LIKE.fullmatch(first) is not None
    is_second = QUANTITY_LIKE.fullmatch(second) is not None
    return [second, first] if is_first and (not is_second or len(first) < len(second)) else [first, second]
