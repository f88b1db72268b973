"""The staging keeps a long file out of memory, and finds repeated rows in all of it (DESK-5)."""

import tracemalloc
from pathlib import Path

import pytest

from app.rules.imports import staging
from app.rules.imports.prices import Prices
from tests.rules_named import rule

pytestmark = rule("DESK-5")

ROWS = 20_000
MOST_BYTES = 16_000_000


def long_file(folder: Path, rows: int) -> Path:
    path = folder / "prices.csv"
    with path.open("w") as text:
        text.write("price_list,sku,min_quantity,price,note\n")
        text.writelines(f"TRADE,SKU{number},1,{number % 900 + 1}.50,{'x' * 1_500}\n" for number in range(rows))
    return path


def test_a_long_file_takes_little_memory(tmp_path: Path) -> None:
    source, kind = long_file(tmp_path, ROWS), Prices()
    assert source.stat().st_size > MOST_BYTES
    tracemalloc.start()
    staged = staging.stage(kind, source, tmp_path / "copy")
    read = sum(len(batch.items) for batch in staging.batches(kind, staged, 1_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == staged.count == ROWS
    assert peak < MOST_BYTES


def test_repeated_rows_are_found_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "KEYS_AT_ONCE", 100)
    source, kind = long_file(tmp_path, 1_000), Prices()
    with source.open("a") as text:
        text.writelines(f"TRADE,SKU{number},1,5,\n" for number in (0, 500, 999, 0))
    staged = staging.stage(kind, source, tmp_path / "copy")
    assert list(staged.earlier[:1_000]) == [0] * 1_000
    assert list(staged.earlier[1_000:]) == [2, 502, 1_001, 2]


def test_batches_say_which_cells_a_row_had(tmp_path: Path) -> None:
    source, kind = long_file(tmp_path, 5), Prices()
    staged = staging.stage(kind, source, tmp_path / "copy")
    sizes = [len(batch.cells) for batch in staging.batches(kind, staged, 2)]
    assert sizes == [2, 2, 1]
    first = next(staging.batches(kind, staged, 2))
    assert first.cells[3][:2] == ["TRADE", "SKU1"]
