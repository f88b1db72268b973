"""My Orders and Order Details: found, shown, and by whom (ORDER-5, ORDER-6)."""

from datetime import UTC, datetime, timedelta

import pytest

from app.rules.privileges import Privilege
from db import sql
from db.users import UserPrivilege
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of, placed
from tests.rules_named import rule


@pytest.fixture
async def number(browser: Browser, cast: Cast) -> str:
    """An order by Ben of docks and hubs, and one by Dana of mice."""
    await browser.sign_in(cast.dana)
    await placed(browser, await basket_of(cast.dana, (cast.scarce, 1)), po_number="DANA-9", end_customer_po="")
    await browser.sign_in(cast.ben)
    return await placed(
        browser,
        await basket_of(cast.ben, (cast.dock, 2), (cast.hub, 1)),
        po_number="4500-1187",
        end_customer_po="EC_77",
    )


@rule("ORDER-5")
@pytest.mark.parametrize(
    "typed", ["4500", "-1187", "0-1", "4500-1187", "ec_7", "C_77", "7rk2q4", "KD-44", "C6Y3", " 4500-1187 "]
)
async def test_ben_finds_his_order(browser: Browser, number: str, typed: str) -> None:
    page = await browser.get("/orders?q=" + typed)
    assert number in page.text and "1 order, 1 to 1" in words(page)


@rule("ORDER-5")
@pytest.mark.parametrize(
    "typed", ["DANA", "TW2ENT", "87", "KD2Q", "D-44", "%", "_", "4500-1188", "EC%77", "\\", "ß", "K" * 300]
)
async def test_what_is_not_there_is_said(browser: Browser, number: str, typed: str) -> None:
    page = await browser.get("/orders") if not typed else await browser.http.get("/orders", params={"q": typed})
    assert page.status_code == 200 and "No order fits these filters" in words(page)


@rule("ORDER-5")
async def test_a_number_typed_in_full_leads_to_its_order(browser: Browser, number: str) -> None:
    answer = await browser.http.get("/orders", params={"q": f" {number.lower()} "})
    assert answer.status_code == 303 and answer.headers["Location"] == f"/orders/{number}"


@rule("ORDER-5")
async def test_all_orders_of_the_company_need_their_privilege(browser: Browser, cast: Cast, number: str) -> None:
    assert "DANA-9" not in (await browser.get("/orders")).text
    await UserPrivilege.insert(
        UserPrivilege(user=cast.ben.id, privilege=Privilege.SEE_ALL_ORDERS, granted_at=datetime.now(UTC))
    )
    page = await browser.get("/orders")
    assert "DANA-9" in page.text and number in page.text


async def test_another_persons_order_does_not_exist(browser: Browser, cast: Cast, number: str) -> None:
    danas = await sql.value("SELECT number FROM orders WHERE po_number = 'DANA-9'")
    assert (await browser.get(f"/orders/{danas}")).status_code == 404
    await browser.sign_in(cast.sam)
    for other in (number, "20-XXXXX", "x", "%00", "½", "9" * 40):
        assert (await browser.get(f"/orders/{other}")).status_code == 404
    assert "No orders yet" in words(await browser.get("/orders"))


async def test_vera_sees_no_orders(browser: Browser, cast: Cast, number: str) -> None:
    await browser.sign_in(cast.vera)
    for path in ("/orders", f"/orders/{number}", "/orders/20-XXXXX"):
        answer = await browser.get(path)
        assert answer.status_code == 403 and "Dana Reyes" in words(answer)


@rule("PRICE-1")
async def test_no_figure_without_see_prices(browser: Browser, cast: Cast, number: str) -> None:
    await UserPrivilege.delete().where(UserPrivilege.privilege == Privilege.SEE_PRICES)
    for path in ("/orders", f"/orders/{number}"):
        page = await browser.get(path)
        assert page.status_code == 200 and "$" not in page.text and "data-cents" not in page.text


@rule("ORDER-6")
async def test_order_details_say_where_each_unit_is(browser: Browser, number: str) -> None:
    page = words(await browser.get(f"/orders/{number}"))
    assert "3 ordered, 0 shipped, 2 reserved, 1 backordered." in page
    assert "AKL 2" in page and "Placed by Ben Ito" in page and "1 expected" in page
    history = page.partition("History")[2].partition("PO number")[0]
    assert "Placed" in history and "expected" not in history.lower()
    assert "Processing" in page and "Backordered" in page


