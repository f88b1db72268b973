"""After the log-in a form stands on its own page again, as it was filled in (LOGIN-9)."""

import re
from collections.abc import Mapping

import httpx
import pytest

from app.rules import baskets
from db import sql
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast, Person
from tests.checking_out import basket_of, buyer, filled, hidden, place, reviewed
from tests.rules_named import rule

pytestmark = rule("LOGIN-9")
WAITED = "Your session ended before this was sent"


async def after_log_in(browser: Browser, who: Person, path: str, fields: Mapping[str, str]) -> httpx.Response:
    """What `who` sees who logs in after the form was sent without a session."""
    await sql.run("DELETE FROM sessions")
    browser.sign_out()
    await browser.get("/login")
    kept = {"kept_path": path, "kept_name": list(fields), "kept_value": list(fields.values())}
    return await browser.post("/login", {"email": who.email, "password": PASSWORD, **kept})


async def test_a_check_out_stands_as_it_was(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    sent = await filled(browser, basket, po_number="KEPT-7", notes="Ring <twice>", ship="complete")
    page = await after_log_in(browser, cast.ben, f"/baskets/{basket}/order", sent)
    assert page.status_code == 200 and WAITED in words(page) and "Deliver" in words(page)
    assert 'value="KEPT-7"' in page.text and "Ring &lt;twice&gt;" in page.text and "$312.40" in words(page)
    assert '<option value="complete" selected' in page.text and hidden(page, "checkout") == {"token": sent["token"]}
    assert page.headers["HX-Replace-Url"] == f"/baskets/{basket}/order"


async def test_a_review_stands_as_it_was_and_can_be_placed(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    sent = await reviewed(browser, basket, po_number="KEPT-8")
    page = await after_log_in(browser, cast.ben, f"/baskets/{basket}/order", sent)
    assert WAITED in words(page) and "Place Order" in words(page)
    assert (await place(browser, basket, hidden(page, "place"))).status_code == 303


async def test_what_is_wrong_in_it_is_said_too(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    sent = await filled(browser, basket, po_number="x" * 40)
    page = await after_log_in(browser, cast.ben, f"/baskets/{basket}/order", sent)
    assert page.status_code == 422 and "x" * 40 in page.text and 'id="field-po_number-error"' in page.text


async def test_a_quantity_stands_in_its_row(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1), (cast.hub, 2))
    opened = await baskets.open(buyer(cast.ben), basket)
    path = f"/baskets/{basket}/lines/{opened.sums.lines[1].id}"
    page = await after_log_in(browser, cast.ben, path, {"quantity": "12", "version": "1", "was": "2"})
    row = page.text.partition(f'id="line-{opened.sums.lines[1].id}"')[2].partition("</tr>")[0]
    assert 'value="12"' in row and WAITED in row and page.text.count(WAITED) == 1


@pytest.mark.parametrize(
    ("path", "fields", "page_address"),
    [
        ("/baskets", {"name": "Lobby 9", "note": "two", "visibility": "private"}, "/baskets"),
        ("/baskets/{}", {"name": "Lobby 9", "note": "two"}, "/baskets/{}"),
        ("/baskets/{}/lines", {"sku": "Lobby 9", "quantity": "3", "at": "basket"}, "/baskets/{}"),
        ("/baskets/{}/copies", {"name": "Lobby 9"}, "/baskets/{}"),
        ("/account/addresses", {"name": "Lobby 9", "city": "Napier"}, "/account/addresses/new"),
        ("/account/addresses/1", {"name": "Lobby 9", "city": "Napier"}, "/account/addresses/1"),
    ],
)
async def test_a_form_stands_on_its_own_page(
    browser: Browser, cast: Cast, path: str, fields: dict[str, str], page_address: str
) -> None:
    basket = await basket_of(cast.dana, (cast.dock, 1))
    page = await after_log_in(browser, cast.dana, path.format(basket), fields)
    assert page.status_code == 200 and 'value="Lobby 9"' in page.text and "kept-1" not in page.text
    assert page.headers["HX-Replace-Url"] == page_address.format(basket)


async def test_another_person_finds_no_page_of_bens(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    paths = (f"/baskets/{basket}/order", f"/baskets/{basket}", f"/baskets/{basket}/lines/1", "/account/addresses/1")
    for who in (cast.sam, cast.vera):
        for path in (*paths, "/baskets/9999999999/order", "/desk/mail/1/delivery"):
            page = await after_log_in(browser, who, path, {"po_number": "KEPT-7", "quantity": "3"})
            assert page.status_code == 200 and "Your form as you filled it in" in words(page)
            assert "KD-4410" not in page.text and "Quay Street" not in page.text


async def left_by(browser: Browser, cast: Cast, who: Person) -> httpx.Response:
    """What `who` sees who logs in at the browser in which Dana's session ended while she added a user."""
    await browser.sign_in(cast.dana)
    shown = await browser.get("/account/users/new")
    await sql.run("DELETE FROM sessions")
    found = re.search(r'name="csrf" value="([^"]+)"', shown.text)
    fields = {"name": "Secret Person", "email": "secret@brightbyte.example"}
    asked = await browser.post("/account/users", fields, csrf=found[1] if found else "")
    assert asked.status_code == 401 and "Secret Person" in asked.text
    kept = dict(re.findall(r'name="(kept_path|kept_owner)" value="([^"]*)"', asked.text))
    browser.sign_out()
    await browser.get("/login")
    pairs = {"kept_name": list(fields), "kept_value": list(fields.values())}
    return await browser.post("/login", {"email": who.email, "password": PASSWORD, **kept, **pairs})


async def test_who_typed_it_finds_it_again(browser: Browser, cast: Cast) -> None:
    assert "Secret Person" in (await left_by(browser, cast, cast.dana)).text


@pytest.mark.parametrize("who", ["ben", "sam"])
async def test_nobody_else_is_shown_it(browser: Browser, cast: Cast, who: str) -> None:
    answer = await left_by(browser, cast, getattr(cast, who))
    assert answer.status_code == 200 and "The form belonged to another log-in and is not shown." in words(answer)
    assert "Secret Person" not in answer.text


@pytest.mark.parametrize("path", ["/quick-order", "/quick-order/checks"])
async def test_a_pasted_list_and_the_pad_stand_as_they_were(browser: Browser, cast: Cast, path: str) -> None:
    fields = {
        "basket": "new",
        "name": "Level <9>",
        "text": "NOPE-1\t3\nNOPE-2\t4",
        "codes": "7RK2Q4",
        "quantities": "12",
    }
    page = await after_log_in(browser, cast.ben, path, fields)
    assert page.status_code == 200 and WAITED in words(page) and "NOPE-1\t3\nNOPE-2\t4" in page.text
    assert 'value="7RK2Q4"' in page.text and 'value="12"' in page.text and "Level &lt;9&gt;" in page.text
    assert page.headers["HX-Replace-Url"] == "/quick-order"


@pytest.mark.parametrize("at", ["/part-numbers", "/part-numbers/{}"])
async def test_an_own_number_stands_as_it_was(browser: Browser, cast: Cast, at: str) -> None:
    sent = {"sku": cast.dock.sku, "number": "BB <7>"}
    page = await after_log_in(browser, cast.ben, at.format(cast.dock.sku), sent)
    assert WAITED in words(page) and 'value="BB &lt;7&gt;"' in page.text and f'value="{cast.dock.sku}"' in page.text
    assert page.headers["HX-Replace-Url"] == "/part-numbers"


async def test_a_list_of_own_numbers_stands_as_it_was(browser: Browser, cast: Cast) -> None:
    page = await after_log_in(browser, cast.ben, "/part-numbers/imports", {"text": "KD-1 <B>\nKD-2 C"})
    assert WAITED in words(page) and "KD-1 &lt;B&gt;\nKD-2 C" in page.text


async def test_a_search_and_its_new_name_stand_as_they_were(browser: Browser, cast: Cast) -> None:
    sent = {"name": "Docks <all>", "address": "/products?q=dock"}
    page = await after_log_in(browser, cast.ben, "/searches", sent)
    assert WAITED in words(page) and 'value="Docks &lt;all&gt;"' in page.text and "“dock”" in words(page)
    made = await browser.post("/searches", sent)
    number = made.headers["Location"].rpartition("=")[2]
    page = await after_log_in(browser, cast.ben, f"/searches/{number}", {"name": "Stations"})
    assert WAITED in words(page) and 'value="Stations"' in page.text and page.headers["HX-Replace-Url"] == "/searches"
    page = await after_log_in(browser, cast.sam, f"/searches/{number}", {"name": "Stations"})
    assert "Docks" not in page.text, "the row is not his"
