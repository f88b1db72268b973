"""What a product file may say, and what becomes of it (PROD-2, PROD-3, DESK-5)."""

from pathlib import Path

import pytest

from app.rules.imports import identities, product_cells
from db import sql
from tests.cast import Cast
from tests.rules.imported import Desk, product, table
from tests.rules_named import rule

pytestmark = rule("DESK-5")

UUID = "0000053d-49d5-44f8-8439-54b537b55e25"


@pytest.fixture
def desk(cast: Cast, tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def made(source: str) -> dict[str, object]:
    return await product(await sql.value("SELECT sku FROM products WHERE source_id = $1", source))


async def test_every_column(desk: Desk) -> None:
    heading = (
        "sku,vpn,upc,manufacturer,name,description,category_path,msrp,weight_grams,warranty_months,min_quantity,"
        "multiple_quantity,no_return,serial_tracked,end_user_required,clearance,discontinued,replaced_by,certification"
    )
    row = 'A1,00-12/b,4006381333931,Acme,Acme  fan,size: 14,Parts>Fans,"1,234.565"'
    row += ",900,24,2,4,yes,1,x,no,true,7RK2Q4,NORR-1"
    report = await desk.imports("products", table(heading, [row]))
    assert report.refusals == []
    assert {**await product("A1")}.items() >= {
        "vpn": "00-12/b",
        "vpn_key": "0012B",
        "upc": "4006381333931",
        "vendor_name": "Acme",
        "name": "Acme fan",
        "description": "size: 14",
        "path": "Parts > Fans",
        "msrp_cents": 123_457,
        "weight_grams": 900,
        "warranty_months": 24,
        "min_quantity": 2,
        "multiple_quantity": 4,
        "is_no_return": True,
        "is_serial_tracked": True,
        "is_end_user_required": True,
        "is_clearance": False,
        "is_discontinued": True,
    }.items()
    assert (await product("A1"))["replaced_by"] == (await product("7RK2Q4"))["id"]
    assert await sql.value("SELECT count(*) FROM categories WHERE path IN ('Parts', 'Parts > Fans')") == 2


async def test_an_identifier_that_is_no_sku_is_kept_and_a_sku_minted(desk: Desk) -> None:
    text = table("sku,name", [f"{UUID},Fan"])
    assert await desk.counts("products", text) == (1, 0, 0, 0)
    sku = (await made(UUID))["sku"]
    assert sku == identities.minted(UUID, 0)
    assert await desk.counts("products", text) == (0, 0, 1, 0)
    assert await desk.counts("products", table("sku,name", [f"{UUID},Quiet fan"])) == (0, 1, 0, 0)
    assert (await made(UUID))["sku"] == sku


def test_minted_skus_are_six_capitals_and_digits_without_look_alikes() -> None:
    minted = {identities.minted(f"source {number}", 0) for number in range(2_000)}
    assert len(minted) > 1_990
    assert all(len(sku) == 6 and sku[0].isalpha() and identities.is_sku(sku) for sku in minted)
    assert not set("".join(minted)) & set("0O1IL5S8BZ")


async def test_a_minted_sku_that_is_taken_is_minted_anew(desk: Desk) -> None:
    taken, free = identities.minted(UUID, 0), identities.minted(UUID, 1)
    await desk.imports("products", table("sku,name", [f"{taken},First", f"{UUID},Second"]))
    assert ((await product(taken))["name"], (await product(free))["name"]) == ("First", "Second")


async def test_rows_without_an_identifier_are_known_by_maker_and_part(desk: Desk) -> None:
    heading, rows = "sku,manufacturer,vpn,name", [",Acme,V-1,Fan", ",Acme,V-2,Fan", ",,,Bare name"]
    assert await desk.counts("products", table(heading, rows)) == (3, 0, 0, 0)
    assert await desk.counts("products", table(heading, [",ACME,V-1,Quiet fan", *rows[1:]])) == (0, 1, 2, 0)
    assert (await desk.imports("products", table(heading, [*rows, rows[0]]))).refused == 1


async def test_spellings_of_one_vendor_are_one_vendor_in_the_spelling_of_most(desk: Desk) -> None:
    rows = ["A1,Asus,One", "A2,ASUS,Two", "A3,ASUS,Three", "A4,asus ,Four"]
    await desk.imports("products", table("sku,manufacturer,name", rows))
    assert {(await product(sku))["vendor_name"] for sku in ("A1", "A2", "A3", "A4")} == {"ASUS"}
    await desk.imports("products", table("sku,manufacturer,name", ["A5,Asus,Five"]))
    assert (await product("A5"))["vendor_name"] == "ASUS"


async def test_a_column_that_is_missing_changes_nothing_an_empty_cell_does(desk: Desk) -> None:
    before = await product("7RK2Q4")
    assert await desk.counts("products", table("sku,name", ["7RK2Q4,A new name"])) == (0, 1, 0, 0)
    after = await product("7RK2Q4")
    assert {field for field in before if before[field] != after[field]} == {"name", "words", "changed_at"}
    assert await desk.counts("products", "sku,name,msrp\n7RK2Q4,A new name,\n") == (0, 1, 0, 0)
    assert (await product("7RK2Q4"))["msrp_cents"] is None


@rule("PROD-1")
async def test_words_follow_the_name(desk: Desk) -> None:
    await desk.imports("products", "sku,name,manufacturer\n7RK2Q4,Zephyr,Kestrel\nA1,Zephyr two,Gale\n")
    assert " zephyr " in str((await product("7RK2Q4"))["words"])
    assert " gale " in str((await product("A1"))["words"])
    assert await sql.value("SELECT uses FROM search_words WHERE word = 'zephyr'") == 2


@rule("PROD-3")
async def test_a_replacement_may_stand_further_down(desk: Desk) -> None:
    text = table("sku,name,replaced_by", ["A1,Old,A2", "A2,New,", "A3,Lost,NOWHERE"])
    report = await desk.imports("products", text)
    assert report.lines()[0] == "replaced_by: No product has the SKU or source id “NOWHERE”."
    assert (await product("A1"))["replaced_by"] == (await product("A2"))["id"]
    assert await desk.counts("products", text) == (0, 0, 3, 0)


async def test_a_source_id_belongs_to_one_sku(desk: Desk) -> None:
    await desk.imports("products", "sku,source_id,name\nA1,S1,Fan\n")
    report = await desk.imports("products", "sku,source_id,name\nA2,S1,Fan\n")
    assert report.refusals == [(2, "source_id: “S1” is the product A1, not A2.")]
    assert await desk.counts("products", "sku,name\ns1,Fan\n") == (1, 0, 0, 0)


async def test_one_product_named_in_two_ways_is_taken_once(desk: Desk) -> None:
    await desk.imports("products", "sku,source_id,name\nA1,s-1,Fan\n")
    report = await desk.imports("products", "sku,name\nA1,Fan\ns-1,Other\n")
    assert report.refusals == [(3, identities.TWICE)]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("name", "x" * 301, "it has 301 characters, the most are 300"),
        ("sku", "x" * 65, "it has 65 characters, the most are 64"),
        ("vpn", "x" * 81, "it has 81 characters"),
        ("upc", "8.85E+11", "not 8, 12, 13 or 14 digits"),
        ("upc", "12345", "not 8, 12, 13 or 14 digits"),
        ("msrp", "NaN", "not an amount"),
        ("msrp", "Infinity", "not an amount"),
        ("msrp", "-1", "not an amount"),
        ("msrp", "1e3", "not an amount"),
        ("msrp", "9999999999", "not an amount"),
        ("msrp", "١٢", "not an amount"),
        ("min_quantity", "0", "not a whole number from 1"),
        ("min_quantity", "1.5", "not a whole number"),
        ("weight_grams", "99999999999", "not a whole number"),
        ("no_return", "maybe", "neither yes nor no"),
        ("certification", "UNHEARD", "import certifications first"),
        ("category_path", "A > " + "b" * 121, "a name in it 120"),
    ],
)
async def test_cells_that_are_refused(desk: Desk, column: str, cell: str, reason: str) -> None:
    row = {"sku": "A1", "name": "Fan", column: cell}
    report = await desk.imports("products", table(",".join(row), [",".join(row.values())]))
    assert report.refused == 1
    assert reason in report.refusals[0][1]
    assert report.refusals[0][1].startswith(f"{column}: ")


async def test_all_that_is_wrong_with_a_row_is_said(desk: Desk) -> None:
    report = await desk.imports("products", "sku,name,msrp,no_return\nA1,,free,maybe\n")
    assert [reason.count(": ") for _, reason in report.refusals] == [3]


async def test_a_wrong_check_digit_is_kept_and_said(desk: Desk) -> None:
    report = await desk.imports("products", "sku,name,upc\nA1,Fan,4006381333932\n")
    assert report.lines()[0] == "Row 2: upc: the check digit is wrong; the digits were kept as they are."
    assert (await product("A1"))["upc"] == "4006381333932"


@pytest.mark.parametrize("digits", ["4006381333931", "036000291452", "96385074", "00012345600012"])
def test_good_check_digits(digits: str) -> None:
    assert product_cells.has_good_check_digit(digits)
    assert not product_cells.has_good_check_digit(digits[:-1] + str((int(digits[-1]) + 1) % 10))
