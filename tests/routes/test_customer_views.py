"""The customer view: the reseller's prices in four forms, and the cost in no byte of any (BASKET-14, PRICE-3)."""

import re

import pytest

from app.rules import customer_views, money
from app.rules.privileges import Privilege
from app.rules.selling_figures import marked_up
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast, new_person
from tests.quotes import BREAK, COSTS, FORMS, asked, csv_rows, offered, pdf_text, read, xlsx_rows
from tests.routes.basket_steps import stock_up, with_basket
from tests.rules_named import rule

SELLING = {"dock": 90_000_001, "hub": marked_up(COSTS["hub"], 1_789), "certified": marked_up(COSTS["certified"], 1_789)}
QUANTITIES = {"dock": 2, "hub": 3, "certified": 1}
GOODS = sum(SELLING[name] * count for name, count in QUANTITIES.items())
TAX = sum((SELLING[name] * count * 15 + 50) // 100 for name, count in QUANTITIES.items())
DISTRIBUTOR = ("harbour", "moana")


def secret_figures() -> list[int]:
    """Cents of one, of so many, of all, with tax, of a break, and what is left over the cost."""
    ones = [*COSTS.values(), BREAK]
    lines = [COSTS[name] * count for name, count in QUANTITIES.items()]
    taxes = [(cents * 15 + 50) // 100 for cents in lines]
    margins = [SELLING[name] - COSTS[name] for name in COSTS] + [
        (SELLING[name] - COSTS[name]) * count for name, count in QUANTITIES.items()
    ]
    return [*ones, *lines, sum(lines), *taxes, sum(taxes), sum(lines) + sum(taxes), *margins, GOODS - sum(lines)]


def leaks(text: str) -> list[str]:
    written = {
        form for cents in secret_figures() for form in (str(cents), money.written(cents)[1:], f"{cents / 100:.2f}")
    }
    told = [form for form in written if form in text]
    return told + re.findall(r"\b(?:17\.89|margin|markup|cost|thin)", text, re.IGNORECASE)


@rule("BASKET-14")
@pytest.mark.parametrize("form", FORMS)
async def test_no_byte_tells_the_cost(browser: Browser, cast: Cast, form: str) -> None:
    basket = await offered(cast, cast.dana)
    approve = 'INSERT INTO basket_approvals (basket, "user", approved_at) SELECT id, $1, created_at FROM baskets'
    await sql.run(approve, cast.ben.id)
    more = (Privilege.SEE_PRICES, Privilege.USE_BASKETS)
    colleague = await new_person("Cleo Park", "cleo@brightbyte.example", cast.brightbyte, *more)
    for person in (cast.dana, cast.ben, colleague):
        answer = await asked(await browser.sign_in(person), basket, form)
        assert answer.status_code == 200
        text = read(answer, form)
        assert money.written(SELLING["hub"])[1:].replace(",", "") in text.replace(",", "")
        assert not leaks(text)
        assert not [name for name in DISTRIBUTOR if name in text.lower()]


@rule("BASKET-14")
async def test_the_canary_sings_where_the_cost_stands(browser: Browser, cast: Cast) -> None:
    basket = await offered(cast, cast.dana)
    assert len(leaks((await (await browser.sign_in(cast.dana)).get(f"/baskets/{basket}/selling")).text)) > 10


@rule("BASKET-14", "PRICE-3")
async def test_all_four_forms_say_the_same_to_the_cent(browser: Browser, cast: Cast) -> None:
    basket = await offered(cast, cast.ben)
    await browser.sign_in(cast.ben)
    told = [money.written(cents) for cents in (GOODS, TAX, GOODS + TAX)]
    lines = [money.written(SELLING[name] * count) for name, count in QUANTITIES.items()]
    page, paper = words(await asked(browser, basket, "")), pdf_text((await asked(browser, basket, "pdf")).content)
    for text in (page, paper):
        assert all(figure in text for figure in [*told, *lines])
    for rows in (csv_rows(await asked(browser, basket, "csv")), xlsx_rows(await asked(browser, basket, "xlsx"))):
        totals = [round(float(row[4 if len(row) > 4 else -1]) * 100) for row in rows[1:4]]
        assert totals == [SELLING[name] * count for name, count in QUANTITIES.items()]
        assert [round(float(next(cell for cell in reversed(row) if cell)) * 100) for row in rows[4:]] == [
            GOODS,
            TAX,
            GOODS + TAX,
        ]


@rule("BASKET-14")
async def test_it_shows_the_reseller_and_nothing_that_leads_further_than_the_basket(
    browser: Browser, cast: Cast
) -> None:
    basket = await offered(cast, cast.ben)
    await sql.run("UPDATE companies SET phone = '+64 9 555 0199' WHERE id = $1", cast.brightbyte)
    answer = await asked(await browser.sign_in(cast.ben), basket, "")
    for said in ("Brightbyte Ltd", "12 Quay Street", "+64 9 555 0199", "Quote", "KD-4410-PD", "Kestrel Dock 4410"):
        assert said in words(answer)
    links = set(re.findall(r'<a [^>]*href="([^"]+)"', answer.text))
    own = f"/baskets/{basket}"
    assert links == {own, f"{own}/selling", *(f"{own}/customer?format={form}" for form in FORMS[1:])}
    assert not re.search(r"<(form|input)|data-cents|data-hx", answer.text)


@rule("BASKET-14")
async def test_without_a_markup_the_suggested_retail_price_stands(browser: Browser, cast: Cast) -> None:
    basket = await offered(cast, cast.ben)
    await sql.run("UPDATE baskets SET markup_basis_points = NULL")
    await sql.run("UPDATE products SET msrp_cents = NULL WHERE id = $1", cast.certified.id)
    await browser.sign_in(cast.ben)
    said = words(await asked(browser, basket, ""))
    assert "$99.00" in said
    assert "Price on request" in said
    assert "One price is on request and not in the total." in said
    assert money.written(2 * SELLING["dock"] + 3 * 9_900) in said
    assert csv_rows(await asked(browser, basket, "csv"))[3][3:] == ["", "", "Price on request"]
    assert "on request" in pdf_text((await asked(browser, basket, "pdf")).content)
    for form in FORMS:  # the customer is not told what kind of price it is
        assert "retail" not in read(await asked(browser, basket, form), form).lower()


@rule("PRICE-1", "BASKET-14")
@pytest.mark.parametrize("form", FORMS)
async def test_who_sees_no_prices_gets_no_figure(browser: Browser, cast: Cast, form: str) -> None:
    basket = await offered(cast, cast.ben)
    nia = await new_person("Nia Frost", "nia@brightbyte.example", cast.brightbyte, Privilege.USE_BASKETS)
    answer = await asked(await browser.sign_in(nia), basket, form)
    assert answer.status_code == 200
    text = read(answer, form)
    assert "KD-4410-PD" in text
    sold = [money.written(cents)[1:] for cents in (*SELLING.values(), GOODS, TAX, GOODS + TAX, 9_900, 42_900)]
    assert not [figure for figure in sold if figure in text or figure.replace(",", "") in text]
    assert not leaks(text)
    seen = pdf_text(answer.content) if form == "pdf" else text.partition("<body")[2] or text
    assert not re.search(r"price|subtotal|\$\d", seen, re.IGNORECASE)


@rule("PRICE-1", "BASKET-14")
async def test_what_nobody_may_show_is_not_even_asked_for(browser: Browser, cast: Cast) -> None:
    basket = await offered(cast, cast.ben)
    quote = await customer_views.quote(cast.ben.viewer(privileges=frozenset({Privilege.USE_BASKETS})), basket)
    assert [line.cents for line in quote.lines] == [None] * 3
    assert (quote.total_cents, quote.notes) == (0, ())


@rule("BASKET-14")
@pytest.mark.parametrize("state", ["archived_at", "template_at"])
async def test_an_ordered_basket_and_a_template_have_one_too(browser: Browser, cast: Cast, state: str) -> None:
    basket = await offered(cast, cast.ben)
    await sql.run(f"UPDATE baskets SET {state} = created_at")  # noqa: S608 (a word of this test)
    await browser.sign_in(cast.ben)
    for form in FORMS:
        assert (await asked(browser, basket, form)).status_code == 200


@rule("BASKET-14")
@pytest.mark.parametrize("form", FORMS)
async def test_whose_basket_it_is_not_finds_nothing(browser: Browser, cast: Cast, form: str) -> None:
    basket = await offered(cast, cast.dana, "private")
    for person, status in ((cast.sam, 404), (cast.ben, 404), (cast.vera, 403)):
        assert (await asked(await browser.sign_in(person), basket, form)).status_code == status


@rule("BASKET-14")
async def test_names_that_nobody_should_give_break_nothing(browser: Browser, cast: Cast) -> None:
    basket = await offered(cast, cast.ben)
    name = '<script>alert(1)</script> "\u202eשלום" ' + "e\u0301" * 15
    await sql.run("UPDATE baskets SET name = $1", name)
    await sql.run("UPDATE products SET name = $1", "=HYPERLINK(1) <b>" + "\u0301" * 150)
    await browser.sign_in(cast.ben)
    for form in FORMS:
        answer = await asked(browser, basket, form)
        assert answer.status_code == 200
        assert form or "<script>alert" not in answer.text
    assert csv_rows(await asked(browser, basket, "csv"))[1][1].startswith("'=")


@rule("BASKET-14")
async def test_many_lines_take_as_few_statements_as_one(browser: Browser, cast: Cast) -> None:
    await with_basket(browser, cast)
    counts = []
    for many in (1, 300):
        await sql.run("DELETE FROM basket_lines")
        await sql.run("DELETE FROM stock WHERE product >= 1000")
        await sql.run("DELETE FROM contract_prices WHERE product >= 1000")
        await sql.run("DELETE FROM products WHERE id >= 1000")
        await stock_up(cast, many)
        for path in ("/baskets/1/customer", "/baskets/1/customer?format=csv", "/baskets/1/selling"):
            before = sql.statements()
            assert (await browser.get(path)).status_code == 200
            counts.append(sql.statements() - before)
    assert counts[:3] == counts[3:]
    assert min(counts) > 2
