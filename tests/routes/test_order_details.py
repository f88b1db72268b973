"""Order Details say what the data knows: where goods are collected, and what was cancelled (ORDER-6)."""

import re

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of, filled, placed


async def test_goods_that_are_collected_go_nowhere(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 2), (cast.hub, 1))
    await browser.sign_in(cast.ben)
    form = await filled(browser, basket, delivery_method="pickup")
    review = words(await browser.post(f"/baskets/{basket}/order", form))
    number = await placed(browser, basket, delivery_method="pickup")
    mail = await sql.row("SELECT text, html FROM notices")
    assert mail
    for told in (review, words(await browser.get(f"/orders/{number}")), mail["text"], mail["html"]):
        assert (
            re.search(r"ollect(ed)? at\s+Auckland", told)
            and "Deliver to" not in told
            and "Delivery address" not in told
        )


async def test_what_is_printed_has_a_letterhead(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    pages = [await browser.get(f"/baskets/{basket}")]
    pages.append(await browser.post(f"/baskets/{basket}/order", await filled(browser, basket, po_number="4500-9")))
    pages.append(await browser.get(f"/orders/{await placed(browser, basket, po_number='4500-9')}"))
    pages.append(await browser.get(f"/baskets/{basket}"))
    heads = [page.text.partition('class="letterhead only-print"')[2].partition("</div>")[0] for page in pages]
    assert all("Harbour Distribution" in head and "Account" in head for head in heads)
    headings = [page.text.partition("<h1")[2].partition("</header>")[0] for page in pages]
    assert ["4500-9" in heading for heading in headings] == [False, True, True, False]


async def test_a_cancelled_line_says_so(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    number = await placed(browser, await basket_of(cast.ben, (cast.dock, 2), (cast.hub, 1)))
    await sql.run("DELETE FROM order_parts")
    await sql.run("UPDATE order_lines SET cancelled = 1 WHERE vpn LIKE 'KD%'")
    page = words(await browser.get(f"/orders/{number}"))
    assert "1 cancelled" in page and "3 ordered, 0 shipped, 1 cancelled." in page
