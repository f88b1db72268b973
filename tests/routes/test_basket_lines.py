"""What goes into a basket, and what is refused and why."""

import asyncio

import pytest

from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import HEADER, QUANTITY, add, with_basket
from tests.rules_named import rule

# Digits of other scripts are refused, since who types them may mean them as text.
NO_QUANTITIES = [
    "0",
    "-1",
    "1.5",
    "1e9",
    "1000000000",
    str(2**63),
    "½",
    "",
    " ",
    "100001",
    "1e3",
    "\u0661\u0662",
    "\uff11\uff12",
    ["1", "2"],
]


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with a current basket, number 1."""
    return await with_basket(browser, cast)


@rule("BASKET-8", "PRICE-3", "STOCK-1")
async def test_ben_adds_a_line(ben: Browser, cast: Cast) -> None:
    answer = await add(ben, cast.dock.sku, 4)
    assert answer.headers["Location"] == f"/baskets/1?added={cast.dock.sku}"
    said = words(await ben.follow(answer))
    for part in ("4 × KD-4410-PD added", "4 ship now", "$312.40", "$1,249.60", "$187.44", "$1,437.04"):
        assert part in said
    assert "from 10: $305.10" in said
    assert "Basket “Fit-out” 1 line · $1,249.60" in said


@rule("BASKET-8")
async def test_the_same_product_adds_up(ben: Browser, cast: Cast) -> None:
    for code in (cast.dock.sku, cast.dock.vpn, cast.dock.sku.lower()):
        assert (await add(ben, code, 4)).status_code == 303
    assert await sql.rows(QUANTITY) == [{"quantity": 12}]
    assert await sql.row(HEADER) == {"line_count": 1, "total_cents": 12 * 30_510}


@rule("BASKET-7")
async def test_the_first_add_makes_a_basket(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    posts = [browser.post("/baskets/0/lines", {"sku": cast.dock.sku, "quantity": 1}) for _ in range(5)]
    answers = await asyncio.gather(*posts)
    assert {answer.status_code for answer in answers} == {303}
    assert await sql.value("SELECT count(*) FROM baskets") == 1
    assert await sql.value(QUANTITY) == 5
    assert "Basket “Basket 1” 1 line" in words(await browser.get("/baskets"))


@rule("BASKET-1", "CERT-1", "PRICE-4", "STOCK-2")
@pytest.mark.parametrize(
    ("goods", "quantity", "reason"),
    [
        ("uncertified", 1, "Needs the certification “Pike & Co Pro”, which Brightbyte Ltd does not hold."),
        ("on_request", 1, "Price on request."),
        ("discontinued", 4, "Discontinued: 3 are left. Replaced by 7RK2Q4."),
        ("cable", 3, "The next quantity is 5"),
        ("cable", 7, "The next quantity is 10"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
async def test_what_cannot_be_bought_is_refused_with_the_reason(
    ben: Browser, cast: Cast, goods: str, quantity: int, reason: str, htmx: bool
) -> None:
    code = getattr(cast, goods).vpn
    answer = await add(ben, code, quantity, htmx=htmx)
    assert answer.status_code == 422
    assert reason in words(answer)
    assert f'value="{code}"' in answer.text.replace("&amp;", "&")
    assert await sql.value(QUANTITY) is None


@rule("STOCK-2")
@pytest.mark.parametrize("htmx", [False, True])
async def test_what_is_added_to_a_line_is_told_the_number_to_type(ben: Browser, cast: Cast, htmx: bool) -> None:
    await add(ben, cast.cable.sku, 30)
    answer = await add(ben, cast.cable.sku, 2, htmx=htmx)
    assert answer.status_code == 422
    assert "With 30 in the basket: type 5 here, 35 in all." in words(answer)
    assert await sql.value(QUANTITY) == 30


@rule("PRICE-4")
async def test_a_price_on_request_names_whom_the_products_page_names(ben: Browser, cast: Cast) -> None:
    ask = "UPDATE companies SET account_manager = $1 WHERE id = $2"
    await sql.run(ask, cast.moana.id, cast.brightbyte)
    page = words(await ben.get(f"/products/{cast.on_request.sku}"))
    refusal = words(await add(ben, cast.on_request.sku, 1))
    for said in (page, refusal):
        assert "Moana Pike" in said
        assert "moana@harbour.example" in said
    assert "Ask Harbour" not in refusal


@rule("BASKET-8")
@pytest.mark.parametrize("typed", NO_QUANTITIES)
@pytest.mark.parametrize("line", ["", "/1"])
async def test_a_quantity_is_a_whole_number(ben: Browser, cast: Cast, typed: str | list[str], line: str) -> None:
    await add(ben, cast.dock.sku, 3)
    for htmx in (False, True):
        fields = {"sku": cast.dock.sku, "quantity": typed, "at": "basket"}
        answer = await ben.post(f"/baskets/1/lines{line}", fields, htmx=htmx)
        assert answer.status_code == 422
        assert "whole number" in words(answer)
        assert 'aria-invalid="true"' in answer.text
    assert await sql.value(QUANTITY) == 3


async def test_the_form_may_be_sent_without_a_quantity_or_code(ben: Browser, cast: Cast) -> None:
    for fields in ({}, {"sku": cast.dock.sku}, {"quantity": "1"}, {"sku": "\0", "quantity": "1"}):
        assert (await ben.post("/baskets/1/lines", fields)).status_code == 422


async def test_an_unknown_code_says_so(ben: Browser) -> None:
    answer = await add(ben, "<b>NOPE</b>")
    assert answer.status_code == 422
    assert "No product has the SKU, VPN, UPC or own number “<b>NOPE</b>”. Search for it" in words(answer)
    assert "<b>NOPE" not in answer.text


async def test_a_basket_holds_so_many_of_a_product(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, settings.max_quantity)
    answer = await add(ben, cast.dock.sku, 1)
    assert answer.status_code == 422
    assert "from 1 to 100,000" in words(answer)


async def test_a_line_of_another_basket_is_missing(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, 3)
    await ben.post("/baskets", {"name": "Second", "visibility": "private"})
    for path in ("", "/removal", "/restoration"):
        for address in ("/baskets/2/lines/1", "/baskets/1/lines/99", f"/baskets/1/lines/{2**63}"):
            assert (await ben.post(address + path, {"quantity": 1})).status_code == 404
