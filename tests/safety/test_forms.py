"""Every field of every form against what nobody should type: refused at the field or kept, alike on both databases."""

from collections.abc import Mapping
from html import escape

import httpx
import pytest

from app.rules import addresses, baskets, checkout
from tests.browser import Browser
from tests.cast import Cast
from tests.checking_out import basket_of, filled
from tests.rules_named import rule
from tests.safety.digest import digest
from tests.safety.things import bens_things
from tests.safety.typed import (
    NASTY,
    UNKEPT,
    Fits,
    anything,
    country,
    day_to_come,
    encoded,
    figure,
    nothing,
    one_of,
    text,
    whole,
)

PLACE = {"name": "Yard", "line1": "1 Yard Rd", "city": "Napier", "postcode": "4110", "country": "NZ"}
LARGEST = 2**31 - 1
# Who sends which form to where, and what each of its fields takes; a field in HIDDEN is not shown again.
FORMS: dict[str, tuple[str, str, dict[str, str], dict[str, Fits]]] = {
    "a new basket": (
        "ben",
        "/baskets",
        {"name": "Fit-out", "visibility": "private"},
        {
            "name": text(baskets.NAME_LENGTH, required=True),
            "note": text(baskets.NOTE_LENGTH),
            "visibility": one_of("private", "public", "shared"),
        },
    ),
    "a basket": (
        "ben",
        "/baskets/{basket_id}",
        {},
        {
            "name": text(baskets.NAME_LENGTH, required=True),
            "note": text(baskets.NOTE_LENGTH),
            "home_warehouse": whole(1, 3),
            "visibility": one_of("private", "public", "shared"),
        },
    ),
    "a copy of a basket": (
        "ben",
        "/baskets/{basket_id}/copies",
        {"name": "Copied"},
        {"name": text(baskets.NAME_LENGTH)},
    ),
    "a line to add": (
        "ben",
        "/baskets/{basket_id}/lines",
        {"sku": "7RK2Q4", "quantity": "1", "at": "basket"},
        {"sku": nothing, "quantity": whole(1, 99_000), "at": anything},
    ),
    "a line": (
        "ben",
        "/baskets/{basket_id}/lines/{line_id}",
        {"quantity": "1"},
        {"quantity": whole(1, 100_000), "note": text(200), "version": whole(1, LARGEST), "was": anything},
    ),
    "a markup": (
        "ben",
        "/baskets/{basket_id}/selling",
        {"markup": "12.5"},
        {"markup": figure(0.01, 1_000)},
    ),
    "a selling price": (
        "ben",
        "/baskets/{basket_id}/lines/{line_id}/selling",
        {"price": "99.00"},
        {"price": figure(0, 9_999_999.99)},
    ),
    "a search": (
        "ben",
        "/searches",
        {"name": "Docks", "address": "/products?q=dock"},
        {"name": text(80, required=True)},
    ),
    "the name of a search": (
        "ben",
        "/searches/{search_id}",
        {"name": "Docks"},
        {"name": text(80, required=True)},
    ),
    "check-out": (
        "dana",
        "",
        {"po_number": "P 1", "end_user_name": "Kea School", "end_user_address": "1 Hill St"},
        {
            **{name: text(limit) for name, limit in checkout.LIMITS.items()},
            "po_number": text(35, required=True),
            "end_user_name": text(100, required=True),
            "end_user_address": text(300, required=True),
            "address": one_of("1"),
            "delivery_method": one_of("standard", "overnight", "pickup"),
            "ship": one_of("available", "complete"),
            "requested_date": day_to_come,
            "token": anything,
            "review": anything,
        },
    ),
    "an address": (
        "dana",
        "/account/addresses",
        PLACE,
        {
            **{name: text(limit, name in PLACE) for name, limit in addresses.LIMITS.items()},
            "country": country,
            "is_default": anything,
        },
    ),
}  # fmt: skip
HIDDEN = {"visibility", "home_warehouse", "address", "delivery_method", "ship", "new_kept", "version"}
FIELDS = [(form, name) for form, (_, _, _, fields) in FORMS.items() for name in fields]


async def send(browser: Browser, path: str, fields: Mapping[str, str], *, htmx: bool = False) -> httpx.Response:
    body = "&".join(f"{name}={encoded(typed)}" for name, typed in {"csrf": browser.csrf, **fields}.items())
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if htmx:
        headers |= {"HX-Request": "true", "HX-Request-Type": "partial"}
    return await browser.http.post(path, content=body, headers=headers)


async def opened(browser: Browser, cast: Cast, form: str) -> tuple[str, dict[str, str]]:
    """Where the form goes, and its fields rightly filled in."""
    things = await bens_things(browser, cast)
    await browser.sign_in(getattr(cast, FORMS[form][0]))
    if form != "check-out":
        return FORMS[form][1].format(**things.ids), FORMS[form][2]
    basket = await basket_of(cast.dana, (cast.licence, 1))
    return f"/baskets/{basket}/order", await filled(browser, basket, **FORMS[form][2])


@rule("ORDER-1", "BASKET-8")
@pytest.mark.parametrize(("form", "name"), FIELDS)
async def test_a_field_takes_what_fits_and_gives_the_rest_back(
    browser: Browser, cast: Cast, form: str, name: str
) -> None:
    path, right = await opened(browser, cast, form)
    fits = FORMS[form][3][name]
    for number, (kind, typed) in enumerate(NASTY.items()):
        before = await digest()
        answer = await send(browser, path, {**right, **fresh(form, number), name: typed}, htmx=form == "a line")
        assert answer.status_code in ({200, 303} if fits(typed) else {422}), (kind, answer.status_code)
        if not fits(typed):
            assert await digest() == before, kind
            assert name in HIDDEN or shown_again(typed) in answer.text, kind


def fresh(form: str, number: int) -> dict[str, str]:
    """What has to differ from one sending to the next."""
    return {"name": f"Fit-out {number}"} if form == "a new basket" else {}


def shown_again(typed: str) -> str:
    """As it stands in the form again; what no page can hold is marked."""
    return escape(UNKEPT.sub("\ufffd", typed)).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
