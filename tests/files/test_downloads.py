"""Tables that go out: no cell is a formula, figures stay figures, and what is written row by row is whole (case 33)."""

import csv
import io
import zipfile
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.files import csv_files, xlsx_files
from app.files.cells import Cell, safe

NOON = datetime(2026, 11, 25, 12, 0, 5, tzinfo=ZoneInfo("Pacific/Auckland"))
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


async def batches(*rows: Sequence[Cell]) -> AsyncIterator[Sequence[Sequence[Cell]]]:
    for row in rows:
        yield [row]


async def sheet(*rows: Sequence[Cell]) -> str:
    pieces = [piece async for piece in xlsx_files.chunks(["a", "b"], [10, 10], batches(*rows))]
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


async def text(*rows: Sequence[Cell]) -> str:
    return b"".join([piece async for piece in csv_files.chunks(["a", "b"], batches(*rows))]).decode()


@pytest.mark.parametrize("typed", HOSTILE)
async def test_no_text_is_a_formula(typed: str) -> None:
    assert safe(typed) == f"'{typed}"
    (_, cells) = csv.reader(io.StringIO((await text([typed, "x"])).removeprefix("\ufeff"), newline=""))
    assert cells == [f"'{typed}", "x"]
    written = await sheet([typed, "x"])
    assert "<f>" not in written
    assert f"<t>'{typed}</t>" in written.replace("_x000D_", "\r").replace(' xml:space="preserve"', "")


async def test_figures_stay_figures() -> None:
    assert (await text([-5, 12])).endswith("-5,12\r\n")
    assert "<v>-5</v>" in await sheet([-5, 12])


async def test_moments_are_told_to_the_second() -> None:
    assert "2026-11-25T12:00:05+13:00" in await text([NOON, None])
    assert "<v>46351.5000" in await sheet([NOON, None])


async def test_a_file_begins_with_its_mark_and_comes_in_pieces() -> None:
    pieces = [piece async for piece in csv_files.chunks(["é"], batches(["1"], ["2"]))]
    assert pieces == ["\ufeffé\r\n".encode(), b"1\r\n", b"2\r\n"]


async def test_quotes_and_lines_stay_in_their_cell() -> None:
    cells = ['a "b", c\nd', "ü 😀"]
    assert list(csv.reader(io.StringIO(await text(cells), newline="")))[1] == cells
