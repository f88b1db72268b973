"""What has changed of a basket since it was last seen, and accepting or replacing it (BASKET-9)."""

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import QUANTITY, add, stock_up, with_basket
from tests.rules_named import rule

LINE = "SELECT id FROM basket_lines WHERE removed_at IS NULL"
PRICE = "UPDATE contract_prices SET price_cents = $1 WHERE product = $2"
LIST_PRICE = "UPDATE list_prices SET price_cents = $1 WHERE product = $2"
SHELF = "UPDATE stock SET available = $1 WHERE product = $2"
ENDED = "UPDATE products SET is_discontinued = $1, replaced_by = $2 WHERE id = $3"
PRIVATE = {"name": "Fit-out", "visibility": "private"}


async def repriced(product: int, cents: int) -> None:
    await sql.run(PRICE, cents, product)
    await sql.run(LIST_PRICE, cents, product)


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with four scarce units, number 1, of which all ship; and nothing has changed."""
    await with_basket(browser, cast)
    await add(browser, cast.scarce.sku, 4)
    page = await browser.get("/baskets/1")
    assert "Changed since it was last seen" not in words(page)
    return browser


def shown_in(text: str) -> str:
    """What the form that accepts one line sends along."""
    return text.partition('name="shown" value="')[2].partition('"')[0]


@rule("BASKET-9")
async def test_a_price_says_what_it_was_and_is_accepted(ben: Browser, cast: Cast) -> None:
    await repriced(cast.scarce.id, 4_700)
    page = await ben.get("/baskets/1")
    assert "The price is $47.00 now, it was $45.00." in words(page)
    answer = await ben.post("/baskets/1/lines/1/acceptance", {"shown": shown_in(page.text)})
    assert "accepted=1" in answer.headers["Location"]
    after = await ben.follow(answer)
    assert "Accepted: 1 line." in words(after) and "it was $45.00" not in words(after)


@rule("BASKET-9")
async def test_a_get_accepts_nothing(ben: Browser, cast: Cast) -> None:
    await repriced(cast.scarce.id, 4_700)
    for _ in range(2):
        assert "it was $45.00" in words(await ben.get("/baskets/1"))
    for address in ("/baskets/1/acceptance", "/baskets/1/lines/1/acceptance", "/baskets/1/lines/1/replacement"):
        assert (await ben.get(address)).status_code == 405


@rule("BASKET-9")
async def test_what_came_since_is_not_accepted_with_what_was_shown(ben: Browser, cast: Cast) -> None:
    await repriced(cast.scarce.id, 4_700)
    shown = shown_in((await ben.get("/baskets/1")).text)
    await repriced(cast.scarce.id, 4_900)
    answer = await ben.post("/baskets/1/acceptance", {"shown": shown}, htmx=True)
    assert "Nothing was accepted" in words(answer)
    assert "The price is $49.00 now, it was $45.00." in words(answer)


@rule("BASKET-9")
async def test_stock_says_what_shipped_and_what_does_now(ben: Browser, cast: Cast) -> None:
    await sql.run(SHELF, 0, cast.scarce.id)
    await sql.run("UPDATE stock SET available = 1 WHERE product = $1 AND warehouse = 1", cast.scarce.id)
    assert "4 shipped at once, 1 does now." in words(await ben.get("/baskets/1"))
    answer = await ben.post("/baskets/1/acceptance", {"shown": shown_in((await ben.get("/baskets/1")).text)}, htmx=True)
    assert "Accepted: 1 line." in words(answer) and "shipped at once" not in words(answer)
    assert f'data-hx-target="#line-{await sql.value(LINE)}"' in answer.text


@rule("BASKET-9")
async def test_an_own_quantity_is_no_news(ben: Browser, cast: Cast) -> None:
    for quantity in (15, 2, 4):
        answer = await ben.post("/baskets/1/lines/1", {"quantity": quantity}, htmx=True)
        assert answer.status_code == 200 and "shipped at once" not in words(answer)
    await sql.run("UPDATE basket_lines SET quantity = 1")  # as the undo of a move leaves it
    assert "shipped at once" not in words(await ben.get("/baskets/1"))


@rule("BASKET-9")
async def test_lines_of_before_stock_was_noted_have_no_news_of_it(ben: Browser, cast: Cast) -> None:
    await sql.run("UPDATE basket_lines SET seen_ships = NULL")
    await sql.run(SHELF, 0, cast.scarce.id)
    assert "shipped at once" not in words(await ben.get("/baskets/1"))


@rule("BASKET-9")
async def test_a_lost_price_is_said_and_accepted(ben: Browser, cast: Cast) -> None:
    for table in ("contract_prices", "list_prices"):
        await sql.run(f"DELETE FROM {table} WHERE product = $1", cast.scarce.id)  # noqa: S608 (our own names)
    page = await ben.get("/baskets/1")
    assert "It has no price any more, it was $45.00." in words(page)
    answer = await ben.post("/baskets/1/acceptance", {"shown": shown_in(page.text)}, htmx=True)
    assert "It has no price any more" not in words(answer)
    assert await sql.value("SELECT seen_price_cents FROM basket_lines") is None


@rule("BASKET-9")
async def test_a_lost_certification_stays_until_it_is_back(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.certified.sku)
    await sql.run("DELETE FROM company_certifications")
    line, page = await sql.value("SELECT max(id) FROM basket_lines"), await ben.get("/baskets/1")
    assert "Needs the certification" in words(page) and f'href="#news-{line}"' in page.text
    assert "/acceptance" not in page.text


@rule("BASKET-9")
async def test_a_discontinued_product_is_replaced_and_that_is_undone(ben: Browser, cast: Cast) -> None:
    await ben.post("/baskets/1/lines/1", {"note": "for level 3"})
    await sql.run(ENDED, True, cast.hub.id, cast.scarce.id)
    page = await ben.get("/baskets/1")
    assert "It is discontinued, replaced by" in words(page) and f"Replace by {cast.hub.sku}" in words(page)
    after = await ben.follow(await ben.post("/baskets/1/lines/1/replacement"))
    line = await sql.row("SELECT product, quantity, note FROM basket_lines WHERE removed_at IS NULL")
    assert line == {"product": cast.hub.id, "quantity": 4, "note": "for level 3"}
    revision = after.text.partition('name="revision" value="')[2].partition('"')[0]
    for _ in range(2):  # a second press changes nothing more
        answer = await ben.post("/baskets/1/replacements/removal", {"revision": revision})
        assert answer.status_code == 303
    left = await sql.row("SELECT product, quantity, note FROM basket_lines WHERE removed_at IS NULL")
    assert left == {"product": cast.scarce.id, "quantity": 4, "note": "for level 3"}


@rule("BASKET-9")
async def test_a_replacement_adds_up_and_its_undo_takes_as_many_away(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.hub.sku, 3)
    await sql.run(ENDED, True, cast.hub.id, cast.scarce.id)
    answer = await ben.post("/baskets/1/lines/1/replacement", htmx=True)
    assert f"replaced by {cast.hub.vpn}" in words(answer) and await sql.value(QUANTITY) == 7
    revision = answer.text.partition('name="revision" value="')[2].partition('"')[0]
    await ben.post("/baskets/1/replacements/removal", {"revision": revision}, htmx=True)
    kept = await sql.rows("SELECT quantity FROM basket_lines WHERE removed_at IS NULL ORDER BY id")
    assert [row["quantity"] for row in kept] == [4, 3]


@rule("BASKET-9")
async def test_a_replacement_is_judged_as_an_addition(ben: Browser, cast: Cast) -> None:
    for product, reason in ((cast.uncertified, "Needs the certification"), (cast.cable, "sold at least 5")):
        await sql.run(ENDED, True, product.id, cast.scarce.id)
        for htmx in (True, False):
            answer = await ben.post("/baskets/1/lines/1/replacement", htmx=htmx)
            assert answer.status_code == 422 and reason in words(answer)
    await sql.run(ENDED, False, None, cast.scarce.id)
    assert "Nothing is known to replace" in words(await ben.post("/baskets/1/lines/1/replacement"))
    assert await sql.value(QUANTITY) == 4


@rule("BASKET-9")
async def test_the_news_is_not_for_strangers_nor_for_readers_to_accept(ben: Browser, cast: Cast) -> None:
    await repriced(cast.scarce.id, 4_700)
    shown = shown_in((await ben.get("/baskets/1")).text)
    addresses = ("/baskets/1/acceptance", "/baskets/1/lines/1/acceptance", "/baskets/1/lines/1/replacement")
    await ben.sign_in(cast.sam)
    for address in addresses:
        assert (await ben.post(address, {"shown": shown})).status_code == 404
    await ben.sign_in(cast.vera)
    for address in addresses:
        assert (await ben.post(address, {"shown": shown})).status_code == 403
    await sql.run("UPDATE baskets SET visibility = 'public'")
    await ben.sign_in(cast.dana)
    page = await ben.get("/baskets/1")
    assert "it was $45.00" in words(page) and "/acceptance" not in page.text
    for address in addresses:
        assert (await ben.post(address, {"shown": shown})).status_code == 403
    assert await sql.value("SELECT seen_price_cents FROM basket_lines") == 4_500


@rule("BASKET-9", "PRICE-1")
async def test_no_byte_of_the_news_says_a_price_or_stock_to_who_sees_neither(ben: Browser, cast: Cast) -> None:
    await repriced(cast.scarce.id, 4_711)
    await sql.run(SHELF, 0, cast.scarce.id)
    await sql.run("UPDATE baskets SET visibility = 'shared'")
    await sql.run("DELETE FROM user_privileges WHERE privilege IN ('see_prices', 'see_availability')")
    page = await ben.get("/baskets/1")
    assert page.status_code == 200
    assert "47.11" not in page.text and "4711" not in page.text and "shipped at once" not in page.text
    await ben.post("/baskets/1/acceptance", {"shown": "1.4711.0.0"})  # guessed right, it tells and accepts nothing
    assert await sql.value("SELECT seen_price_cents FROM basket_lines") == 4_500


@rule("BASKET-9", "BASKET-8")
async def test_many_news_are_as_many_statements_as_one(ben: Browser, cast: Cast) -> None:
    async def counted() -> int:
        before = sql.statements()
        await ben.get("/baskets/1")
        return sql.statements() - before

    await repriced(cast.scarce.id, 4_700)
    few = await counted()
    await stock_up(cast, 40)
    await sql.run("UPDATE basket_lines SET seen_price_cents = 1")
    await ben.get("/baskets/1")
    assert await counted() <= few
