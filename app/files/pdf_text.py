"""Text for a PDF: made fit for its letters, measured and broken into lines, in time that its length alone decides."""

import unicodedata
from functools import cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"
FONTS = Path(__file__).parent / "fonts"
MOST = 600  # characters of one cell; what a document says is shorter
MOST_MARKS = 2  # on one letter
MOST_LINES = 14
ELLIPSIS = "…"
# What the fonts lack, in signs that they have.
INSTEAD = str.maketrans(
    {"≤": "<=", "≥": ">=", "≈": "~", "→": "->", "←": "<-", "✓": "√", "\u2011": "-", "\u202f": "\u00a0", "\t": " "}
)
UNKNOWN = "\ufffd"
_loading = Lock()


@cache
def _widths(font: str) -> dict[int, float]:
    """The width of each letter that the font has, in thousandths of its size."""
    with _loading:  # the first two documents may come at once
        loaded = TTFont(font, str(FONTS / f"{font}.ttf"))
        pdfmetrics.registerFont(loaded)
    return dict(loaded.face.charWidths)


def load() -> None:
    """Make both fonts known to the PDF library."""
    _widths(REGULAR)
    _widths(BOLD)


def fit(text: str) -> str:
    """The text in letters that the fonts have: one line, no control or direction signs, few marks on one letter."""
    known, kept, marks = _widths(REGULAR), [], 0
    for char in unicodedata.normalize("NFC", text[:MOST]).translate(INSTEAD):
        marks = marks + 1 if unicodedata.combining(char) else 0
        if char in "\n\r\u2028\u2029":
            kept.append(" ")
        elif unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") or marks > MOST_MARKS:
            continue
        else:
            kept.append(char if ord(char) in known else UNKNOWN)
    cut = ELLIPSIS if len(text) > MOST else ""
    return " ".join("".join(kept).split(" ")).strip() + cut


def width(text: str, size: float, font: str = REGULAR) -> float:
    """In points."""
    known = _widths(font)
    return sum(known.get(ord(char), 600) for char in text) * size / 1000


def wrapped(text: str, room: float, size: float, font: str = REGULAR) -> list[str]:
    """The lines that a text takes in so many points; a word too long for one is broken anywhere."""
    lines, line, used = [], "", 0.0
    space = width(" ", size, font)
    for word in fit(text).split():
        for part in _parts(word, room, size, font):
            wide = width(part, size, font)
            if line and used + space + wide > room:
                lines.append(line)
                line, used = part, wide
            else:
                line, used = (f"{line} {part}", used + space + wide) if line else (part, wide)
    lines.append(line)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][:-1] + ELLIPSIS]
    return lines


def _parts(word: str, room: float, size: float, font: str) -> list[str]:
    if width(word, size, font) <= room:
        return [word]
    known, parts, begun, used = _widths(font), [], 0, 0.0
    for place, char in enumerate(word):
        wide = known.get(ord(char), 600) * size / 1000
        if used + wide > room and place > begun:
            parts.append(word[begun:place])
            begun, used = place, 0.0
        used += wide
    return [*parts, word[begun:]]
