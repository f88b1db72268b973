"""The course of an import: whole or not at all, row by row, resumable, and twice the same (DESK-5)."""

import os
from pathlib import Path

import pytest

from app.rules import imports
from app.rules.settings import settings
from db import sql
from tests.cast import Cast
from tests.rules.imported import Desk, everything, product, refused, table
from tests.rules_named import rule

pytestmark = rule("DESK-5")

HEADING = "sku,vpn,upc,manufacturer,name,description,category_path,msrp"
GOODS = table(HEADING, ["A1,V-1,,Acme,Acme fan,quiet: yes,Parts > Fans,10.00", "B2,V-2,,ACME,Acme hub,,Parts,"])


@pytest.fixture
def desk(cast: Cast, tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def many(count: int) -> str:
    return table("sku,name", (f"N{number},Thing {number}" for number in range(count)))


async def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    assert await desk.counts("products", GOODS) == (2, 0, 0, 0)
    before = await everything()
    assert await desk.counts("products", GOODS) == (0, 0, 2, 0)
    assert await everything() == before


async def test_a_dry_run_says_the_same_and_changes_nothing(desk: Desk) -> None:
    before = await everything()
    report = await desk.imports("products", GOODS, dry_run=True)
    assert report.lines() == [
        "A dry run: nothing was changed.",
        "2 rows: 2 added, 0 changed, 0 unchanged, 0 refused",
    ]
    assert await everything() == before


@pytest.mark.parametrize("content", ["", GOODS[:-8], GOODS + 'C3,"', GOODS + "\0", GOODS.encode("utf-16")])
async def test_a_file_that_is_broken_changes_nothing(desk: Desk, content: str | bytes) -> None:
    before = await everything()
    with pytest.raises(imports.FileRefused):
        await desk.imports("products", content)
    assert await everything() == before


async def test_a_file_broken_behind_a_thousand_good_rows_changes_nothing(desk: Desk) -> None:
    before = await everything()
    with pytest.raises(imports.FileRefused, match="Row 2,502"):
        await desk.imports("products", many(2_500) + 'N9,"never closed\n')
    assert await everything() == before


async def test_a_refused_row_stops_no_other(desk: Desk) -> None:
    report = await desk.imports("products", GOODS + "C3,,,,,,,\nD4,,,,Drive,,,ten\nE5,,,,Ember,,,5\n")
    assert report.sum == "5 rows: 3 added, 0 changed, 0 unchanged, 2 refused"
    assert report.refusals == [
        (4, "name: it is empty."),
        (5, "msrp: “ten” is not an amount of money such as 1234.50."),
    ]
    assert (await product("E5"))["name"] == "Ember"


async def test_refused_rows_can_be_mended_and_imported(desk: Desk) -> None:
    report = await desk.imports("products", GOODS + "D4,,,,Drive,,,ten\nE5,too short\n")
    heading, drive, short = refused(report)
    assert heading == [*HEADING.split(","), "row", "reason"]
    assert drive[:9] == ["D4", "", "", "", "Drive", "", "", "ten", "4"]
    assert short[:3] + short[8:] == ["E5", "too short", "", "5", "The row has 2 columns, the heading 8."]
    assert report.refused_file
    mended = report.refused_file.read_text().replace("ten", "10")
    again = await desk.imports("products", mended)
    assert (again.added, again.refused) == (1, 1)
    assert refused(again)[0] == heading


async def test_a_run_without_refusals_leaves_no_old_file(desk: Desk) -> None:
    report = await desk.imports("products", GOODS + "C3,,,,,,,\n")
    assert report.refused_file
    assert (await desk.imports("products", GOODS)).refused_file is None
    assert not report.refused_file.exists()


async def test_the_second_of_two_rows_is_refused_with_the_number_of_the_first(desk: Desk) -> None:
    report = await desk.imports("products", GOODS + "A1,,,,Another fan,,,\n")
    assert report.refusals == [(4, "It says what row 2 says: one of the two is too many.")]
    assert (await product("A1"))["name"] == "Acme fan"


async def test_a_repeated_row_is_found_across_batches(desk: Desk) -> None:
    report = await desk.imports("products", many(2_500) + "N3,Once more\n")
    assert report.refusals == [(2_502, "It says what row 5 says: one of the two is too many.")]


async def test_a_run_that_was_ended_between_batches_is_taken_up(desk: Desk) -> None:
    class Ended(Exception):
        pass

    def end(done: int, total: int) -> None:
        if done:
            raise Ended

    with pytest.raises(Ended):
        await desk.imports("products", many(2_500), progress=end)
    assert await sql.value("SELECT count(*) FROM products WHERE sku LIKE 'N%'") == 1_000
    assert await desk.counts("products", many(2_500)) == (1_500, 0, 1_000, 0)


async def test_what_the_database_refuses_stops_no_other_row(desk: Desk) -> None:
    rows = [f"N{number},S{number},Thing {number}" for number in range(30)]
    report = await desk.imports("products", table("sku,source_id,name", [*rows, "X1,S7,Clash"]))
    assert (report.added, report.refused) == (30, 1)
    assert "source_id" in report.refusals[0][1]
    assert await sql.value("SELECT count(*) FROM products WHERE sku LIKE 'N%'") == 30


async def test_progress_and_unknown_columns_are_told(desk: Desk) -> None:
    seen: list[tuple[int, int]] = []
    text = table("SKU,Colour,NAME", (f"N{number},red,Thing" for number in range(1_200)))
    report = await desk.imports("products", text, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 1_200), (1_000, 1_200), (1_200, 1_200)]
    assert report.lines()[0] == "The column “colour” is none of an import of products: it was left out."


async def test_a_table_without_rows(desk: Desk) -> None:
    assert (await desk.imports("products", "sku,name\n")).sum == "0 rows: 0 added, 0 changed, 0 unchanged, 0 refused"


async def test_the_copy_of_a_run_that_was_killed_is_removed_after_a_day(desk: Desk) -> None:
    folder = Path(settings.data_dir) / "imports"
    old, new = folder / "staging-old", folder / "staging-new"
    for left in (old, new):
        left.mkdir(parents=True, exist_ok=True)
    os.utime(old, (0, 0))
    await desk.imports("products", GOODS)
    assert (old.exists(), new.exists()) == (False, True)
    assert [left.name for left in folder.glob("staging-*")] == ["staging-new"]
