"""The pages of the catalogue, as each reader sees them."""

import re

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule

MONEY = re.compile(r"\$\d")


@rule("PROD-2")
async def test_a_row_says_what_one_must_know(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    seen = words(await browser.get("/products?q=KD-4410"))
    for said in ("KD-4410-PD", f"SKU {cast.dock.sku}", "Kestrel", "$429.00", "$312.40", "$305.10 from 10"):
        assert said in seen
    assert "184 ship now" in seen
    assert "AKL 120 · WLG 44 · CHC 20" in seen


@rule("PROD-2", "STOCK-1", "PRICE-2")
async def test_a_product_page_says_it_all(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    seen = words(await browser.get(f"/products/{cast.dock.sku}"))
    for said in (
        "Peripherals Docking stations",
        "Auckland AKL 120",
        "Why this price?",
        "price list Trade",
        "Next break: $305.10 each from 10",
        "1 ships now",
        "Weight 0.50 kg",
        "Warranty",
        "Minimum quantity 1",
    ):
        assert said in seen, said


@rule("STOCK-1")
async def test_the_promise_follows_the_quantity(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    address = f"/products/{cast.hub.sku}/availability?quantity=150"
    piece = words(await browser.get(address, htmx=True))
    assert "0 ship now, 150 backordered, expected" in piece
    assert "150 × $61.25 = $9,187.50" in piece
    assert "<html" in (await browser.get(address)).text


@rule("STOCK-2")
@pytest.mark.parametrize("typed", ["7", "0", "x", "-1", "1e9", "9" * 20])
async def test_a_wrong_quantity_is_said_at_the_field(typed: str, browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    answer = await browser.get(f"/products/{cast.cable.sku}?quantity={typed}")
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.text


@rule("PROD-4")
async def test_a_visitor_sees_retail_prices_and_no_stock(browser: Browser, cast: Cast) -> None:
    for path in ("/products", f"/products/{cast.dock.sku}", "/products?sort=price&price_min=1&in_stock=1"):
        answer = await browser.get(path)
        assert answer.headers["Cache-Control"] == "no-cache"
        assert "$429.00" in answer.text
        assert "312.40" not in answer.text
        assert "31240" not in answer.text
        assert "ship now" not in answer.text
        assert '<form method="post"' not in answer.text


@rule("PROD-4")
async def test_another_companys_price_never_shows(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.sam)
    text = (await browser.get(f"/products/{cast.dock.sku}")).text + (await browser.get("/products")).text
    assert "$333.33" in text
    assert "312.40" not in text


@rule("PRICE-1")
async def test_vera_sees_no_price_anywhere(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.vera)
    for path in (
        "/products",
        "/products?sort=price&price_min=1",
        f"/products/{cast.dock.sku}",
        f"/products/{cast.dock.sku}/availability?quantity=20",
        "/products/suggestions?q=kestrel",
    ):
        answer = await browser.get(path)
        assert not MONEY.search(answer.text), path
        assert "data-cents" not in answer.text
        assert "Your price" not in answer.text
    assert "184 ship now" in (await browser.get("/products?q=KD-4410")).text


@rule("BASKET-1")
async def test_vera_reads_why_she_cannot_add_and_who_can_help(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.vera)
    for path in ("/products", f"/products/{cast.dock.sku}"):
        answer = await browser.get(path)
        assert "you lack the privilege “use baskets”" in words(answer)
        assert "Dana Reyes" in words(answer)
        assert "/lines" not in answer.text


async def test_staff_cannot_add(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.moana)
    answer = await browser.get(f"/products/{cast.dock.sku}")
    assert "that is for users of a company" in words(answer)
    assert "$429.00" in answer.text


@rule("CERT-1")
async def test_a_missing_certification_is_explained(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    row = words(await browser.get("/products?q=thunderbolt"))
    assert "Needs Pike & Co Pro. How to get it" in row
    assert "Pass the Pike & Co Pro course." not in row
    answer = await browser.get(f"/products/{cast.uncertified.sku}")
    assert words(answer).count("Needs the certification “Pike & Co Pro”") == 1
    assert words(answer).count("Pass the Pike & Co Pro course.") == 1
    assert "/lines" not in answer.text


@rule("LINK-1")
async def test_products_is_in_the_bar_of_everybody(browser: Browser, cast: Cast) -> None:
    for person in (cast.vera, cast.moana):
        await browser.sign_in(person)
        bar = (await browser.get("/products")).text.partition('class="quick-links"')[2]
        assert bar.index('href="/products"') < 200


@rule("PRICE-4")
async def test_price_on_request_says_whom_to_ask(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    for path in (f"/products?q={cast.on_request.sku}", f"/products/{cast.on_request.sku}"):
        answer = await browser.get(path)
        assert "Price on request" in words(answer)
        assert "trade@harbour.example" in answer.text
    assert "/lines" not in answer.text


@rule("PROD-3")
async def test_flags_and_replacement(browser: Browser, cast: Cast) -> None:
    seen = await browser.get(f"/products/{cast.discontinued.sku}")
    assert "discontinued" in words(seen)
    assert f'href="/products/{cast.dock.sku}"' in seen.text


@rule("PROD-1")
async def test_filters_are_links_and_work_in_place(browser: Browser, cast: Cast) -> None:
    page = await browser.get("/products?q=kestrel")
    assert 'href="/products?q=kestrel&amp;vendor=Kestrel"' in page.text
    piece = await browser.get("/products?q=kestrel&vendor=Kestrel", htmx=True)
    assert piece.text.lstrip().startswith('<section id="results"')
    assert 'data-hx-swap-oob="true"' in piece.text
    assert "<html" not in piece.text


@rule("PROD-1")
async def test_suggestions_are_links(browser: Browser, cast: Cast) -> None:
    piece = await browser.get("/products/suggestions?q=kd-44", htmx=True)
    assert f'href="/products/{cast.dock.sku}"' in piece.text
    assert "<html" not in piece.text
    assert piece.text.count("<a ") <= 8
    assert "<html" in (await browser.get("/products/suggestions?q=kestrel")).text
    assert (await browser.get("/products/suggestions?q=%00")).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["page=x&size=y&sort=z", "page=99999999999", "price_min=7&price_max=7", "category=%22&vendor=%27", "q=%25"],
)
async def test_no_address_breaks_the_page(query: str, browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    assert (await browser.get(f"/products?{query}")).status_code == 200


async def test_what_no_database_takes_is_refused(browser: Browser, cast: Cast) -> None:
    assert (await browser.get("/products?q=a%00b")).status_code == 422
    assert (await browser.get("/products?vendor=a%00b")).status_code == 422


@pytest.mark.parametrize("sku", ["NOTHING", "%00", "7RK2Q4%27", "é", "x" * 500])
async def test_an_unknown_product_does_not_exist(sku: str, browser: Browser, cast: Cast) -> None:
    assert (await browser.get(f"/products/{sku}")).status_code == 404
    assert (await browser.get(f"/products/{sku}/availability")).status_code == 404
    assert (await browser.post("/products")).status_code in {403, 404, 405}


async def test_a_page_takes_four_statements_at_most(browser: Browser, cast: Cast) -> None:

    await browser.sign_in(cast.ben)
    for path in ("/products", "/products?q=kestral", "/products?sort=price", f"/products/{cast.dock.sku}"):
        await browser.get(path)
        before = sql.statements()
        await browser.get(path)
        assert sql.statements() - before <= 4, path
