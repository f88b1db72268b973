"""Adding from a row of the list: the word about it stands in the row, in place and without script."""

import pytest

from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import with_basket
from tests.rules_named import rule

LIST = "/products?q=kestrel&in_stock=1&page=1"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with a current basket, number 1."""
    return await with_basket(browser, cast)


def typed(sku: str, quantity: object, back: str = LIST) -> dict[str, object]:
    return {"sku": sku, "quantity": quantity, "at": "list", "back": back}


@pytest.mark.parametrize("quantity", ["0", "1000000", "-1", "x", "", "9" * 20])
async def test_a_refused_quantity_stands_in_its_row_as_typed(ben: Browser, cast: Cast, quantity: str) -> None:
    answer = await ben.post("/baskets/0/lines", typed(cast.dock.sku, quantity), htmx=True)
    assert answer.status_code == 422
    assert "HX-Retarget" not in answer.headers
    assert f'value="{quantity[:12]}"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert answer.text.count("from 1 to 100,000") == 1 or not quantity


async def test_no_quantity_is_cut_by_its_field(ben: Browser, cast: Cast) -> None:
    for path in ("/products", f"/products/{cast.dock.sku}"):
        text = (await ben.get(path)).text
        field = text[text.index('name="quantity"') :][:300]
        assert "maxlength" not in field


@rule("STOCK-1")
async def test_the_row_says_what_is_added_and_what_waits(ben: Browser, cast: Cast) -> None:
    answer = await ben.post("/baskets/0/lines", typed(cast.dock.sku, 190), htmx=True)
    assert answer.status_code == 200
    assert "190 × KD-4410-PD added to" in words(answer)
    assert "184 ship now, 6 backordered" in words(answer)
    assert 'id="notice"' not in answer.text


@rule("STOCK-1")
async def test_a_row_says_what_a_typed_quantity_gets(ben: Browser, cast: Cast) -> None:
    address = f"/products/{cast.dock.sku}/availability?at=list&quantity="
    assert "184 ship now, 16 backordered" in words(await ben.get(address + "200", htmx=True))
    assert "from 1 to 100,000" in words(await ben.get(address + "0", htmx=True))


@rule("WEB-2")
async def test_without_script_a_good_add_leads_back_to_the_list(ben: Browser, cast: Cast) -> None:
    answer = await ben.post("/baskets/0/lines", typed(cast.dock.sku, 3))
    assert answer.headers["Location"].startswith("/products?q=kestrel&in_stock=1&page=1&added=")
    assert "3 × KD-4410-PD added to" in words(await ben.follow(answer))


@rule("WEB-2")
async def test_without_script_a_refused_add_shows_the_list_again(ben: Browser, cast: Cast) -> None:
    answer = await ben.post("/baskets/0/lines", typed(cast.dock.sku, 0))
    assert answer.status_code == 422
    assert "from 1 to 100,000" in words(answer)
    assert 'value="kestrel"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1


@pytest.mark.parametrize("back", ["https://evil.example/products", "//evil.example", "/logout", "", "/products?page=x"])
async def test_the_way_back_stays_on_the_list(ben: Browser, cast: Cast, back: str) -> None:
    answer = await ben.post("/baskets/0/lines", typed(cast.dock.sku, 1, back))
    assert answer.headers["Location"].startswith("/products?page=1&added=")


async def test_a_product_that_is_none_is_refused(ben: Browser) -> None:
    assert (await ben.post("/baskets/0/lines", typed("NONE", 1))).status_code == 422


@rule("STOCK-2")
async def test_one_message_says_which_quantities_are_sold(ben: Browser, cast: Cast) -> None:
    fields = {"sku": cast.cable.sku, "quantity": 7, "at": "product"}
    for htmx in (True, False):
        answer = await ben.post("/baskets/0/lines", fields, htmx=htmx)
        assert answer.status_code == 422
        assert words(answer).count("Sold in multiples") == (1 if htmx else 2)
        assert "ship now, 7" not in words(answer)
        assert 'aria-invalid="true"' in answer.text
