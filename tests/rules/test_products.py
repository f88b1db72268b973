"""Codes, words, and the one reason against buying a product (PROD-2, PROD-3, CERT-1, PRICE-4, BASKET-1)."""

from typing import Any

import pytest

from app.rules import prices, products
from app.rules.privileges import PURCHASING, Privilege
from app.rules.products import Obstacle
from app.rules.search_text import terms_of, words_of
from app.rules.viewers import VISITOR, Viewer
from db import sql
from tests.cast import Cast
from tests.goods import Goods
from tests.rules_named import rule

ALL_BUYING = frozenset(str(privilege) for privilege in PURCHASING)


@pytest.fixture
def ben(cast: Cast) -> Viewer:
    return cast.ben.viewer(company_name="Brightbyte Ltd", privileges=ALL_BUYING)


async def obstacle(viewer: Viewer, goods: Goods) -> Obstacle | None:
    [product] = await products.rows([goods.id], viewer)
    offers = await prices.offers(viewer.company_id, [goods.id], products.today())
    return products.why_not(viewer, product, offers[goods.id])


@rule("BASKET-1", "CERT-1", "PRICE-4")
async def test_each_reason_has_its_kind(cast: Cast, ben: Viewer) -> None:
    vera = cast.vera.viewer(privileges=frozenset({str(Privilege.SEE_AVAILABILITY)}))
    asked: list[tuple[Viewer, Goods, str]] = [
        (VISITOR, cast.dock, "login"),
        (vera, cast.dock, "privilege"),
        (ben, cast.uncertified, "certification"),
        (ben, cast.on_request, "price"),
    ]
    assert [found.kind for viewer, goods, _ in asked if (found := await obstacle(viewer, goods))] == [
        kind for _, _, kind in asked
    ]
    assert await obstacle(ben, cast.dock) is None


@rule("CERT-1")
async def test_the_way_to_a_certification_stands_there(cast: Cast, ben: Viewer) -> None:
    found = await obstacle(ben, cast.uncertified)
    assert found
    assert "Pike & Co Pro" in found.reason
    assert "Pass the Pike & Co Pro course." in found.how


@rule("CERT-1")
async def test_a_certification_counts_until_its_last_day(cast: Cast, ben: Viewer) -> None:
    assert await obstacle(ben, cast.certified) is None
    await sql.run("UPDATE company_certifications SET valid_to = '2020-01-01'")
    found = await obstacle(ben, cast.certified)
    assert found
    assert found.kind == "certification"


@rule("STOCK-2")
async def test_sold_out_and_discontinued_names_its_replacement(cast: Cast, ben: Viewer) -> None:
    assert await obstacle(ben, cast.discontinued) is None
    await sql.run("UPDATE stock SET available = 0 WHERE product = $1", cast.discontinued.id)
    found = await obstacle(ben, cast.discontinued)
    assert found
    assert found.words == f"Discontinued and sold out. Replaced by {cast.dock.sku}."


@rule("PROD-1")
async def test_a_code_names_a_product_however_it_is_written(cast: Cast) -> None:
    for code in (cast.dock.sku, cast.dock.sku.lower(), "KD-4410-PD", "kd4410pd", " KD 4410 PD "):
        assert await products.by_code(code) == [cast.dock.id], code
    assert await products.by_code("nothing") == []
    assert await products.by_code("\0") == []
    assert await products.by_code("日本") == []


async def test_many_codes_take_one_statement(cast: Cast) -> None:
    before = sql.statements()
    found = await products.by_codes([cast.dock.sku, cast.hub.vpn, "unknown", ""])
    assert sql.statements() - before == 1
    assert found == {cast.dock.sku: [cast.dock.id], cast.hub.vpn: [cast.hub.id], "unknown": []}


async def test_rows_come_in_the_order_asked_for(cast: Cast, ben: Viewer) -> None:
    ids = [cast.hub.id, cast.dock.id, 999_999, cast.cable.id]
    assert [row["id"] for row in await products.rows(ids, ben)] == [cast.hub.id, cast.dock.id, cast.cable.id]


@pytest.mark.parametrize(
    ("description", "pairs", "text"),
    [
        ("color: black; size: 140", [("color", "black"), ("size", "140")], ""),
        ("A plain sentence; with a semicolon.", [], "A plain sentence; with a semicolon."),
        ("ratio: 16:9", [("ratio", "16:9")], ""),
        ("", [], ""),
    ],
)
@rule("PROD-2")
def test_a_description_of_pairs_is_a_table(description: str, pairs: Any, text: str) -> None:
    assert products.specifications(description) == (pairs, text)


def test_words_are_folded_and_bounded() -> None:
    words = words_of("Café 27″ Écran 16 GB", "ÉLAN", "A > B", "colour: noir; " * 500, "X-1/2", "ABC123")
    assert " cafe " in words
    assert " 16gb " in words
    assert " x12 " in words
    assert len(words) < 9_000
    assert len(words_of("x" * 9_000, "", "", "y " * 9_000, "", "")) < 9_000


def test_terms_are_bounded_and_told_apart() -> None:
    assert terms_of("16 GB Docks docks") == ["16gb", "dock"]
    assert terms_of("batteries switches boxes bus glass") == ["batter", "switch", "box", "bus", "glass"]
    assert len(terms_of(" ".join(f"w{number}" for number in range(50)))) == 10
    assert terms_of("?!") == []
