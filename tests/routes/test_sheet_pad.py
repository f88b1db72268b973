"""The page of Quick Order: its pad, what is pasted into it, and the lists that wait (BASKET-11)."""

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule
from tests.sheet_steps import bens, pad, sheet_of

pytestmark = rule("BASKET-11")


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await bens(browser, cast)


async def test_what_is_pasted_into_the_pad_is_read_as_a_list(ben: Browser, cast: Cast) -> None:
    text = f"Qty\tSKU\tNote\n2\t{cast.dock.sku}\tfor level 4\n1\tNOPE\t"
    answer = await ben.post("/quick-order/readings", {"text": text})
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert (
        answer.text == f"{cast.dock.sku}\t2\tfor level 4\nNOPE\t1"
        and await sql.value("SELECT count(*) FROM sheets") == 0
    )
    for text, cells in (("3 x CFQJQ7", "CFQJQ7\t3"), ("KD-4408 x2", "KD-4408\t2"), ("SKU\nKD-1\nKD-2", "KD-1\nKD-2")):
        assert (await ben.post("/quick-order/readings", {"text": text})).text == cells
    assert (await ben.post("/quick-order/readings", {"text": " "})).status_code == 422


async def test_a_note_that_was_pasted_goes_with_its_row(ben: Browser, cast: Cast) -> None:
    fields = {"basket": 1, "notes": ["for level 4", ""], **pad((cast.dock.sku, 2), ("NOPE", 1))}
    piece = await ben.post("/quick-order/checks", fields, htmx=True)
    assert "for level 4" in words(piece)
    assert "for level 4" in words(await ben.follow(await ben.post("/quick-order", fields)))


async def test_candidates_of_the_pad_fill_its_field(ben: Browser, cast: Cast) -> None:
    await sql.run(
        "UPDATE products SET vpn = 'SAME-1', vpn_key = 'SAME1' WHERE id IN ($1, $2)", cast.dock.id, cast.hub.id
    )
    fields = {"basket": 1, **pad(("SAME-1", 2), ("NOPE", 1))}
    piece = " ".join((await ben.post("/quick-order/checks", fields, htmx=True)).text.split())
    assert f'data-fills="#pad-1-code" data-value="{cast.hub.sku}"' in piece and 'href="/products?q=NOPE"' in piece


async def test_lists_that_wait_say_what_is_to_mend(ben: Browser, cast: Cast) -> None:
    at = await sheet_of(ben, f"{cast.dock.sku}\t2\nNOPE-1\t3")
    assert "2 rows of a typed list just now" in words(await ben.get("/quick-order"))
    await ben.post(f"{at}/basket", {"basket": 1})
    for number in range(6):
        await sheet_of(ben, f"NOPE-{number}")
    page = words(await ben.get("/quick-order"))
    assert "1 to mend of 2 in a typed list" in page and "2 older" in page
    await ben.post(f"{at}/removal")
    assert "to mend of" not in words(await ben.get("/quick-order"))


async def test_the_current_basket_stands_first(ben: Browser) -> None:
    await ben.post("/baskets", {"name": "Newer", "visibility": "private"})
    await ben.post("/baskets/1/current")
    await ben.post("/baskets/2", {"name": "Newest", "visibility": "private"})
    page = words(await ben.get("/quick-order"))
    assert page.index("Fit-out (the current one)") < page.index("Newest")
