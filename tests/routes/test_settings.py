"""Settings: the Quick Links that one ticks and orders, and how pages are shown (LINK-1, LINK-2, LINK-3)."""

import re

import pytest
from litestar.routes import HTTPRoute

from app.main import make_portal
from app.rules import quick_links
from app.rules.privileges import Privilege
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule

PATH = "/settings"
BAR = re.compile(r'<nav class="quick-links".*?</nav>', re.DOTALL)
STATEMENTS = "my_account_statements"  # on at the start, and its page is to come


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.ben)


@pytest.fixture
async def dana(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.dana)


def bar(page: str) -> list[str]:
    """The addresses of the bar in their order, without that of the products."""
    (nav,) = BAR.findall(page)
    return [href for href in re.findall(r'href="([^"]+)"', nav) if href != "/products"]


async def codes(user_id: int) -> list[str] | None:
    text = await sql.value("SELECT quick_links FROM users WHERE id = $1", user_id)
    return None if text is None else str(text).split()


@rule("LINK-3")
async def test_the_starting_set(dana: Browser) -> None:
    assert bar((await dana.get("/")).text) == ["/baskets", "/quick-order", "/orders", "/account/users"]
    seen = words(await dana.get(PATH)).partition("Quick Links Preferences")[2]
    for label in ("My Baskets", "My Orders", "Add User", "User Administration", "Notification Preferences"):
        assert label in seen


@rule("LINK-3")
async def test_a_link_is_offered_to_those_who_may_open_its_page(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.vera)
    page = await browser.get(PATH)
    offered = [link.code for link in quick_links.offered(cast.vera.viewer())]
    assert offered == ["favourites", "notification_preferences"] and bar(page.text) == []
    assert 'value="my_baskets"' not in page.text and 'value="user_administration"' not in page.text


@rule("LINK-3")
def test_a_link_is_offered_once_its_page_exists() -> None:
    paths = {route.path for route in make_portal().routes if isinstance(route, HTTPRoute)}
    exist = {link.code for link in quick_links.VOCABULARY if link.href in paths}
    assert exist == quick_links.BUILT and len(quick_links.VOCABULARY) == 13


@rule("LINK-2")
async def test_the_bar_follows_plainly(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await ben.post(PATH, {"links": ["notification_preferences", "my_baskets"]}))
    assert "Your Quick Links are saved." in words(page)
    assert bar(page.text) == ["/account/profile/notifications", "/baskets"]
    assert bar((await ben.get("/orders")).text) == ["/account/profile/notifications", "/baskets"]


@rule("LINK-2")
async def test_the_bar_follows_in_place(ben: Browser) -> None:
    order = ["my_baskets", "my_orders", "notification_preferences"]
    piece = await ben.post(PATH, {"order": order, "links": ["my_orders"]}, htmx=True)
    assert piece.status_code == 200 and "<html" not in piece.text and 'data-hx-swap-oob="true"' in piece.text
    assert bar(piece.text) == ["/orders"]
    rows = re.findall(r'<tr id="link-(\w+)">', piece.text)
    assert rows[:3] == order  # what is unticked stays where it stands until the page is loaded anew
    assert re.findall(r'<tr id="link-(\w+)">', (await ben.get(PATH)).text)[0] == "my_orders"


@rule("LINK-2")
@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        ({"down": "my_baskets"}, ["my_orders", "my_baskets"]),
        ({"up": "my_orders"}, ["my_orders", "my_baskets"]),
        ({"up": "my_baskets"}, ["my_baskets", "my_orders"]),
        ({"down": "nothing"}, ["my_baskets", "my_orders"]),
    ],
)
async def test_the_order_is_changed_by_buttons(
    ben: Browser, cast: Cast, pressed: dict[str, str], expected: list[str]
) -> None:
    both = {"order": ["my_baskets", "my_orders"], "links": ["my_baskets", "my_orders"]}
    assert (await ben.post(PATH, {**both, **pressed})).status_code == 303
    kept = await codes(cast.ben.id)
    assert kept and kept[:2] == expected
    page = await ben.get("/")
    assert bar(page.text) == [quick_links.BY_CODE[code].href for code in expected]


async def test_none_at_all_is_a_choice_too(ben: Browser) -> None:
    page = await ben.follow(await ben.post(PATH))
    assert bar(page.text) == [] and "Products" in words(page)


async def test_what_is_not_on_offer_now_is_there_once_it_is(ben: Browser, cast: Cast) -> None:
    ticked = ["my_baskets", "my_orders"]
    await ben.post(PATH, {"links": ticked})
    assert STATEMENTS in (await codes(cast.ben.id) or [])  # its page is to come, and it was on at the start
    take = 'DELETE FROM user_privileges WHERE "user" = $1 AND privilege = $2'
    await sql.run(take, cast.ben.id, Privilege.SEE_OWN_ORDERS)
    page = await ben.follow(await ben.post(PATH, {"links": ["my_baskets", "my_orders"]}))
    assert bar(page.text) == ["/baskets"]
    give = 'INSERT INTO user_privileges ("user", privilege, granted_at) VALUES ($1, $2, CURRENT_TIMESTAMP)'
    await sql.run(give, cast.ben.id, Privilege.SEE_OWN_ORDERS)
    assert set(bar((await ben.get("/")).text)) == {"/baskets", "/orders"}


async def test_nobody_ticks_what_is_not_theirs(ben: Browser, cast: Cast) -> None:
    wrong = ["user_administration", "<script>", "my_baskets my_orders", "x" * 100_000, "my_baskets", "my_baskets"]
    page = await ben.follow(await ben.post(PATH, {"links": wrong, "order": ["'; --", "my_baskets"]}))
    assert bar(page.text) == ["/baskets"] and "<script>" not in page.text
    assert len(" ".join(await codes(cast.ben.id) or [])) < 400


async def test_others_keep_their_links(ben: Browser, cast: Cast) -> None:
    await ben.post(PATH, {"links": "my_orders", "user": cast.dana.id})
    assert await codes(cast.dana.id) is None and await codes(cast.sam.id) is None


async def test_staff_have_a_bar_of_their_own(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.moana)
    page = await browser.get(PATH)
    assert page.status_code == 200 and "Quick Links Preferences" not in page.text and "Display" in words(page)
    assert (await browser.post(PATH, {"links": "my_baskets"})).status_code == 403


async def test_rows_become_dense_and_keys_silent(ben: Browser) -> None:
    page = await ben.follow(await ben.post(f"{PATH}/display", {"density": "dense"}))
    assert '<html lang="en" data-density="dense" data-keys="off">' in page.text and "Saved." in words(page)
    piece = await ben.post(f"{PATH}/display", {"density": "comfortable", "keys": 1}, htmx=True)
    assert "<html" not in piece.text and 'data-density="comfortable"' in piece.text and 'data-keys="on"' in piece.text
    assert 'data-density="comfortable">' in (await ben.get("/")).text


@pytest.mark.parametrize("density", ["", "tiny", "dense\0", "x" * 1_000])
async def test_another_density_is_said_at_its_field(ben: Browser, cast: Cast, density: str) -> None:
    answer = await ben.post(f"{PATH}/display", {"density": density})
    assert answer.status_code == 422 and "Choose one of these." in words(answer)
    assert await sql.value("SELECT density FROM users WHERE id = $1", cast.ben.id) == "comfortable"


async def test_a_visitor_has_no_settings(browser: Browser) -> None:
    assert (await browser.get(PATH)).headers["Location"].startswith("/login")
    assert (await browser.post(PATH)).status_code == 401
