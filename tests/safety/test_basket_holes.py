"""Baskets and Quick Order, in hands that want something else: long lines, names that swell, numbers beyond all."""

import time

import pytest

from app.files import code_lists
from app.files.spool import Broken
from tests.files.test_workbooks import book
from tests.rules_named import rule


@rule("BASKET-11")
@pytest.mark.parametrize("ends", [("a", "b"), ("1", "-"), ("a x", "b"), ("4 x", "!")])
def test_a_line_of_blanks_is_read_at_once(ends: tuple[str, str]) -> None:
    started = time.process_time()
    code_lists.read_text((" " * 20_000).join(ends))
    assert time.process_time() - started < 2


@rule("BASKET-11", "BASKET-15")
@pytest.mark.parametrize("row", [b"A,1\n", b"A 1\n"])
def test_a_list_without_end_is_refused_before_it_is_read(row: bytes) -> None:
    with pytest.raises(Broken, match="more than 10,000 rows"):
        code_lists.of_file("parts.csv", row * 1_000_000)
    with pytest.raises(Broken, match="more than 10,000 rows"):
        code_lists.of_text(row.decode() * 50_000)


@rule("BASKET-11")
def test_rows_behind_many_subtotals_are_not_lost_without_a_word() -> None:
    rows = [["SKU", "Qty", "Sum"], *([["A", 1, 2], ["", "", 3]] * 6_000)]
    with pytest.raises(Broken, match="more than 10,000 rows"):
        code_lists.read_file("parts.xlsx", book(rows))
