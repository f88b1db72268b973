"""Every parameter of every list against what nobody should type, and any text at all: answered, alike everywhere."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.forms import Form, TooMuch
from app.rules import money, order_states
from app.rules.refusals import Invalid
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of, placed
from tests.rules_named import rule
from tests.safety.typed import CONTROL, NASTY, Fits, anything, encoded, one_of

any_text = st.text(st.characters(exclude_categories=[]), max_size=60)


def day(typed: str) -> bool:
    return not " ".join(typed.split())


def typable(typed: str) -> bool:
    return not CONTROL.search(typed.strip())


def amount(typed: str) -> bool:
    try:
        return not typed.strip() or money.read(typed) >= 0
    except Invalid:
        return False


# Who asks, where, and what each parameter takes; what it does not take is 422.
PRODUCTS: dict[str, Fits] = {
    **dict.fromkeys(("q", "vendor", "category"), typable),
    **dict.fromkeys(("sort", "page", "size", "in_stock", "returnable"), anything),
    **dict.fromkeys(("price_min", "price_max"), amount),
}
LISTS: dict[str, tuple[str, dict[str, Fits]]] = {
    "/products": ("ben", PRODUCTS),
    "/products/suggestions": ("ben", {"q": anything}),
    "/products/7RK2Q4": ("ben", {"quantity": anything}),
    "/products/7RK2Q4/availability": ("ben", {"quantity": anything}),
    "/orders": (
        "ben",
        {"q": anything, "page": anything, "from": day, "to": day, "state": one_of("", *order_states.NAMES)},
    ),
    "/account/addresses": ("ben", {"q": anything, "page": anything}),
    "/baskets": ("ben", dict.fromkeys(("removed", "current", "q", "sort", "order", "page", "show"), anything)),
    "/company-baskets": ("ben", dict.fromkeys(("q", "sort", "order", "page", "show"), anything)),
    "/part-numbers": ("ben", dict.fromkeys(("q", "page", "format"), anything)),
    "/favourites": ("ben", dict.fromkeys(("q", "sort", "page"), anything)),
    "/searches": ("ben", {"removed": anything}),
    "/desk/mail": ("moana", {"q": anything, "state": anything, "page": anything}),
}
ASKED = [(path, name) for path, (_, names) in LISTS.items() for name in names]


@rule("PROD-1", "ORDER-5")
@pytest.mark.parametrize(("path", "name"), ASKED)
async def test_whatever_is_asked_is_answered(browser: Browser, cast: Cast, path: str, name: str) -> None:
    who, fits = LISTS[path][0], LISTS[path][1][name]
    await browser.sign_in(getattr(cast, who))
    for kind, typed in NASTY.items():
        asked = encoded(typed[:2_000])
        for query in (f"{name}={asked}", f"{name}={asked}&{name}=1", f"{name}=1&{name}={asked}"):
            answer = await browser.get(f"{path}?{query}")
            assert answer.status_code in {200, 422}, (kind, query[:80])
        alone = await browser.get(f"{path}?{name}={asked}")
        assert alone.status_code == (200 if fits(shown(typed[:2_000])) else 422), kind


def shown(typed: str) -> str:
    """An address is read leniently: bytes that are no UTF-8 become a mark, what cannot be seen a blank."""
    return typed.encode("utf-8", "replace").decode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=any_text, vendor=any_text, sort=any_text, price=any_text, page=any_text)
async def test_any_search_at_all_is_answered(
    browser: Browser, cast: Cast, q: str, vendor: str, sort: str, price: str, page: str
) -> None:
    names = {"q": q, "vendor": vendor, "sort": sort, "price_min": price, "page": page}
    query = "&".join(f"{name}={encoded(text)}" for name, text in names.items())
    for path in ("/products", "/products/suggestions", "/orders"):
        assert (await browser.get(f"{path}?{query}")).status_code in {200, 303, 422}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=any_text)
async def test_a_note_is_kept_as_it_was_typed_or_not_at_all(browser: Browser, cast: Cast, typed: str) -> None:
    await browser.sign_in(cast.ben)
    await sql.run("DELETE FROM baskets")
    body = f"csrf={browser.csrf}&name=Fit-out&visibility=private&note={encoded(typed)}"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await browser.http.post("/baskets", content=body, headers=form)
    kept = [row["note"] for row in await sql.rows("SELECT note FROM baskets")]
    assert (answer.status_code, kept) in [(303, [typed.strip().replace("\r\n", "\n")]), (422, [])]


@given(st.binary(max_size=400))
def test_any_bytes_are_a_form(body: bytes) -> None:
    form = Form.parse(body)
    for name in ("", "a", *(name for name, _ in form.pairs)):
        form.text(name, 20, "x")
        form.whole(name, 1, 9)
        form.choice(name, ("a",))
    assert all(isinstance(text, str) for text in form.typed().values())


def test_a_form_of_too_many_fields_is_none() -> None:
    with pytest.raises(TooMuch):
        Form.parse(b"a&" * 1_000)


@rule("ORDER-5")
@pytest.mark.parametrize(
    ("zone", "placed_at", "there"),
    [
        ("Pacific/Auckland", datetime(2026, 12, 31, 11, 30, tzinfo=UTC), "2027-01-01"),
        ("America/New_York", datetime(2027, 1, 1, 4, 30, tzinfo=UTC), "2026-12-31"),
        ("Pacific/Auckland", datetime(2028, 2, 28, 12, 30, tzinfo=UTC), "2028-02-29"),
        ("Pacific/Auckland", datetime(2026, 9, 26, 13, 59, tzinfo=UTC), "2026-09-27"),  # 02:30 never is, that night
        ("Pacific/Auckland", datetime(2026, 4, 4, 14, 30, tzinfo=UTC), "2026-04-05"),  # 02:30 is twice, that night
        ("Pacific/Kiritimati", datetime(2026, 6, 1, 10, 0, tzinfo=UTC), "2026-06-02"),
    ],
)
async def test_an_order_is_found_on_the_day_that_it_was_for_its_reader(
    browser: Browser, cast: Cast, zone: str, placed_at: datetime, there: str
) -> None:
    await browser.sign_in(cast.ben)
    number = await placed(browser, await basket_of(cast.ben, (cast.dock, 1)))
    await sql.run("UPDATE orders SET placed_at = $1", placed_at)
    await sql.run("UPDATE users SET time_zone = $1", zone)
    assert number in words(await browser.get(f"/orders?from={there}&to={there}"))
    assert number not in words(await browser.get("/orders?from=2100-01-01"))
