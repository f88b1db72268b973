"""Files that are broken as a whole are refused with the reason, and tables are read as they are meant (DESK-5)."""

import gzip
from pathlib import Path

import pytest

from app.files import spool, tables
from app.files.spool import Broken
from app.files.tables import Row, Table
from tests.rules_named import rule

pytestmark = rule("DESK-5")

GOOD = b"sku,name,msrp\nA1,Dock,10\nB2,Hub,20\n"


def staged(folder: Path, content: bytes) -> Table:
    source, copy = folder / "source", folder / "copy"
    source.write_bytes(content)
    spool.copy(source, copy)
    return tables.opened(copy, ("sku", "name", "msrp"), ("name",))


def rows(folder: Path, content: bytes) -> list[Row]:
    return list(staged(folder, content).rows())


def cells(folder: Path, content: bytes) -> list[list[str]]:
    return [row.cells for row in rows(folder, content)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "not a heading"),
        (gzip.compress(b""), "empty"),
        (gzip.compress(GOOD)[:-9], "cut off"),
        (gzip.compress(GOOD)[:-3], "cut off"),
        (gzip.compress(GOOD)[:-8] + b"\0" * 8, "damaged"),
        (gzip.compress(b"\0" + GOOD), "NUL"),
        (GOOD[:-4], r"row, 3, ends after 2 of 3 columns.*cut off"),
        (GOOD + b'C3,"Ca', "Row 4 opens a quote that nothing closes"),
        (GOOD + b'C3,Cable,5"\n"', "Row 5 opens a quote"),
        (GOOD + b'C3,"Cable"x,5\n', "Row 4 has broken quotes"),
        (GOOD + "Ä1,Gerät,1\n".encode("cp1252"), "Line 4 is not UTF-8.*iconv"),
        (GOOD + "C3,Kabel fü".encode()[:-1], "Line 4 is not UTF-8.*cut off"),
        (GOOD + b"C3,Ca\0ble,5\n", "Line 4 holds a NUL"),
        (GOOD.decode().encode("utf-16"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
        (b"PK\x03\x04\x14\0\x06", "workbook"),
        (b"%PDF-1.7\n", "PDF"),
        (b"Dear Sir,\nplease find our goods below.\n", "not a heading"),
        (b"sku,msrp\nA1,10\n", "lacks name"),
        (b"sku,name,SKU\nA1,Dock,A1\n", "sku more than once"),
        (b"sku,name\n" + b"x" * 1_000_001, "longer than a million"),
        (b'sku,name\nA1,"' + b"x" * 140_000 + b'"\n', "broken quotes"),
    ],
)
def test_what_is_broken_as_a_whole(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(Broken, match=reason):
        rows(tmp_path, content)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="No such file"):
        spool.copy(tmp_path / "missing", tmp_path / "copy")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="cannot be read"):
        spool.copy(tmp_path, tmp_path / "copy")


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        GOOD[:-1],
        b"\xef\xbb\xbf" + GOOD,
        gzip.compress(GOOD),
        gzip.compress(GOOD[:20]) + gzip.compress(GOOD[20:]),
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(b"\n", b"\r"),
        GOOD.replace(b",", b";"),
        GOOD.replace(b",", b"\t"),
        GOOD.replace(b"\n", b"\n\n"),
        b'"sku","name","msrp"\n"A1","Dock","10"\n"B2","Hub","20"\n',
    ],
)
def test_forms_that_a_table_may_have(tmp_path: Path, content: bytes) -> None:
    assert cells(tmp_path, content) == [["A1", "Dock", "10"], ["B2", "Hub", "20"]]


def test_quotes_commas_and_lines_inside(tmp_path: Path) -> None:
    content = b'sku,name\nA1,"Dock, 14"" wide"\nB2,24" screen\nC3,"two\nlines"\n'
    assert cells(tmp_path, content) == [["A1", 'Dock, 14" wide'], ["B2", '24" screen'], ["C3", "two\nlines"]]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path: Path) -> None:
    content = b'sku,name\nA1,"two\nlines"\n\nB2,Hub\n'
    assert [row.number for row in rows(tmp_path, content)] == [2, 4]


def test_a_row_of_another_width_has_a_flaw(tmp_path: Path) -> None:
    found = rows(tmp_path, b"sku,name\nA1\nB2,Hub,20\nC3,Cable,,\n")
    assert [bool(row.flaw) for row in found] == [True, True, False]
    assert found[1].flaw == "The row has 3 columns, the heading 2."


def test_a_heading_in_any_order_case_and_spacing(tmp_path: Path) -> None:
    assert staged(tmp_path, b" Name ,MSRP,Category  path\nDock,10,x\n").heading == ("name", "msrp", "category_path")


def test_a_heading_without_rows_is_a_table(tmp_path: Path) -> None:
    assert rows(tmp_path, b"sku,name\n") == []
