"""Lists of codes as people paste and save them: any order, separator and encoding, or a reason why not (BASKET-11)."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.files.code_lists import Broken, Typed, read_file, read_text
from tests.rules_named import rule

Short = tuple[int, str, str]


def short(rows: list[Typed]) -> list[Short]:
    return [(row.number, row.code, row.quantity) for row in rows]


@rule("BASKET-11")
@pytest.mark.parametrize(
    ("pasted", "rows"),
    [
        ("KD-4410-PD\t2\nNL-HUB7\t3", [(1, "KD-4410-PD", "2"), (2, "NL-HUB7", "3")]),
        (
            "2 x KD-4410\n\n NL-HUB7 5\r\nNL-UD3000/EU",
            [(1, "KD-4410", "2"), (3, "NL-HUB7", "5"), (4, "NL-UD3000/EU", "1")],
        ),
        ("A-1, 2\nB#2,5", [(1, "A-1", "2"), (2, "B#2", "5")]),
        ("2;A 1\n3;B 2", [(1, "A 1", "2"), (2, "B 2", "3")]),
        ('"HG2-850M,Gen5", 3\n"X, Y", 1', [(1, "HG2-850M,Gen5", "3"), (2, "X, Y", "1")]),
        ("SKU\n24E40\n24E3", [(2, "24E40", "1"), (3, "24E3", "1")]),
        ("Qty\tNote\tPart number\n2\tfloor 3\tA-1", [(2, "A-1", "2")]),
        ("3 0123456789012\n0123456789012 4", [(1, "0123456789012", "3"), (2, "0123456789012", "4")]),
        ("97994 5\n64255 6", [(1, "97994", "5"), (2, "64255", "6")]),
        ('24" screen\t2\n"19"" rack"\t1', [(1, '24" screen', "2"), (2, '19" rack', "1")]),
        ('"broken\t2\nA-1\t3', [(1, '"broken', "2"), (2, "A-1", "3")]),
        ("KD-1\t1,5\nKD-2\t½\nKD-3\t", [(1, "KD-1", "1,5"), (2, "KD-2", "½"), (3, "KD-3", "")]),
        ("KD-1 ½", [(1, "KD-1", "½")]),
        ('="00123"\t4', [(1, "00123", "4")]),
    ],
)
def test_what_people_paste(pasted: str, rows: list[Short]) -> None:
    assert short(read_text(pasted).rows) == rows


@given(st.text(max_size=300))
def test_nothing_pasted_is_more_than_refused(pasted: str) -> None:
    try:
        rows = read_text(pasted).rows
    except Broken:
        rows = []
    assert rows == sorted(rows, key=lambda row: row.number)
    assert all(len(row.code) <= 100 and len(row.quantity) <= 40 and "\0" not in "".join(row[1:4]) for row in rows)


@rule("BASKET-11")
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", BOM_UTF8),
        ("utf-16-le", BOM_UTF16_LE),
        ("utf-16-be", BOM_UTF16_BE),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_csv_files_of_every_kind(separator: str, encoding: str, mark: bytes, newline: str) -> None:
    text = newline.join(separator.join(row) for row in (["Note", "QTY", "Part #", "EAN"], ["büro", "2", '"A 1"', ""]))
    (row,) = read_file("list.csv", mark + (text + newline).encode(encoding)).rows
    assert row == Typed(2, "A 1", "2", "büro")


@rule("BASKET-11")
def test_an_older_encoding_is_read_and_said() -> None:
    read = read_file("list.csv", "sku;qty;note\nA;2;büro".encode("cp1252"))
    assert read.rows == [Typed(2, "A", "2", "büro")]
    assert "Windows-1252" in read.told[0]


@rule("BASKET-11")
def test_of_several_codes_the_first_that_is_filled_counts() -> None:
    content = b"UPC,VPN,Own part number,SKU,Qty\n1,v,o,S1,1\n1,v,o,,2\n1,v,,,3\n1,,,,4\n,,,,5\n"
    assert [row.code for row in read_file("list.csv", content).rows] == ["S1", "o", "v", "1", ""]


def test_a_title_may_stand_above_the_heading() -> None:
    content = b"Order for March,,\n,,\nVPN,Description,Quantity\nA-1,a dock,4\n"
    assert short(read_file("list.csv", content).rows) == [(4, "A-1", "4")]


def test_rows_count_as_in_a_spreadsheet_where_a_note_has_lines() -> None:
    content = b'sep=;\r\nsku;note;qty\r\nA;"one\r\ntwo";1\r\n\r\nB;;2\r\n'
    assert read_file("list.csv", content).rows == [Typed(2, "A", "1", "one\ntwo"), Typed(4, "B", "2")]


def test_what_had_to_be_guessed_is_said() -> None:
    assert "column B was read as the code, column A as the quantity" in read_file("list.csv", b"2,A-1\n3,B-2\n").told[0]
    assert "each row counts as 1" in read_file("list.csv", b"SKU,Note\nA,x\n").told[0]
    assert read_file("list.csv", b"A-1,2\nB-2,3\n").told == []


def test_what_is_too_long_is_cut_and_said() -> None:
    read = read_file("list.csv", f"sku,qty,note\n{'A' * 101},2,{'n' * 300}\n".encode())
    assert "101 characters" in read.rows[0].flaw and len(read.rows[0].code) == 100 and len(read.rows[0].note) == 200
    assert "1 note was cut" in read.told[0]


@rule("BASKET-11")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\x1f\x8b\x08", "a packed file"),
        (b"a\0b\0", "NUL"),
        (b'sku,qty\nA,1\n"B,2\n', "line 3, opens a quote that nothing closes"),
        (b'sku,qty\n"A"x,1\n', "line 2, has broken quotes"),
        (BOM_UTF16_LE + b"a\0b", "cut off"),
        (b"sku,qty\n" + b"A,1\n" * 10_001, "more than 10,000 rows"),
        (b"sku,qty\n,\n", "no row with a code"),
    ],
)
def test_what_is_no_list_is_refused_whole(content: bytes, words: str) -> None:
    with pytest.raises(Broken) as refused:
        read_file("../../<b>list</b>.csv", content)
    assert words in refused.value.reason


@rule("BASKET-11")
@pytest.mark.parametrize(
    ("line", "code", "quantity"),
    [
        ("KD-4410-PD 2 pcs", "KD-4410-PD", "2"),
        ("KD-4410-PD (2)", "KD-4410-PD", "2"),
        ("KD-4410-PD 12 each", "KD-4410-PD", "12"),
        ("3 Stk. 7RK2Q4", "7RK2Q4", "3"),
        ("(4) 7RK2Q4", "7RK2Q4", "4"),
        ("AB12EA", "AB12EA", "1"),
    ],
)
def test_a_unit_behind_a_quantity_is_no_part_of_a_code(line: str, code: str, quantity: str) -> None:
    (row,) = read_text(line).rows
    assert (row.code, row.quantity) == (code, quantity)


@rule("BASKET-11")
@pytest.mark.parametrize("start", ["<!DOCTYPE html>", "  <html><body>", "\ufeff<?xml version='1.0'?>", "<Table>"])
def test_a_web_page_is_refused_whole(start: str) -> None:
    with pytest.raises(Broken, match="is a web page"):
        read_file("prices.csv", f"{start}\n<td>A,1\n<td>B,2\n".encode())


@rule("BASKET-11")
def test_headings_are_understood_in_german_and_unknown_ones_said() -> None:
    read = read_file("liste.csv", b"Artikelnummer;Menge\nA-1;2\n")
    assert [(row.code, row.quantity) for row in read.rows] == [("A-1", "2")] and not read.told
    read = read_file("liste.csv", b"Referencia;Cantidad\nA-1;2\nB-2;3\n")
    assert any("Row 1 looks like a heading" in line for line in read.told)
