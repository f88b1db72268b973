"""A basket's file that went through a real spreadsheet program, Gnumeric, and came back (BASKET-12, fault 23)."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.files.code_lists import read_file
from tests.files.test_basket_files import Line, written
from tests.rules_named import rule

BASKET: list[Line] = [
    ("7RK2Q4", "KD-4410-PD", 10, ""),
    ("240040", "24E40", 2, "=1+1"),
    ("C6Y3GE", "0042", 100_000, 'say "hi"; rack 4, floor 3'),
    ("W8N4JD", "NL-UD3000/EU", 3, "two\nlines"),
    ("K4WD7P", "CAPTAIN 240", 1, "Ångström 日本 ½"),
    ("LCN5EY", "-5", 7, "@home"),
]


def converted(content: bytes, folder: Path, kinds: Sequence[str]) -> bytes:
    """The file saved as each of the kinds in turn, as somebody does who opens it and saves it as another."""
    last = folder / f"0.{kinds[0]}"
    last.write_bytes(content)
    for number, kind in enumerate(kinds[1:], 1):
        saved = folder / f"{number}.{kind}"
        subprocess.run(["ssconvert", last, saved], check=True, capture_output=True, timeout=60)
        last = saved
    return last.read_bytes()


@rule("BASKET-12")
@pytest.mark.parametrize("kinds", [("csv", "xlsx"), ("csv", "xlsx", "csv"), ("xlsx", "xlsx"), ("xlsx", "csv")])
def test_a_basket_comes_back_from_a_spreadsheet(tmp_path: Path, kinds: Sequence[str]) -> None:
    content = converted(written(kinds[0], BASKET), tmp_path, kinds)
    found = [(row.code, row.quantity, row.note) for row in read_file(f"saved.{kinds[-1]}", content).rows]
    assert found == [(sku, str(quantity), note) for sku, _, quantity, note in BASKET]
