"""Companies, certifications and categories by file (CERT-1, PRICE-2)."""

from pathlib import Path

import pytest

from db import sql
from tests.cast import Cast
from tests.rules.imported import Desk, everything, table
from tests.rules_named import rule

pytestmark = rule("DESK-5")

COMPANIES = (
    "account_number,name,home_warehouse,payment_terms_days,credit_limit,allows_repeated_po,time_zone,price_lists"
)
NEW = "100500,Delta IT,WLG,30,25000,yes,Pacific/Chatham,TRADE|SILVER"


@pytest.fixture
def desk(cast: Cast, tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def lists_of(number: str) -> list[str]:
    rows = await sql.rows(
        "SELECT l.code FROM company_price_lists o JOIN companies c ON c.id = o.company "
        "JOIN price_lists l ON l.id = o.price_list WHERE c.account_number = $1 ORDER BY l.code",
        number,
    )
    return [row["code"] for row in rows]


async def test_a_new_company(desk: Desk) -> None:
    assert await desk.counts("companies", table(COMPANIES, [NEW]), dry_run=True) == (1, 0, 0, 0)
    assert await desk.counts("companies", table(COMPANIES, [NEW])) == (1, 0, 0, 0)
    row = await sql.row("SELECT * FROM companies WHERE account_number = '100500'")
    assert row
    assert (row["name"], row["payment_terms_days"], row["credit_limit_cents"]) == ("Delta IT", 30, 2_500_000)
    assert (row["allows_repeated_po"], row["time_zone"]) == (True, "Pacific/Chatham")
    assert await lists_of("100500") == ["SILVER", "TRADE"]


async def test_the_same_companies_twice(desk: Desk) -> None:
    await desk.imports("companies", table(COMPANIES, [NEW]))
    before = await everything()
    assert await desk.counts("companies", table(COMPANIES, [NEW])) == (0, 0, 1, 0)
    assert await everything() == before


async def test_a_company_changes_in_what_the_file_says(desk: Desk) -> None:
    text = "account_number,name,home_warehouse\n100234,Brightbyte Limited,AKL\n"
    assert await desk.counts("companies", text) == (0, 1, 0, 0)
    assert await lists_of("100234") == ["TRADE"]
    text = "account_number,name,home_warehouse,price_lists\n100234,Brightbyte Limited,AKL,SILVER\n"
    assert await desk.counts("companies", text) == (0, 1, 0, 0)
    assert await lists_of("100234") == ["SILVER"]
    assert await sql.value("SELECT credit_limit_cents FROM companies WHERE account_number = '100234'") == 5_000_000


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("12345,Delta,AKL,,0,,,", "account_number: “12345” is not a number of six digits."),
        ("100500,Delta,NSN,,0,,,", "home_warehouse: there is no “NSN”."),
        ("100500,Delta,AKL,,0,,Mars/Base,", "time_zone: “Mars/Base” is not a time zone such as Pacific/Auckland."),
        ("100500,Delta,AKL,,0,,,GOLD", "price_lists: there is no GOLD; import prices first."),
    ],
)
async def test_company_rows_that_are_refused(desk: Desk, row: str, reason: str) -> None:
    assert (await desk.imports("companies", table(COMPANIES, [row]))).refusals == [(2, reason)]


@rule("CERT-1")
async def test_certifications_and_who_holds_them(desk: Desk, cast: Cast) -> None:
    heading = "code,name,how_to_get,account_number,valid_to"
    rows = ["GALE-1,Gale Partner,Ask Gale.,,", "GALE-1,,,100234,2027-06-30", "PIKE-PRO,,,100234,"]
    assert await desk.counts("certifications", table(heading, rows)) == (3, 0, 0, 0)
    held = await sql.rows(
        "SELECT c.code, h.valid_to FROM company_certifications h JOIN certifications c ON c.id = h.certification "
        "WHERE h.company = $1 ORDER BY c.code",
        cast.brightbyte,
    )
    assert [(row["code"], str(row["valid_to"])) for row in held] == [
        ("GALE-1", "2027-06-30"),
        ("NORR-1", "None"),
        ("PIKE-PRO", "None"),
    ]
    before = await everything()
    assert await desk.counts("certifications", table(heading, rows)) == (0, 0, 3, 0)
    assert await everything() == before
    rows[1] = "GALE-1,,,100234,2028-06-30"
    assert await desk.counts("certifications", table(heading, rows)) == (0, 1, 2, 0)


@rule("CERT-1")
async def test_certification_rows_that_are_refused(desk: Desk) -> None:
    rows = ["UNHEARD,,100234", "NORR-1,,999999", ",Nameless,"]
    report = await desk.imports("certifications", table("code,name,account_number", rows))
    assert report.refusals == [
        (2, "code: there is no certification “UNHEARD”; describe it in a row of its own first."),
        (3, "account_number: no company has 999999."),
        (4, "code: it is empty."),
    ]


async def test_categories_are_made_with_all_above_them(desk: Desk) -> None:
    text = table("category_path", ["Parts > Fans > Quiet", "Cables", "Parts"])
    assert await desk.counts("categories", text) == (2, 0, 1, 0)
    rows = await sql.rows("SELECT path, name, depth FROM categories WHERE path LIKE 'Parts%' ORDER BY path")
    assert [tuple(row.values()) for row in rows] == [
        ("Parts", "Parts", 1),
        ("Parts > Fans", "Fans", 2),
        ("Parts > Fans > Quiet", "Quiet", 3),
    ]
    assert await desk.counts("categories", text) == (0, 0, 3, 0)
