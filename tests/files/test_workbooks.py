"""Workbooks from outside: values and no formulas, and bombs that never go off (BASKET-11, case 34, fault 16)."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook

from app.files.code_lists import Broken, Typed, read_file
from tests.rules_named import rule

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OPEN, CLOSE = f'<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>"


def book(*sheets: Iterable[Sequence[Any]], merged: str = "") -> bytes:
    made, content = Workbook(), io.BytesIO()
    made.remove(made.worksheets[0])
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    made.save(content)
    return content.getvalue()


def bare(sheet: str | bytes) -> bytes:
    """A workbook around the text of its one sheet, as no program would write it."""
    content = io.BytesIO()
    related = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}worksheet+xml"/></Types>',
        )
        packed.writestr("_rels/.rels", f'{related}officeDocument" Target="xl/workbook.xml"/></Relationships>')
        sheets = f'<sheets><sheet name="S" sheetId="1" xmlns:r="{OFFICE}" r:id="r1"/></sheets>'
        packed.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}">{sheets}</workbook>')
        packed.writestr(
            "xl/_rels/workbook.xml.rels", f'{related}worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        )
        packed.writestr("xl/worksheets/sheet1.xml", sheet)
    return content.getvalue()


def cell(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


@rule("BASKET-11")
def test_the_first_sheet_that_holds_rows_is_read_as_it_counts_them() -> None:
    content = book([], [["Order"], [], ["Note", "SKU", "Qty"], ["x", "7RK2Q4", 2], ["=1+1", "00123", 2.0]])
    assert read_file("a.xlsx", content).rows == [Typed(4, "7RK2Q4", "2", "x"), Typed(5, "00123", "2")]


@rule("BASKET-11")
def test_numbers_and_days_read_as_they_stand() -> None:
    day = datetime(2026, 2, 1)  # noqa: DTZ001 (spreadsheets know no zones)
    rows: list[list[Any]] = [["UPC", "Qty"], [12345678905, 1.5], [2.4e41, -1], [day, True], [0.5, 10**12]]
    read = read_file("a.xlsx", book(rows)).rows
    assert [row.code for row in read] == ["12345678905", "2.4E+41", "2026-02-01", "0.5"]
    assert [row.quantity for row in read] == ["1.5", "-1", "TRUE", "1000000000000"]


@rule("BASKET-11")
def test_a_merged_cell_counts_once() -> None:
    content = book([["SKU", "Qty"], ["A", 3], [None, 4]], merged="A2:A3")
    assert read_file("a.xlsx", content).rows == [Typed(2, "A", "3"), Typed(3, "", "4")]


def test_of_a_formula_the_kept_value_is_read() -> None:
    formula = f'<row r="1">{cell("A1", "A-1")}<c r="B1"><f>2+2</f><v>4</v></c></row>'
    assert read_file("a.xlsx", bare(f"{OPEN}{formula}{CLOSE}")).rows == [Typed(1, "A-1", "4")]
    assert read_file("a.xlsx", book([["SKU", "Qty"], ["A-1", "=2+2"]])).rows == [Typed(2, "A-1", "")]


def test_cells_far_apart_cost_nothing() -> None:
    sheet = f'{OPEN}<row r="1">{cell("A1", "A-1")}</row><row r="1048576">{cell("XFD1048576", "x")}</row>{CLOSE}'
    assert read_file("a.xlsx", bare(sheet)).rows == [Typed(1, "A-1", "1")]


def test_a_size_that_a_sheet_claims_is_not_believed() -> None:
    rows = "".join(f'<row r="{n}">{cell(f"A{n}", f"A-{n}")}</row>' for n in (1, 2, 3))
    claimed = OPEN.replace("<sheetData>", '<dimension ref="A1:A2"/><sheetData>')
    assert len(read_file("a.xlsx", bare(f"{claimed}{rows}{CLOSE}")).rows) == 3


def entities() -> str:
    nested = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE l [<!ENTITY a0 "ha">{nested}]>{OPEN}<row r="1">{cell("A1", "&a9;")}</row>{CLOSE}'


def archive(names: Sequence[str], text: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, text)
    return content.getvalue()


PARTS = ["[Content_Types].xml", "xl/workbook.xml"]
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@rule("BASKET-11")
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: bare(entities()), "DOCTYPE"),
        (lambda: bare("<!-- x -->" + entities()), "DOCTYPE"),
        (lambda: bare(entities().encode("utf-16")), "DOCTYPE"),
        (lambda: bare(f"{OPEN}{'<row/>' * 2_000_000}{CLOSE}"), "too large"),
        (lambda: bare(f"{OPEN}<row>{'<c><v>1</v></c>' * 500_000}</row>{CLOSE}"), "too large"),
        (lambda: bare("<a>" * 1_000_000), "damaged"),
        (lambda: bare(" " * (49 << 20)), "too large"),
        (lambda: archive([*PARTS, *(f"{n}.bin" for n in range(2_001))]), "too large"),
        (lambda: bare(f'{OPEN}<row r="9999999">{cell("A9999999", "x")}</row>{CLOSE}'), "more rows"),
        (lambda: bare(f'{OPEN}<row r="1"><c r="A1"><v>{"9" * 9_000}</v></c></row>{CLOSE}'), "damaged"),
        (lambda: book([["SKU"], ["A"]])[:-400], "damaged"),
        (lambda: book([["SKU"], ["A"]])[:400], "damaged"),
        (lambda: archive(["readme.txt"]), "no workbook"),
        (lambda: archive([*PARTS, *PARTS]), "too large"),
        (lambda: OLD + b"\0" * 600, "old workbook"),
        (lambda: OLD + "EncryptedPackage".encode("utf-16-le"), "password"),
        (lambda: book([]), "no row with a code"),
        (lambda: book([["SKU", "Qty"], *(["A", 1] for _ in range(10_001))]), "more than 10,000 rows"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_workbook_that_is_none_is_refused_whole(make: Any, words: str) -> None:
    with pytest.raises(Broken) as refused:
        read_file("list.xlsx", make())
    assert words in refused.value.reason
