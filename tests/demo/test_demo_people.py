"""The demo is the same for the same seed; its people and their baskets are what docs/contract.md promises."""

from datetime import timedelta

import pytest

from app import demo
from app.rules import application_queue, log_ins, passwords, prices, sessions
from app.rules.privileges import PURCHASING, Privilege, Role
from app.rules.viewers import Viewer
from db import sql
from tests.demo.world import NOW, TODAY, count, emptied, told
from tests.rules_named import rule


async def test_two_fills_are_equal() -> None:
    first = await told()
    await emptied()
    await demo.fill(products=1_200, seed=1, now=NOW)
    assert await told() == first
    assert all(first)


async def test_a_database_with_data_is_refused() -> None:
    with pytest.raises(demo.NotEmpty, match="not empty"):
        await demo.fill(products=1_200, seed=1, now=NOW)


async def test_too_few_products_are_refused() -> None:
    with pytest.raises(demo.TooFew, match="200"):
        await demo.fill(products=199, seed=1, now=NOW)


async def test_the_database_is_marked() -> None:
    assert await sql.value("SELECT value FROM marks WHERE name = 'demo'") == "1"
    assert await demo.is_demo()


async def test_everybody_can_log_in() -> None:
    users = await sql.rows("SELECT email, password_hash FROM users")
    assert {user["email"] for user in users} == {email for email, _ in demo.LOGINS}
    assert len({user["password_hash"] for user in users}) == len(users)
    assert await passwords.match("Demo-portal-2026!", users[0]["password_hash"])


async def test_only_noa_has_not_logged_in() -> None:
    rows = await sql.rows("SELECT email FROM users WHERE last_login_at IS NULL OR password_changed_at IS NULL")
    assert [row["email"] for row in rows] == ["noa@brightbyte.example"]


@rule("USER-4")
@pytest.mark.parametrize(
    ("email", "privileges"),
    [
        ("ben@brightbyte.example", PURCHASING | {Privilege.INVOICES}),
        ("vera@brightbyte.example", {Privilege.SEE_AVAILABILITY}),
    ],
)
async def test_privileges(email: str, privileges: frozenset[Privilege]) -> None:
    rows = await sql.rows(
        'SELECT p.privilege FROM user_privileges p JOIN users u ON u.id = p."user" WHERE u.email = $1', email
    )
    assert {row["privilege"] for row in rows} == set(privileges)


@rule("BASKET-2")
async def test_baskets_are_as_promised() -> None:
    rows = await sql.rows(
        """SELECT u.email, b.visibility, b.id = u.current_basket AS is_current FROM baskets b
        JOIN users u ON u.id = b.owner WHERE b.archived_at IS NULL AND b.template_at IS NULL"""
    )
    danas = sorted(row["visibility"] for row in rows if row["email"] == "dana@brightbyte.example")
    bens = [row for row in rows if row["email"] == "ben@brightbyte.example"]
    assert danas == ["private", "public", "public", "shared"]
    assert len(bens) < 5
    assert any(row["is_current"] for row in bens)


async def test_ben_is_approved_in_danas_shared_basket() -> None:
    approved = """basket_approvals a JOIN baskets b ON b.id = a.basket JOIN users u ON u.id = a."user"
        WHERE b.visibility = 'shared' AND u.email = 'ben@brightbyte.example'"""
    assert await count(approved) == 1


async def test_baskets_count_and_total_their_lines() -> None:
    for basket in await sql.rows("SELECT id, company, line_count, total_cents FROM baskets"):
        lines = await sql.rows("SELECT product, quantity FROM basket_lines WHERE basket = $1", basket["id"])
        offers = await prices.offers(basket["company"], [line["product"] for line in lines], TODAY)
        found = [offers[line["product"]].at(line["quantity"]) for line in lines]
        totals = [price.cents * line["quantity"] for price, line in zip(found, lines, strict=True) if price]
        assert (basket["line_count"], basket["total_cents"]) == (len(lines), sum(totals))


async def test_baskets_were_changed_when_their_last_line_came() -> None:
    lines = "(SELECT {}(l.added_at) FROM basket_lines l WHERE l.basket = b.id)"
    assert not await count(f"baskets b WHERE b.changed_at <> {lines.format('max')}")
    assert not await count(f"baskets b WHERE b.created_at >= {lines.format('min')}")
    moments = [row["changed_at"] for row in await sql.rows("SELECT changed_at FROM baskets")]
    assert len(set(moments)) == len(moments) and max(moments) < NOW - timedelta(hours=6)


@rule("JOIN-4")
async def test_applications_wait_at_the_desk_and_one_looks_like_a_customer() -> None:
    by = Viewer(id=1, roles=frozenset({Role.SALES}))
    found = await application_queue.listed("", "", 1, by)
    assert found.counts == {"open": 2, "waiting": 1, "approved": 0, "declined": 0}
    assert [bool(row["alike"]) for row in found.rows] == [False, True, False]


@rule("LOGIN-7")
async def test_somebody_who_cannot_log_in_has_written() -> None:
    assert await sql.value("SELECT account_number FROM cases WHERE closed_at IS NULL") == "100377"


@rule("LOGIN-2")
async def test_noas_password_of_the_demo_works_until_it_is_changed() -> None:
    for _ in range(2):
        entered = await log_ins.log_in("noa@brightbyte.example", demo.PASSWORD, "10.0.0.1", "")
        assert (await sessions.viewer_of(entered.token)).remaining == ("password", "challenge")
