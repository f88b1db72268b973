"""What the search bears: any text, wrong values, few statements, changes of the catalogue, and its cap (PROD-1)."""

import pytest

from app.rules import search
from app.rules.privileges import PURCHASING
from app.rules.refusals import Invalid
from app.rules.search import Results
from app.rules.search_asked import Asked
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


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "-1"},
        {"size": "7"},
        {"sort": "random()"},
        {"price_min": "1e9"},
        {"vendor": "x' OR 1=1"},
        {"page": "9" * 30},
    ],
)
async def test_wrong_values_fall_back(asked: dict[str, str], ben: Viewer) -> None:
    assert (await found(ben, **asked)).asked.size == 25


@pytest.mark.parametrize(
    "q",
    [
        '"',
        "'",
        "a AND",
        "name:x",
        "(",
        "*",
        "NEAR(",
        "\\",
        "''",
        "-",
        "a:*",
        "%",
        "_",
        "é",
        "日本語",
        "x" * 5_000,
        "a " * 500,
    ],
)
async def test_no_text_breaks_the_search(q: str, world: Cast) -> None:
    assert (await found(q=q)).total >= 0


@pytest.mark.parametrize("q", ["dock\0", "dock\ud800", "\x1b[31m"])
async def test_a_text_that_no_database_takes_is_refused(q: str, world: Cast) -> None:
    with pytest.raises(Invalid):
        await found(q=q)


@pytest.mark.parametrize(
    "asked", [{}, {"q": "dock"}, {"q": "kestral dock"}, {"sort": "price"}, {"category": "Cables"}, {"size": "100"}]
)
async def test_a_page_takes_three_statements_at_most(asked: dict[str, str], ben: Viewer) -> None:
    before = sql.statements()
    await found(ben, **asked)
    assert sql.statements() - before <= 3


async def test_a_changed_product_is_found_by_its_new_words_alone(world: Cast) -> None:
    await sql.run("UPDATE products SET words = $1, vpn_key = 'NEWKEY1' WHERE vpn = 'NL-HUB7'", " peculiar \n  \n  ")
    assert vpns(await found(q="peculiar")) == ["NL-HUB7"]
    assert vpns(await found(q="newkey1")) == ["NL-HUB7"]
    assert vpns(await found(q="powered hub")) != ["NL-HUB7"]


async def test_a_removed_product_is_not_found(world: Cast) -> None:
    await sql.run("DELETE FROM products WHERE vpn = 'FEN-RT2'")
    assert "FEN-RT2" not in vpns(await found(q="FEN-RT2"))


async def test_the_cap_is_said(world: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    few = type("Few", (), {"search_hits": 10})()
    monkeypatch.setattr(search, "settings", few)
    results = await found()
    assert results.is_capped
    assert (results.total, results.pages) == (10, 1)


@rule("PROD-1")
async def test_a_list_without_words_counts_all_that_it_has(world: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    all_hits = await found(vendors="all")
    monkeypatch.setattr(search, "settings", type("Few", (), {"search_hits": 5})())
    capped = await found()
    assert (capped.counted, capped.more, capped.total) == (all_hits.hits, "", 5)
    assert (capped.in_stock, capped.returnable) == (all_hits.in_stock, all_hits.returnable)
    assert dict(capped.vendors) == dict(all_hits.vendors)
    assert capped.categories == all_hits.categories
    for branch in capped.categories:
        assert (await found(category=branch.path)).counted == branch.hits


@rule("PROD-1")
async def test_a_capped_search_marks_its_counts(world: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "settings", type("Few", (), {"search_hits": 2})())
    results = await found(q="kestrel")
    assert (results.counted, results.more) == (2, "+")


@rule("PROD-1")
async def test_only_the_first_vendors_show_until_all_are_asked_for(
    world: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FIRST_VENDORS", 2)
    few, every = await found(), await found(vendors="all")
    assert len(few.vendors) == 2
    assert few.vendor_count == every.vendor_count == len(every.vendors)
    assert every.vendors[:2] == few.vendors
