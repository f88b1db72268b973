"""The search over a small catalogue: words, codes, slips, filters, orders, and how little it asks (PROD-1, PRICE-1)."""

import pytest

from app.rules import search, search_slips
from app.rules.privileges import PURCHASING, Privilege
from app.rules.search import Results
from app.rules.search_asked import Asked
from app.rules.search_text import terms_of
from app.rules.viewers import VISITOR, Viewer
from db import sql
from tests.cast import Cast
from tests.rules_named import rule
from tests.search_world import shelve, small_rows

ALL_BUYING = frozenset(str(privilege) for privilege in PURCHASING)


@pytest.fixture
async def world(cast: Cast) -> Cast:
    await shelve(small_rows())
    return cast


@pytest.fixture
def ben(world: Cast) -> Viewer:
    return world.ben.viewer(company_name="Brightbyte Ltd", privileges=ALL_BUYING)


async def found(viewer: Viewer = VISITOR, **asked: str) -> Results:
    return await search.find(Asked.read(asked), viewer)


def vpns(results: Results) -> list[str]:
    return [product["vpn"] for product in results.products]


@rule("PROD-1")
async def test_an_exact_code_comes_before_words(world: Cast) -> None:
    assert vpns(await found(q="NL-HUB7"))[0] == "NL-HUB7"
    assert vpns(await found(q="7340112300715")) == ["NL-HUB7"]
    assert vpns(await found(q="c6y3ge"))[0] == "NL-HUB7"


@rule("PROD-1")
async def test_part_of_a_code_is_found_from_three_characters(world: Cast) -> None:
    assert "PC-TB4-14" in vpns(await found(q="B41"))
    assert "PC-TB4-14" not in vpns(await found(q="B4"))


@rule("PROD-1")
async def test_every_word_counts_by_its_beginning(world: Cast) -> None:
    assert vpns(await found(q="thunderb do"))[0] == "PC-TB4-14"
    assert vpns(await found(q="cafe optik 4k")) == ["CAF-M32U"]


@rule("PROD-1")
async def test_hits_in_the_name_stand_before_others(world: Cast) -> None:
    assert vpns(await found(q="toner"))[-1] == "PC-LJ400"


@rule("PROD-1")
async def test_a_slip_is_mended_and_said(world: Cast) -> None:
    results = await found(q="kestral dock")
    assert results.instead == "kestrel dock"
    assert {"KD-4410-PD", "KD-4408"} <= set(vpns(results))


async def test_two_letters_are_swapped_in_a_short_word_but_not_guessed_in_a_shorter(world: Cast) -> None:
    assert (await found(q="dcok")).instead == "dock"
    assert search_slips.nearest("ab", ["abc"]) == ""
    assert search_slips.nearest("kestrle1", ["kestrel"]) == ""


@rule("PROD-1")
@pytest.mark.parametrize(("typed", "named"), [("earphones", "headset"), ("screens", "monitor"), ("display", "monitor")])
async def test_another_word_for_the_same_finds_it(typed: str, named: str, world: Cast) -> None:
    expected = {product["sku"] for product in (await found(q=named)).products if named in product["name"].lower()}
    assert expected
    assert expected <= {product["sku"] for product in (await found(q=typed)).products}


async def test_two_words_may_be_one() -> None:
    assert terms_of("USB sticks 64 GB") == ["pendrive", "64gb"]
    assert terms_of("usb hub stick") == ["usb", "hub", "stick"]


async def test_fewer_words_do_where_nothing_has_all(world: Cast) -> None:
    results = await found(q="thunderbolt dock headset")
    assert results.some_words
    assert vpns(results)[0] == "PC-TB4-14"


async def test_words_that_nothing_has_find_nothing(world: Cast) -> None:
    assert (await found(q="zzzzzz qqqqqq")).total == 0
    assert (await found(q="?! ---")).total == 0


@rule("PROD-1")
async def test_a_category_holds_what_is_below_it(world: Cast) -> None:
    docks = await found(category="Docking stations")
    assert {"KD-4408", "NL-UD3000/EU", "PC-TB4-14"} <= set(vpns(docks))
    assert [branch.name for branch in docks.categories] == ["Thunderbolt", "USB-C", "Universal"]
    assert vpns(await found(q="kestrel", category="Cables")) == vpns(await found(category="Cables > USB"))


@rule("PROD-1")
async def test_vendor_and_words_together(world: Cast) -> None:
    results = await found(q="cable", vendor="Norrland")
    assert sorted(vpns(results)) == ["NL-DP-2", "NL-HDMI-3"]
    assert results.vendors == [("Norrland", 2)]


@rule("PROD-1")
async def test_counts_are_of_all_hits_not_of_the_page(world: Cast) -> None:
    results = await found(size="25")
    assert results.total == await sql.value("SELECT count(*) FROM products") > 25
    assert sum(branch.hits for branch in results.categories) >= len(small_rows())


@rule("STOCK-1")
async def test_in_stock_shows_only_what_is_there(ben: Viewer, world: Cast) -> None:
    results = await found(ben, in_stock="1")
    assert results.total == results.in_stock
    assert all(product["available"] > 0 for product in results.products)
    assert world.hub.sku not in {product["sku"] for product in results.products}


async def test_who_sees_no_stock_gets_neither_its_filter_nor_its_order(world: Cast) -> None:
    results = await found(VISITOR, in_stock="1", sort="availability")
    assert (results.asked.in_stock, results.asked.sort) == (False, "best")
    assert all(product["levels"] == [] for product in results.products)


@rule("PRICE-1")
async def test_prices_filter_and_order_for_who_sees_them(ben: Viewer) -> None:
    results = await found(ben, sort="price", price_min="20", price_max="130")
    cents = [line.price.cents for line in results.lines if line.price]
    assert cents == sorted(cents)
    assert cents[0] >= 2_000
    assert cents[-1] <= 13_000
    assert len(cents) == results.total > 2


@rule("PRICE-1", "PROD-4")
async def test_without_the_privilege_there_is_no_order_by_price(world: Cast) -> None:
    vera = world.vera.viewer(privileges=frozenset({str(Privilege.SEE_AVAILABILITY)}))
    plain, asked = await found(vera), await found(vera, sort="price", price_min="100", price_max="200")
    assert vpns(asked) == vpns(plain)
    assert not any(line.price for line in asked.lines)


async def test_the_highest_price_first(ben: Viewer) -> None:
    results = await found(ben, sort="price_down")
    cents = [line.price.cents for line in results.lines if line.price]
    assert cents == sorted(cents, reverse=True)


async def test_names_and_vendors_in_their_order(world: Cast) -> None:
    names = [product["name"].casefold() for product in (await found(category="Storage", sort="name")).products]
    assert names == sorted(names)
    vendors = [product["vendor"] for product in (await found(q="usb", sort="vendor")).products]
    assert vendors == sorted(vendors)


@rule("PROD-1")
async def test_pages_hold_each_hit_once(world: Cast) -> None:
    first, second = await found(page="1"), await found(page="2")
    assert len(first.products) == 25
    assert not {product["id"] for product in first.products} & {product["id"] for product in second.products}
    assert (await found(page="999")).products == []
