"""Each cell of the table of baskets: whose it is and how it is shown, against every door (BASKET-3 to BASKET-5)."""

from typing import NamedTuple

import pytest

from app.rules.privileges import PURCHASING
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast, Person, new_person
from tests.checking_out import filled
from tests.goods import NOW
from tests.rules_named import rule

MY, COMPANY = "/baskets", "/company-baskets"


class Cell(NamedTuple):
    """What the guide says: sees, edits, orders, manages, and where the basket stands."""

    sees: bool
    edits: bool
    orders: bool
    manages: bool
    stands: str


ALL = {"edits": True, "sees": True, "orders": True, "manages": True}
NOTHING = Cell(False, False, False, False, "")
READS = Cell(True, False, False, False, COMPANY)
# Dana created it, Ben is approved, Kim is a colleague, Vera lacks "use baskets", Sam is a stranger.
TABLE = {
    ("private", "dana"): Cell(**ALL, stands=MY),
    ("private", "ben"): NOTHING,
    ("private", "kim"): NOTHING,
    ("public", "dana"): Cell(**ALL, stands=MY),
    ("public", "ben"): READS,
    ("public", "kim"): READS,
    ("shared", "dana"): Cell(**ALL, stands=COMPANY),
    ("shared", "ben"): Cell(True, True, True, False, COMPANY),
    ("shared", "kim"): READS,
    **{(visibility, who): NOTHING for visibility in ("private", "public", "shared") for who in ("vera", "sam")},
}
CELLS = [(visibility, who, cell) for (visibility, who), cell in TABLE.items()]
at_each_cell = pytest.mark.parametrize(("visibility", "who", "cell"), CELLS)


@pytest.fixture
async def people(browser: Browser, cast: Cast) -> dict[str, Person]:
    """Dana's private basket, number 1, with two docks on line 1, and Ben approved."""
    kim = await new_person("Kim Roa", "kim@brightbyte.example", cast.brightbyte, *PURCHASING)
    await browser.sign_in(cast.dana)
    await browser.post("/baskets", {"name": "Fit-out", "visibility": "private"})
    await browser.post("/baskets/1/lines", {"sku": cast.dock.sku, "quantity": 2})
    approve = 'INSERT INTO basket_approvals (basket, "user", approved_at) VALUES (1, $1, $2)'
    await sql.run(approve, cast.ben.id, NOW)
    named = {name: getattr(cast, name) for name in ("dana", "ben", "vera", "sam")}
    return {**named, "kim": kim}


async def come(browser: Browser, people: dict[str, Person], visibility: str, who: str) -> Browser:
    await sql.run("UPDATE baskets SET visibility = $1", visibility)
    return await browser.sign_in(people[who])


def answered(who: str, cell: Cell, may: bool, done: int = 303) -> int:
    """The status for who may, who only sees it, and for whom it does not exist; without the privilege always 403."""
    if who == "vera":
        return 403
    return done if may else 403 if cell.sees else 404


@rule("BASKET-3", "BASKET-4", "BASKET-5")
@at_each_cell
async def test_who_reads_it_and_in_which_list(
    browser: Browser, people: dict[str, Person], visibility: str, who: str, cell: Cell
) -> None:
    await come(browser, people, visibility, who)
    assert (await browser.get("/baskets/1")).status_code == answered(who, cell, cell.sees, 200)
    for place in (MY, COMPANY):
        shown = await browser.get(place)
        assert shown.status_code == (403 if who == "vera" else 200)
        assert ('href="/baskets/1"' in shown.text.partition("<tbody>")[2]) is (cell.stands == place), place
    if cell.stands == COMPANY:
        said = words(await browser.get(COMPANY))
        assert ("change it" in said.partition("Fit-out")[2]) is cell.edits
        assert ("read and copy it" in said) is not cell.edits


@rule("BASKET-3", "BASKET-4", "BASKET-5")
@at_each_cell
async def test_who_changes_its_lines(
    browser: Browser, cast: Cast, people: dict[str, Person], visibility: str, who: str, cell: Cell
) -> None:
    await come(browser, people, visibility, who)
    expected = answered(who, cell, cell.edits)
    for path, fields in (
        ("/lines", {"sku": cast.hub.sku, "quantity": 1}),
        ("/lines/1", {"quantity": 3}),
        ("/lines/1/removal", {}),
        ("/lines/1/restoration", {}),
        ("/current", {}),
    ):
        assert (await browser.post(f"/baskets/1{path}", fields)).status_code == expected, path
    ask = "SELECT count(*) FROM basket_lines WHERE removed_at IS NULL"
    assert await sql.value(ask) == (2 if cell.edits else 1)
    assert ('action="/baskets/1/lines"' in (await browser.get("/baskets/1")).text) is cell.edits


@rule("BASKET-6")
@at_each_cell
async def test_who_manages_it(
    browser: Browser, cast: Cast, people: dict[str, Person], visibility: str, who: str, cell: Cell
) -> None:
    await come(browser, people, visibility, who)
    expected = answered(who, cell, cell.manages)
    for path, fields in (
        ("", {"name": "Taken over"}),
        ("", {"visibility": visibility}),
        (f"/approvals/{cast.ben.id}/removal", {}),
        ("/removal", {}),
    ):
        assert (await browser.post(f"/baskets/1{path}", fields)).status_code == expected, path
    assert await sql.value("SELECT name FROM baskets") == ("Taken over" if cell.manages else "Fit-out")
    assert await sql.value("SELECT deleted_at IS NULL FROM baskets") == (not cell.manages)


@rule("BASKET-16")
@at_each_cell
async def test_who_orders_it(
    browser: Browser, people: dict[str, Person], visibility: str, who: str, cell: Cell
) -> None:
    await come(browser, people, "private", "dana")
    form = await filled(browser, 1)
    await come(browser, people, visibility, who)
    if cell.orders:
        form = await filled(browser, 1)
    answer = await browser.post("/baskets/1/order", form | {"confirm": "1"})
    assert answer.status_code == answered(who, cell, cell.orders), words(answer)[:300]
    assert await sql.value("SELECT count(*) FROM orders") == cell.orders


@rule("BASKET-16")
async def test_an_approved_user_needs_the_privilege_to_order(
    browser: Browser, cast: Cast, people: dict[str, Person]
) -> None:
    await come(browser, people, "shared", "ben")
    form = await filled(browser, 1)
    await sql.run("DELETE FROM user_privileges WHERE \"user\" = $1 AND privilege = 'place_orders'", cast.ben.id)
    assert (await browser.post("/baskets/1/order", form | {"confirm": "1"})).status_code == 403
    assert await sql.value("SELECT count(*) FROM orders") == 0
