"""A form that waited for the log-in is found again on its own page, as it was filled in (LOGIN-9)."""

import re
from collections.abc import Callable

from app.answers import Answer, Asked
from app.forms import Form, Said
from app.routes import addresses as address_pages
from app.routes import basket_copies, basket_merges, part_numbers, user_pages
from app.routes import checkout as checkout_pages
from app.routes import passwords as password_pages
from app.routes import profile as profile_pages
from app.routes import saved_searches as search_pages
from app.routes import selling_prices as selling_pages
from app.routes.basket_pages import basket_page
from app.routes.baskets import index_page
from app.routes.desk import kept_forms as desk_forms
from app.routes.just_placed import in_place
from app.routes.known_forms import ID, WAITED, Known
from app.routes.sheet_pages import index_page as quick_order_page
from app.rules import (
    addresses,
    basket_lines,
    baskets,
    email_changes,
    placing,
    saved_searches,
    selling_prices,
    sheets,
    user_privileges,
    users,
)
from app.rules.baskets import Opened
from app.rules.part_numbers import DEED as NUMBERS_DEED
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing, Refused, Stale
from app.rules.viewers import Viewer, not_administrator


async def check_out(request: Asked, form: Form, basket_id: int) -> Answer:
    return await checkout_pages.found_again(request, form, basket_id, WAITED)


async def new_basket(request: Asked, form: Form) -> Answer:
    answer = await index_page(request, 200, errors=Said({"": WAITED}), typed=form.typed())
    return in_place(answer, "/baskets")


async def opened_by(request: Asked, basket_id: int) -> Opened:
    """The basket; raises Missing where its page has no forms for who asks."""
    opened = await baskets.open(request.user, basket_id)
    if not baskets.may_edit(opened.basket, request.user):
        raise Missing
    return opened


async def basket(request: Asked, form: Form, basket_id: int) -> Answer:
    if form.get("at") == "approvals":
        raise Missing  # one press, which nothing was typed for
    opened = await opened_by(request, basket_id)
    told = {"basket_errors": Said({"": WAITED}), "basket_typed": form.typed()}
    return in_place(basket_page(request, opened, 200, **told), f"/baskets/{basket_id}")


async def new_line(request: Asked, form: Form, basket_id: int) -> Answer:
    if form.get("at") != "basket":
        raise Missing  # typed beside a product, on one of many pages
    opened = await opened_by(request, basket_id)
    told = {"errors": Said({"": WAITED}), "typed": form.typed()}
    return in_place(basket_page(request, opened, 200, **told), f"/baskets/{basket_id}")


async def line(request: Asked, form: Form, basket_id: int, line_id: int) -> Answer:
    opened = await opened_by(request, basket_id)
    if opened.sums.line(line_id) is None:
        raise Missing
    told = {"line_errors": {line_id: Said({"": WAITED})}, "line_typed": {line_id: form.typed()}}
    return in_place(basket_page(request, opened, 200, **told), f"/baskets/{basket_id}")


async def markup(request: Asked, form: Form, basket_id: int) -> Answer:
    selling = await selling_prices.open(basket_id, request.user)
    told = {"errors": Said({"markup": WAITED}), "typed": form.typed()}
    return in_place(selling_pages.selling_page(request, selling, 200, **told), f"/baskets/{basket_id}/selling")


async def selling_price(request: Asked, form: Form, basket_id: int, line_id: int) -> Answer:
    selling = await selling_prices.open(basket_id, request.user)
    selling.require(line_id)
    told = {"line_errors": {line_id: Said({"": WAITED})}, "line_typed": {line_id: form.typed()}}
    return in_place(selling_pages.selling_page(request, selling, 200, **told), f"/baskets/{basket_id}/selling")


async def quick_order(request: Asked, form: Form) -> Answer:
    return in_place(await quick_order_page(request, form, Invalid(WAITED), 200), "/quick-order")


async def new_search(request: Asked, form: Form) -> Answer:
    return in_place(search_pages.saving_page(request, form, Said({"": WAITED}), 200), search_pages.LIST)


async def search(request: Asked, form: Form, search_id: int) -> Answer:
    await saved_searches.find(search_id, request.user)
    errors = Said({"name": WAITED})
    answer = await search_pages.list_page(request, wrong_id=search_id, errors=errors, typed=form.typed())
    return in_place(answer, search_pages.LIST)


async def new_address(request: Asked, form: Form) -> Answer:
    answer = address_pages.filled(request, form.typed(), Said({"": WAITED}), status=200)
    return in_place(answer, "/account/addresses/new")


async def address(request: Asked, form: Form, address_id: int) -> Answer:
    kept = await addresses.find(address_id, request.user)
    answer = address_pages.filled(request, form.typed(), Said({"": WAITED}), kept.id, status=200)
    return in_place(answer, f"/account/addresses/{kept.id}")


