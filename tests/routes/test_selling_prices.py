"""Setting what the customer pays: a markup for all, a price for one, by who may edit and sees prices (BASKET-14)."""

from collections.abc import Mapping

import pytest

from app.rules.privileges import Privilege
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast, new_person
from tests.routes.basket_steps import add, with_basket
from tests.routes.test_kept_forms import WAITED, after_log_in
from tests.rules_named import rule

MARKUP = "SELECT markup_basis_points FROM baskets WHERE id = 1"
PRICE = "SELECT selling_cents FROM basket_lines WHERE id = 1"
POSTS: list[tuple[str, Mapping[str, object]]] = [
    ("/baskets/1/selling", {"markup": "12.5"}),
    ("/baskets/1/lines/1/selling", {"price": "500"}),
    ("/baskets/1/lines/1/selling/removal", {}),
]


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with basket 1: two docks ($312.40) in line 1, a hub ($61.25) in line 2."""
    await with_basket(browser, cast)
    await add(browser, cast.dock.sku, 2)
    await add(browser, cast.hub.sku, 1)
    return browser


@rule("BASKET-14")
async def test_ben_marks_up_all_lines_plainly(ben: Browser) -> None:
    answer = await ben.post("/baskets/1/selling", {"markup": "12.5", "was": ""})
    assert answer.headers["Location"] == "/baskets/1/selling?saved=1"
    said = words(await ben.follow(answer))
    assert "Markup saved." in said
    assert "$312.40" in said and "$351.45 markup" in said and "$702.90 $78.10 11.1 %" in said
    assert "$351.45" in words(await ben.get("/baskets/1/customer"))


@rule("BASKET-14")
async def test_ben_marks_up_all_lines_in_place(ben: Browser) -> None:
    answer = await ben.post("/baskets/1/selling", {"markup": "12.5 %"}, htmx=True)
    assert answer.status_code == 200
    assert '<div id="selling"' in answer.text and "<html" not in answer.text
    assert await sql.value(MARKUP) == 1_250


@rule("BASKET-14")
async def test_a_price_of_its_own_stands_before_the_markup_and_can_be_cleared(ben: Browser) -> None:
    await ben.post("/baskets/1/selling", {"markup": "10"})
    answer = await ben.post("/baskets/1/lines/1/selling", {"price": "300.00", "was": ""})
    assert answer.headers["Location"] == "/baskets/1/selling?priced=1"
    said = words(await ben.follow(answer))
    assert "KD-4410-PD: saved." in said
    assert "$300.00 own price" in said and "-$24.80 -4.1 %" in said
    await ben.follow(await ben.post("/baskets/1/lines/1/selling/removal"))
    assert await sql.value(PRICE) is None


@rule("BASKET-14")
async def test_one_price_changes_its_line_and_the_sums_in_place(ben: Browser) -> None:
    for path, fields in POSTS[1:]:
        answer = await ben.post(path, fields, htmx=True)
        assert answer.status_code == 200
        assert 'data-hx-target="#selling-line-1"' in answer.text and 'data-hx-target="#selling-sums"' in answer.text
        assert "selling-line-2" not in answer.text and "<html" not in answer.text


@rule("BASKET-14")
@pytest.mark.parametrize("htmx", [False, True])
async def test_what_is_no_figure_stays_with_its_reason(ben: Browser, htmx: bool) -> None:
    for path, fields, reason in (
        ("/baskets/1/selling", {"markup": "0"}, "Type a markup from 0.01 to 1,000 %"),
        ("/baskets/1/lines/1/selling", {"price": "½ <b>"}, "is not an amount of money"),
    ):
        answer = await ben.post(path, fields, htmx=htmx)
        assert answer.status_code == 422
        assert reason in words(answer)
        typed = "0" if "markup" in fields else "½ &lt;b&gt;"
        assert f'value="{typed}"' in answer.text
    assert await sql.value(MARKUP) is None
    assert await sql.value(PRICE) is None


@rule("BASKET-10", "BASKET-14")
@pytest.mark.parametrize("htmx", [False, True])
async def test_a_stale_price_is_shown_beside_the_newer(ben: Browser, htmx: bool) -> None:
    await ben.post("/baskets/1/lines/1/selling", {"price": "400", "was": ""})
    await ben.post("/baskets/1/selling", {"markup": "20", "was": ""})
    late = await ben.post("/baskets/1/lines/1/selling", {"price": "500", "was": ""}, htmx=htmx)
    assert (late.status_code, await sql.value(PRICE)) == (409, 40_000)
    assert "Its price is 400.00 by now." in words(late)
    assert 'value="500"' in late.text and 'name="was" value="400.00"' in " ".join(late.text.split())
    late = await ben.post("/baskets/1/selling", {"markup": "30", "was": ""}, htmx=htmx)
    assert (late.status_code, await sql.value(MARKUP)) == (409, 2_000)
    assert "The markup is 20 % by now." in words(late)
    assert (await ben.post("/baskets/1/lines/1/selling", {"price": "400.0", "was": ""})).status_code == 303


@rule("BASKET-14", "PRICE-1")
@pytest.mark.parametrize(("path", "fields"), POSTS)
async def test_who_may_not_set_prices_is_refused(
    ben: Browser, cast: Cast, path: str, fields: Mapping[str, object]
) -> None:
    nia = await new_person("Nia Frost", "nia@brightbyte.example", cast.brightbyte, Privilege.USE_BASKETS)
    await sql.run("UPDATE baskets SET visibility = 'shared'")
    await sql.run(
        'INSERT INTO basket_approvals (basket, "user", approved_at) SELECT 1, $1, created_at FROM baskets', nia.id
    )
    for person, reason in ((nia, "see prices"), (cast.vera, "use baskets"), (cast.dana, "Ben Ito can change it")):
        await ben.sign_in(person)
        for answer in (await ben.post(path, fields), await ben.get("/baskets/1/selling")):
            assert answer.status_code == 403
            assert reason in words(answer)
            assert "$3" not in words(answer)
    assert (await sql.value(MARKUP), await sql.value(PRICE)) == (None, None)


@rule("BASKET-14")
@pytest.mark.parametrize(("path", "fields"), POSTS)
async def test_a_strangers_basket_does_not_exist(
    ben: Browser, cast: Cast, path: str, fields: Mapping[str, object]
) -> None:
    await ben.sign_in(cast.sam)
    strange = await ben.post(path, fields)
    missing = await ben.post(path.replace("/1/", "/987654/", 1), fields)
    assert (strange.status_code, missing.status_code) == (404, 404)
    assert (await ben.get("/baskets/1/selling")).status_code == 404


@pytest.mark.parametrize("line", [0, 987_654, 2**31, 10**18])
async def test_a_line_that_is_not_there_has_no_price(ben: Browser, line: int) -> None:
    for fields in ({"price": "5"}, {"price": "abc"}):
        assert (await ben.post(f"/baskets/1/lines/{line}/selling", fields)).status_code == 404


async def test_a_removed_line_has_no_price(ben: Browser) -> None:
    await ben.post("/baskets/1/lines/1/removal")
    for htmx in (False, True):
        assert (await ben.post("/baskets/1/lines/1/selling", {"price": "5"}, htmx=htmx)).status_code == 404


@pytest.mark.parametrize(("path", "_fields"), POSTS)
async def test_a_look_changes_nothing(ben: Browser, path: str, _fields: Mapping[str, object]) -> None:
    answer = await ben.get(f"{path}?markup=5&price=5")
    assert answer.status_code in (200, 405)
    assert (await sql.value(MARKUP), await sql.value(PRICE)) == (None, None)


async def test_an_archived_basket_keeps_its_prices(ben: Browser) -> None:
    await sql.run("UPDATE baskets SET archived_at = created_at")
    for path, fields in POSTS:
        assert (await ben.post(path, fields)).status_code == 403


@rule("LOGIN-9", "BASKET-14")
async def test_what_was_typed_is_found_again_after_the_log_in(ben: Browser, cast: Cast) -> None:
    for path, fields in POSTS[:2]:
        page = await after_log_in(ben, cast.ben, path, {name: str(typed) for name, typed in fields.items()})
        assert page.status_code == 200
        assert WAITED in words(page)
        assert f'value="{next(iter(fields.values()))}"' in page.text
        assert page.headers["HX-Replace-Url"] == "/baskets/1/selling"