@rule("ORDER-6")
@pytest.mark.parametrize(
    ("units", "state"),
    [
        ("shipped = 0", "Processing"),
        ("shipped = 1", "Partly Shipped"),
        ("shipped = quantity", "Shipped"),
        ("shipped = quantity, delivered = quantity", "Delivered"),
        ("cancelled = quantity", "Cancelled"),
    ],
)
async def test_the_state_is_shown_and_filtered_alike(browser: Browser, number: str, units: str, state: str) -> None:
    await sql.run("DELETE FROM order_parts")
    order_id = await sql.value("SELECT id FROM orders WHERE number = $1", number)
    await sql.run(f'UPDATE order_lines SET {units} WHERE "order" = $1', order_id)  # noqa: S608
    assert state in words(await browser.get(f"/orders/{number}"))
    for asked in ("Processing", "Partly Shipped", "Shipped", "Delivered", "Cancelled", "Backordered"):
        found = await browser.http.get("/orders", params={"state": asked})
        assert (number in found.text) == (asked == state), asked


@rule("ORDER-5")
async def test_part_of_a_number_finds_its_order(browser: Browser, number: str) -> None:
    for part in (number[3:], number[4:].lower(), number[2:6]):
        assert number in (await browser.get(f"/orders?q={part}")).text, part


@rule("ORDER-5")
async def test_days_in_the_wrong_order_are_said_at_the_field(browser: Browser, number: str) -> None:
    page = await browser.get("/orders?from=2026-11-25&to=2026-11-24")
    assert page.status_code == 422 and 'id="to-error"' in page.text and "This is before 25 Nov 2026" in words(page)


async def test_whose_order_it_is_is_said_where_it_can_be_anothers(browser: Browser, cast: Cast, number: str) -> None:
    for path in ("/orders", "/"):
        assert "Ben Ito" not in (await browser.get(path)).text.partition("<tbody>")[2].partition("</tbody>")[0]
    await browser.sign_in(cast.dana)
    for path in ("/orders", "/"):
        assert "Ben Ito" in (await browser.get(path)).text.partition("<tbody>")[2].partition("</tbody>")[0]


@rule("ORDER-5")
async def test_days_are_the_viewers_own(browser: Browser, number: str) -> None:
    placed_at = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)  # half past midnight of the 25th in Auckland
    await sql.run("UPDATE orders SET placed_at = $1", placed_at)
    for first, last, there in (
        ("2026-11-25", "2026-11-25", True),
        ("", "2026-11-24", False),
        ("2026-11-26", "", False),
    ):
        page = await browser.http.get("/orders", params={"from": first, "to": last})
        assert (number in page.text) is there


@pytest.mark.parametrize(
    ("name", "typed"), [("from", "2026-13-01"), ("to", "9999-12-31"), ("state", "Lost"), ("from", "yesterday")]
)
async def test_a_filter_that_cannot_be_read_says_so(browser: Browser, number: str, name: str, typed: str) -> None:
    page = await browser.http.get("/orders", params={name: typed})
    assert page.status_code == 422 and f'id="{name}-error"' in page.text


async def test_a_page_takes_three_statements_however_many_orders(browser: Browser, cast: Cast, number: str) -> None:
    for turn in range(3):
        before = sql.statements()
        await browser.get("/orders")
        assert sql.statements() - before <= 4
        await browser.get(f"/orders/{number}")
        assert sql.statements() - before <= 8
        await copied(number, turn)


async def copied(number: str, turn: int) -> None:
    """Ten more orders like this one, without lines of their own."""
    row = await sql.row("SELECT * FROM orders WHERE number = $1", number)
    assert row is not None
    names = [name for name in row if name != "id"]
    more = {"token": None, "token_digest": None, "po_guard": None, "basket": None}
    for copy in range(10):
        values = row | more | {"number": f"20-C{turn}{copy}", "placed_at": row["placed_at"] - timedelta(days=1)}
        statement = f"INSERT INTO orders ({', '.join(names)}) VALUES ({sql.marks(len(names))})"  # noqa: S608
        await sql.run(statement, *(values[name] for name in names))


async def test_pages_hold_25_and_say_how_many(browser: Browser, number: str) -> None:
    for turn in range(3):
        await copied(number, turn)
    first, second = await browser.get("/orders"), await browser.get("/orders?page=2")
    assert "31 orders, 1 to 25" in words(first) and "31 orders, 26 to 31" in words(second)
    for odd in ("0", "-1", "x", "9999999999", "½", "77"):
        assert (await browser.http.get("/orders", params={"page": odd})).status_code == 200
