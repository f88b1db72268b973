"""Documents as PDF: whole over many pages, the sums together, and unbroken by what nobody should write (case 31)."""

import io
from time import perf_counter

import pytest
from pypdf import PdfReader

from app.files.pdf_documents import Column, Document, written
from app.files.pdf_text import fit, wrapped
from tests.rules_named import rule

COLUMNS = [Column("Code", 95), Column("Name"), Column("Total", 80, True)]
TOTALS = [("Subtotal", "$1.00"), ("GST 15 %", "$0.15"), ("Total", "$1.15")]
HOSTILE = [
    "<script>alert(1)</script>",
    "a" + "\u0301" * 100_000,
    "\u202eשלום\u202c عربى",
    "日本語 \U0001f600",
    "\0\x07\ud800\ufdd0\x7f",
    "x" * 100_000,
    ") Tj ET endstream endobj (\\",
    "\n" * 1_000,
    "",
]


def document(rows: list[list[str]], **more: object) -> Document:
    facts = {"kind": "Quote", "title": "Fit-out", "sender": ["Brightbyte Ltd", "12 Quay Street"], **more}
    return Document(columns=COLUMNS, rows=rows, totals=TOTALS, **facts)  # type: ignore[arg-type]


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@rule("BASKET-14")
def test_every_row_stands_once_under_a_heading_of_its_page() -> None:
    found = pages(written(document([[f"C-{n:03}", f"Name {n}", "$1.00"] for n in range(200)])))
    assert len(found) > 3
    for number, page in enumerate(found, 1):
        assert "Code" in page
        assert f"Page {number} of {len(found)}" in page
    text = " ".join(found)
    assert all(text.count(f"C-{n:03}") == 1 for n in range(200))


@pytest.mark.parametrize("count", range(18, 34))
def test_the_sums_stay_together_and_a_row_with_them(count: int) -> None:
    last = pages(written(document([[f"C-{n:03}", "Name", "$1.00"] for n in range(count)])))[-1]
    assert all(label in last for label, _ in TOTALS)
    assert f"C-{count - 1:03}" in last


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_breaks_nothing_and_takes_no_time(text: str) -> None:
    begun = perf_counter()
    found = pages(written(document([[text, text, text]] * 3, title=text, sender=[text] * 7, notes=[text])))
    assert perf_counter() - begun < 5
    assert "Page 1 of" in found[0]
    assert "$1.15" in "".join(found)


def test_letters_of_greek_and_cyrillic_and_the_signs_of_the_catalogue_are_read_again() -> None:
    text = "Ωμέγα Кабель Čeština ½ × 2 – 19″ 25 °C 5 µm ±1 € ™"
    assert text in pages(written(document([["1", text, "$1.00"]])))[0].replace("\n", " ")


def test_what_the_letters_lack_is_marked() -> None:
    assert fit("a → b ≥ 3") == "a -> b >= 3"
    assert fit("日本") == "\ufffd\ufffd"
    assert fit("a\u202eb\0c\td") == "abc d"


def test_lines_fit_their_room() -> None:
    lines = wrapped("one two three " + "x" * 80, 60, 9)
    assert len(lines) > 3
    assert "".join(lines).replace(" ", "") == "onetwothree" + "x" * 80


def test_a_document_says_who_it_is_from_and_no_more() -> None:
    told = PdfReader(io.BytesIO(written(document([])))).metadata
    assert told is not None
    assert (told.title, told.author, told.subject, told.creator) == ("Fit-out", "Brightbyte Ltd", "Quote", "")
