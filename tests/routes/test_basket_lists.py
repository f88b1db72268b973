"""My Baskets and Company Baskets: found by name, sorted, with who may change each (BASKET-3 to BASKET-5)."""

import re

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.goods import AKL, NOW
from tests.rules_named import rule

NAME = re.compile(r'href="/baskets/\d+"\s+data-open>([^<]+)<')
INSERT = """INSERT INTO baskets (company, owner, name, name_key, visibility, home_warehouse, line_count, total_cents,
    created_at, changed_at) VALUES ($1, $2, $3, $9, $4, $5, $6, $7, $8, $8)"""


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with two baskets of his own; Dana shares one with him and shows another."""
    rows = [
        (cast.brightbyte, cast.ben.id, "Antenna", "private", AKL, 2, 900, NOW),
        (cast.brightbyte, cast.ben.id, "Bench 50%", "public", AKL, 1, 500, NOW),
        (cast.brightbyte, cast.dana.id, "Cabling", "shared", AKL, 3, 700, NOW),
        (cast.brightbyte, cast.dana.id, "Desks", "public", AKL, 4, 100, NOW),
        (cast.brightbyte, cast.dana.id, "Eyes only", "private", AKL, 4, 123_456, NOW),
    ]
    for row in rows:
        await sql.run(INSERT, *row, row[2].lower())
    approve = 'INSERT INTO basket_approvals (basket, "user", approved_at) VALUES (3, $1, $2)'
    await sql.run(approve, cast.ben.id, NOW)
    return await browser.sign_in(cast.ben)


async def names(browser: Browser, address: str) -> list[str]:
    return NAME.findall((await browser.get(address)).text)


@rule("BASKET-5")
async def test_ben_finds_what_he_can_change_and_what_he_can_read(ben: Browser) -> None:
    assert await names(ben, "/baskets?sort=name") == ["Antenna", "Bench 50%"]
    assert await names(ben, "/company-baskets?sort=name") == ["Cabling", "Desks"]
    said = words(await ben.get("/company-baskets?sort=name"))
    assert re.search("Cabling shared Dana Reyes Dana Reyes, Ben Ito 3 .* change it", said)
    assert re.search("Desks public Dana Reyes Dana Reyes 4 .* read and copy it", said)
    assert "Eyes only" not in said and said.count("Make current") == 1


@rule("BASKET-5")
async def test_who_lost_the_privilege_is_not_named_among_those_who_change_it(ben: Browser, cast: Cast) -> None:
    await sql.run("DELETE FROM user_privileges WHERE \"user\" = $1 AND privilege = 'use_baskets'", cast.ben.id)
    said = words(await (await ben.sign_in(cast.dana)).get("/company-baskets"))
    assert re.search("Cabling shared Dana Reyes you only you 3", said)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=name&order=down", ["Bench 50%", "Antenna"]),
        ("sort=lines", ["Antenna", "Bench 50%"]),
        ("sort=goods", ["Antenna", "Bench 50%"]),
        ("sort=goods&order=up", ["Bench 50%", "Antenna"]),
        ("sort=nothing&order=sideways", ["Bench 50%", "Antenna"]),
        ("q=ANT", ["Antenna"]),
        ("q=50%25", ["Bench 50%"]),
        ("q=%25%25", []),
        ("q=_", []),
        ("page=2", ["Bench 50%", "Antenna"]),
    ],
)
async def test_a_list_is_sorted_and_searched(ben: Browser, query: str, found: list[str]) -> None:
    assert await names(ben, f"/baskets?{query}") == found


async def test_a_name_that_nothing_has_leads_back_to_all(ben: Browser) -> None:
    page = await ben.get("/company-baskets?q=zebra")
    assert "No basket here has “zebra” in its name." in words(page) and 'href="/company-baskets"' in page.text


@rule("PRICE-1")
async def test_without_prices_neither_figure_nor_order_gives_them_away(ben: Browser, cast: Cast) -> None:
    await sql.run("DELETE FROM user_privileges WHERE \"user\" = $1 AND privilege = 'see_prices'", cast.ben.id)
    page = await ben.get("/baskets?sort=goods&order=up")
    assert NAME.findall(page.text) == ["Antenna", "Bench 50%"] == await names(ben, "/baskets?order=up")
    assert "$" not in words(page) and "Goods" not in words(page) and "sort=goods" not in page.text


async def test_the_lists_are_a_constant_number_of_statements(ben: Browser, cast: Cast) -> None:
    for address in ("/baskets", "/company-baskets"):
        counts = []
        for few in (1, 30):
            for number in range(few):
                name = f"{address} {few} {number}"
                kind = "shared" if address == "/company-baskets" else "public"
                await sql.run(INSERT, cast.brightbyte, cast.ben.id, name, kind, AKL, 0, 0, NOW, name)
            before = sql.statements()
            await ben.get(address)
            counts.append(sql.statements() - before)
        assert counts[0] == counts[1], address


async def test_vera_and_the_desk_have_neither_list(browser: Browser, cast: Cast) -> None:
    for person in (cast.vera, cast.moana):
        await browser.sign_in(person)
        assert (await browser.get("/company-baskets")).status_code == 403
        assert "/company-baskets" not in (await browser.get("/products")).text


async def test_both_lists_stand_in_the_menu_with_their_keys(ben: Browser) -> None:
    page = (await ben.get("/")).text
    assert 'data-key="g b"' in page and 'data-key="g c"' in page and "/company-baskets" in page


@rule("LINK-3")
async def test_company_baskets_is_a_quick_link(ben: Browser) -> None:
    assert "Company Baskets" in words(await ben.get("/settings"))
