"""A basket as a file: loaded again it is the same basket, whatever stands in it (BASKET-12, case 33)."""

import asyncio
import io
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.files import basket_files
from app.files.cells import Cell, plain, safe
from app.files.code_lists import read_file
from tests.rules_named import rule

Line = tuple[str, str, int, str]  # SKU, VPN, quantity, note
NASTY = [
    "=1+1",
    "'=1",
    "''@",
    "-5",
    "+64 9",
    "@a",
    'say "hi"',
    "a;b,c\td",
    "two\nlines",
    "24E40",
    "007",
    "½",
    "Ångström 日本",
]
# What a note can hold: no control characters, and no blanks around it, which the form cuts off.
letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u200b\u200e\u200f\u2060\ufeff")
texts = st.one_of(st.sampled_from(NASTY), st.text(st.one_of(letters, st.sampled_from("'=+-@\"\n\t;,")), max_size=60))
notes = texts.map(str.strip)
skus = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=6, max_size=6)
lines = st.lists(st.tuples(skus, notes, st.integers(1, 100_000), notes), min_size=1, max_size=20)


def written(kind: str, basket: Sequence[Line]) -> bytes:
    rows: list[list[Cell]] = [
        [sku, vpn, "", "", "Kestrel", "=1+1", quantity, note] for sku, vpn, quantity, note in basket
    ]

    async def whole() -> bytes:
        return b"".join([piece async for piece in basket_files.chunks(kind, rows, money=False, stock=False)])

    return asyncio.run(whole())


def read(content: bytes) -> list[tuple[str, str, str]]:
    return [(row.code, row.quantity, row.note) for row in read_file("basket", content).rows]


@rule("BASKET-12")
@given(lines)
def test_a_csv_file_is_the_same_basket(basket: list[Line]) -> None:
    assert read(written("csv", basket)) == [(sku, str(quantity), note) for sku, _, quantity, note in basket]


@rule("BASKET-12")
@settings(max_examples=30, deadline=None)
@given(lines)
def test_a_workbook_is_the_same_basket(basket: list[Line]) -> None:
    assert read(written("xlsx", basket)) == [(sku, str(quantity), note) for sku, _, quantity, note in basket]


@given(st.one_of(texts, st.text()))
def test_what_was_made_safe_can_be_made_plain_again(typed: str) -> None:
    kept = str(safe(typed))
    assert plain(kept) == typed
    assert not kept.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@rule("BASKET-12")
def test_codes_are_text_in_a_workbook_and_quantities_are_numbers() -> None:
    content = written("xlsx", [("240040", "24E40", 2, ""), ("007007", "0042", 3, "=1+1")])
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.data_type for cell in sheet["A"]] == [cell.data_type for cell in sheet["B"]] == ["s", "s", "s"]
    assert [cell.value for cell in sheet["G"]] == ["Quantity", 2, 3]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
