"""What the list says of what was asked, and the suggestions beside the search."""

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule


@rule("PROD-1")
async def test_a_page_without_hits_offers_no_idle_controls(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    answer = await browser.get("/products?q=zzzzqq")
    assert words(answer).count("No products found for “zzzzqq”") == 1
    assert 'name="sort"' not in answer.text
    assert "Ships now" not in words(answer)


@rule("PROD-1")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("price_min=abc", "Type an amount"),
        ("price_min=-5&price_max=7", "Type an amount"),
        ("price_max=1e9", "Type an amount"),
        ("price_min=500&price_max=100", "From 100 to 500"),
    ],
)
async def test_a_price_range_that_is_none_is_said_at_its_field(
    typed: str, said: str, browser: Browser, cast: Cast
) -> None:
    await browser.sign_in(cast.ben)
    for htmx in (True, False):
        answer = await browser.get(f"/products?q=kestrel&{typed}", htmx=htmx)
        assert answer.status_code == 422
        assert said in words(answer)
        assert answer.text.count('aria-invalid="true"') == 1
        assert f'value="{typed.partition("=")[2].partition("&")[0]}"' in answer.text


@rule("PROD-1", "PRICE-1")
async def test_suggestions_say_price_and_stock_to_those_who_see_them(browser: Browser, cast: Cast) -> None:
    for person, price in ((cast.ben, "$312.40"), (cast.vera, ""), (cast.sam, "$333.33")):
        await browser.sign_in(person)
        before = sql.statements()
        seen = words(await browser.get("/products/suggestions?q=KD-4410", htmx=True))
        assert sql.statements() - before <= 3
        assert "184 ship now" in seen
        assert ("$" in seen) == bool(price)
        assert price in seen
    browser.sign_out()
    seen = words(await browser.get("/products/suggestions?q=KD-4410", htmx=True))
    assert "KD-4410-PD" in seen
    assert "now" not in seen
    assert "$" not in seen


async def test_suggestions_answer_letters_that_no_code_has(browser: Browser, cast: Cast) -> None:
    assert (await browser.get("/products/suggestions?q=ŁŁȴ", htmx=True)).status_code == 200