async def new_user(request: Asked, form: Form) -> Answer:
    boxes = user_privileges.some(form.all("privileges"))
    answer = user_pages.new_page(request, form.typed(), boxes, Said({"": WAITED}), status=200)
    return in_place(answer, "/account/users/new")


async def user(request: Asked, form: Form, user_id: int) -> Answer:
    found = await users.find(request.user, user_id)
    if users.why_not(found, request.user):
        raise Missing
    answer = user_pages.user_page(request, found, form.typed(), Said({"": WAITED}), status=200)
    return in_place(answer, f"/account/users/{user_id}")


def administers(viewer: Viewer) -> None:
    """Asks for a website administrator; raises Refused."""
    if not (viewer.company_id and viewer.is_administrator):
        raise Refused(not_administrator(viewer, users.DEED))


async def challenge(request: Asked, form: Form) -> Answer:
    answer = await password_pages.challenge_page(request, Said({"": WAITED}), form.typed(), 200)
    return in_place(answer, "/account/profile/challenge")


async def profile(request: Asked, form: Form) -> Answer:
    answer = await profile_pages.profile_page(request, errors=Said({"": WAITED}), typed=form.typed())
    return in_place(answer, profile_pages.PATH)


async def new_email(request: Asked, form: Form) -> Answer:
    answer = await profile_pages.profile_page(request, email_errors=Said({"": WAITED}), email_typed=form.typed())
    return in_place(answer, profile_pages.PATH)


def anybody(_: Viewer) -> None:
    """Asks for nothing but the log-in."""


def holds(privilege: Privilege, deed: str) -> Callable[[Viewer], None]:
    """Asks for the privilege, as the form's own address does; raises Refused."""
    return lambda viewer: viewer.require(privilege, deed)


KNOWN = (
    Known(f"/baskets/{ID}/order", holds(Privilege.PLACE_ORDERS, placing.DEED), check_out),
    Known("/baskets", holds(Privilege.USE_BASKETS, baskets.DEED), new_basket),
    Known(f"/baskets/{ID}", holds(Privilege.USE_BASKETS, baskets.DEED), basket),
    Known(f"/baskets/{ID}/lines", holds(Privilege.USE_BASKETS, basket_lines.DEED), new_line),
    Known(f"/baskets/{ID}/lines/{ID}", holds(Privilege.USE_BASKETS, basket_lines.DEED), line),
    Known(f"/baskets/{ID}/selling", holds(Privilege.USE_BASKETS, selling_prices.DEED), markup),
    Known(f"/baskets/{ID}/lines/{ID}/selling", holds(Privilege.USE_BASKETS, selling_prices.DEED), selling_price),
    Known(f"/baskets/{ID}/copies", holds(Privilege.USE_BASKETS, baskets.DEED), basket_copies.found_again),
    Known(f"/baskets/{ID}/merges", holds(Privilege.USE_BASKETS, basket_lines.DEED), basket_merges.found_again),
    Known("/quick-order", holds(Privilege.USE_BASKETS, sheets.DEED), quick_order),
    Known("/quick-order/checks", holds(Privilege.USE_BASKETS, sheets.DEED), quick_order),
    Known("/part-numbers", holds(Privilege.USE_BASKETS, NUMBERS_DEED), part_numbers.found_again),
    Known("/part-numbers/imports", holds(Privilege.USE_BASKETS, NUMBERS_DEED), part_numbers.list_found_again),
    Known("/part-numbers/[A-Za-z0-9-]+", holds(Privilege.USE_BASKETS, NUMBERS_DEED), part_numbers.found_again),
    Known("/searches", saved_searches.require, new_search),
    Known(f"/searches/{ID}", saved_searches.require, search),
    Known("/account/addresses", holds(Privilege.DELIVER_ANYWHERE, addresses.DEED), new_address),
    Known(f"/account/addresses/{ID}", holds(Privilege.DELIVER_ANYWHERE, addresses.DEED), address),
    Known(profile_pages.PATH, anybody, profile),
    Known(f"{profile_pages.PATH}/email", lambda viewer: viewer.own_hands(email_changes.DEED), new_email),
    Known("/account/profile/challenge", password_pages.own_challenge, challenge),
    Known("/account/users", administers, new_user),
    Known(f"/account/users/{ID}", administers, user),
    *desk_forms.KNOWN,
)


async def found_again(request: Asked, path: str, form: Form) -> Answer | None:
    """The page of the form; None for a form of another page, and where who has logged in cannot have it."""
    for known in KNOWN:
        if match := re.fullmatch(known.path, path):
            try:
                known.ask(request.user)
                return await known.show(request, form, *map(int, match.groups()))
            except (Refused, Missing, Invalid, Stale):
                return None
    return None
