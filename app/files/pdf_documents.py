"""A document as PDF: who sends it to whom, a heading, a table over as many pages as it takes, and what it comes to."""

import asyncio
import io
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from app.files.pdf_text import BOLD, REGULAR, fit, load, width, wrapped

KIND = "application/pdf"
PAGE_WIDTH, PAGE_HEIGHT = 595.3, 841.9  # A4, in points
LEFT, RIGHT, TOP, BOTTOM = 45.0, PAGE_WIDTH - 45, PAGE_HEIGHT - 45, 62.0
BODY, SMALL, LARGE = 9.0, 8.0, 17.0  # sizes of type, in points
LEADING, ROW_PAD, GAP = 12.0, 4.5, 10.0
INK, QUIET, LINE, RULE = 0.1, 0.38, 0.84, 0.45  # shades of grey


@dataclass(frozen=True, slots=True)
class Column:
    """Of a table; `points` 0 takes the room that the others leave."""

    title: str
    points: float = 0
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says, in words; of each party the first line is its name."""

    kind: str  # "Quote", "Invoice"
    title: str
    sender: Sequence[str]
    receiver: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[str]] = ()
    totals: Sequence[tuple[str, str]] = ()  # the last one is what counts
    notes: Sequence[str] = ()


class Placed(NamedTuple):
    """A row broken into lines, with the height that it takes."""

    cells: list[list[str]]
    height: float


async def chunks(document: Document) -> AsyncIterator[bytes]:
    """The file, made in a thread of its own."""
    yield await asyncio.to_thread(written, document)


def written(document: Document) -> bytes:
    load()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), lang="en")
    canvas.setTitle(fit(document.title))
    canvas.setAuthor(fit(document.sender[0] if document.sender else ""))
    canvas.setSubject(document.kind)
    canvas.setCreator("")
    _Paper(canvas, document).draw()
    canvas.save()
    return file.getvalue()


class _Paper:
    """Lays the rows out on pages first, so that each page can say how many there are, and then draws them."""

    def __init__(self, canvas: Canvas, document: Document) -> None:
        self.canvas, self.document = canvas, document
        taken = sum(column.points for column in document.columns)
        rest = sum(not column.points for column in document.columns)
        self.rooms = [column.points or (RIGHT - LEFT - taken) / rest for column in document.columns]
        self.notes = [line for note in document.notes for line in wrapped(note, RIGHT - LEFT, SMALL)]

    def draw(self) -> None:
        """The top of the first page stands once it is drawn; what is below follows from it."""
        y = self._opening()
        pages = self._pages([self._placed(row) for row in self.document.rows], y)
        for number, rows in enumerate(pages, 1):
            if number > 1:
                self.canvas.showPage()
                y = self._continued()
            y = self._table(rows, y) if rows else y
            self._foot(number, len(pages))
        self._closing(y)

    def _placed(self, row: Sequence[str]) -> Placed:
        cells = [
            [line for part in text.split("\n", 2) for line in wrapped(part, room - GAP, BODY)]
            for text, room in zip(row, self.rooms, strict=True)
        ]
        return Placed(cells, max(map(len, cells), default=1) * LEADING + 2 * ROW_PAD)

    def _pages(self, rows: list[Placed], first: float) -> list[list[Placed]]:
        """The rows of each page; the sums stay together, and the last row stays with them."""
        head = LEADING + 2 * ROW_PAD
        room, pages = first - head - BOTTOM, [[]]  # type: tuple[float, list[list[Placed]]]
        for row in rows:
            if row.height > room and (pages[-1] or len(pages) == 1):
                pages.append([])
                room = TOP - 2 * LEADING - head - BOTTOM
            pages[-1].append(row)
            room -= row.height
        if self._closing_height() > room:
            pages.append([pages[-1].pop()] if len(pages[-1]) > 1 else [])
        return pages

    def _closing_height(self) -> float:
        return len(self.document.totals) * (LEADING + 4) + len(self.notes) * LEADING + 20

    def _text(self, x: float, y: float, text: str, size: float = BODY, font: str = REGULAR, grey: float = INK) -> None:
        self.canvas.setFont(font, size)
        self.canvas.setFillGray(grey)
        self.canvas.drawString(x, y, text)

    def _figure(
        self, x: float, y: float, text: str, size: float = BODY, font: str = REGULAR, grey: float = INK
    ) -> None:
        """To the left of x."""
        self._text(x - width(text, size, font), y, text, size, font, grey)

    def _rule(self, y: float, grey: float = LINE, left: float = LEFT) -> None:
        self.canvas.setStrokeGray(grey)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(left, y, RIGHT, y)

    def _opening(self) -> float:
        """Who sends it to the left, what it is to the right, then whom it goes to and its title."""
        document, half = self.document, (RIGHT - LEFT) / 2 - GAP
        y, side = self._party(document.sender, LEFT, TOP - 10, half), TOP - 12
        self._figure(RIGHT, side, document.kind, LARGE, BOLD)
        for label, value in document.facts:
            side -= LEADING + 2
            self._figure(RIGHT, side, f"{label} {value}" if label else value, BODY, REGULAR, QUIET)
        y = min(y, side) - 2 * LEADING
        if document.receiver:
            y = self._party(document.receiver, LEFT, y, half) - LEADING
        for line in wrapped(document.title, RIGHT - LEFT, 13, BOLD):
            self._text(LEFT, y, line, 13, BOLD)
            y -= 17
        return y - 4

    def _party(self, lines: Sequence[str], x: float, y: float, room: float) -> float:
        for number, text in enumerate(lines):
            font, size = (BOLD, 11.0) if not number else (REGULAR, BODY)
            for line in wrapped(text, room, size, font):
                self._text(x, y, line, size, font)
                y -= LEADING if number else 15
        return y

    def _continued(self) -> float:
        line = wrapped(self.document.title, RIGHT - LEFT, SMALL)[0]
        self._text(LEFT, TOP - 8, line, SMALL, REGULAR, QUIET)
        return TOP - 2 * LEADING

    def _table(self, rows: list[Placed], y: float) -> float:
        y -= LEADING + ROW_PAD
        self._row([[column.title] for column in self.document.columns], y, SMALL, BOLD, QUIET)
        y -= ROW_PAD
        self._rule(y, RULE)
        for row in rows:
            self._row(row.cells, y - ROW_PAD - BODY, BODY, REGULAR, INK)
            y -= row.height
            self._rule(y)
        return y

    def _row(self, cells: list[list[str]], y: float, size: float, font: str, grey: float) -> None:
        for column, (left, right), lines in zip(self.document.columns, self._edges(), cells, strict=True):
            for number, line in enumerate(lines):
                if column.is_figure:
                    self._figure(right, y - number * LEADING, line, size, font, grey)
                else:
                    self._text(left, y - number * LEADING, line, size, font, grey)

    def _edges(self) -> Iterator[tuple[float, float]]:
        x = LEFT
        for room in self.rooms:
            yield x, x + room
            x += room

    def _foot(self, number: int, count: int) -> None:
        self._rule(BOTTOM - 16)
        if self.document.sender:
            self._text(LEFT, BOTTOM - 28, wrapped(self.document.sender[0], 380, SMALL)[0], SMALL, REGULAR, QUIET)
        self._figure(RIGHT, BOTTOM - 28, f"Page {number} of {count}", SMALL, REGULAR, QUIET)

    def _closing(self, y: float) -> None:
        """The sums, the last of them strong, and the notes below."""
        y, last = y - 6, len(self.document.totals) - 1
        for number, (label, value) in enumerate(self.document.totals):
            font, size = (BOLD, 11.0) if number == last else (REGULAR, BODY)
            y -= LEADING + 4
            if number == last:
                self._rule(y + LEADING, RULE, RIGHT - 220)
                y -= 2
            self._text(RIGHT - 220, y, fit(label), size, font)
            self._figure(RIGHT, y, value, size, font)
        y -= 10
        for line in self.notes:
            y -= LEADING
            self._text(LEFT, y, line, SMALL, REGULAR, QUIET)
