"""Where the selling prices of a basket are set, in place or plainly (BASKET-14)."""

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, partial, see, wants_partial
from app.forms import Form, Said
from app.routes.basket_pages import number
from app.routes.guards import needs
from app.rules import baskets, selling_prices
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Stale
from app.rules.selling_figures import written_markup, written_price
from app.rules.selling_prices import Selling

LONGEST = 30  # characters of a figure as typed
GUARDS = [needs(Privilege.USE_BASKETS, baskets.DEED), needs(Privilege.SEE_PRICES, selling_prices.DEED)]


def typed_of(form: Form, name: str) -> tuple[str, str | None]:
    """What was typed, and what the form was shown with; raises Invalid."""
    text = form.text(name, LONGEST)
    form.check()
    was = form.get("was")[:LONGEST] if any(key == "was" for key, _ in form.pairs) else None
    return text, was


def _facts(selling: Selling) -> dict[str, Any]:
    """What the page and its pieces may speak of; `line_errors` and `line_typed` by the line's id."""
    told: dict[str, Any] = {"errors": Said(), "typed": Said(), "line_errors": {}, "line_typed": {}, "saved": ""}
    return {**told, "selling": selling, "basket": selling.basket, "markup": written_markup, "price": written_price}


def selling_page(request: Asked, selling: Selling, status: int = 200, /, **context: Any) -> Answer:
    return page(request, "templates/customer_views/selling.html", status, **{**_facts(selling), **context})


def selling_piece(request: Asked, piece: str, selling: Selling, status: int = 200, /, **context: Any) -> Answer:
    """One of partials/customer_views."""
    return partial(request, f"partials/customer_views/{piece}.html", status, **{**_facts(selling), **context})


async def markup_refused(request: Asked, basket_id: int, errors: dict[str, str], status: int) -> Answer:
    selling = await selling_prices.open(basket_id, request.user)
    told = {"errors": Said(errors), "typed": form_of(request).typed()}
    if wants_partial(request):
        return selling_piece(request, "selling", selling, status, **told)
    return selling_page(request, selling, status, **told)


async def price_refused(request: Asked, basket_id: int, line_id: int, errors: dict[str, str], status: int) -> Answer:
    told = {"line_errors": {line_id: Said(errors)}, "line_typed": {line_id: form_of(request).typed()}}
    selling = await selling_prices.open(basket_id, request.user)
    line = selling.require(line_id)
    if wants_partial(request):
        return selling_piece(request, "line_priced", selling, status, line=line, **told)
    return selling_page(request, selling, status, **told)


async def priced(request: Asked, basket_id: int, line_id: int) -> Answer:
    """The line with its new figures, and the sums."""
    if not wants_partial(request):
        return see(f"/baskets/{basket_id}/selling?priced={line_id}")
    selling = await selling_prices.open(basket_id, request.user)
    return selling_piece(request, "line_priced", selling, line=selling.require(line_id))


class SellingPrices(Controller):
    path = "/baskets/{basket_id:int}"
    guards = GUARDS

    @get("/selling", name="selling_prices:edit")
    async def edit(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        selling, asked = await selling_prices.open(basket_id, request.user), request.query_params
        line = selling.line(number(asked.get("priced", "")))
        saved = f"{line.line.code}: saved." if line else "Markup saved." if "saved" in asked else ""
        return selling_page(request, selling, saved=saved)

    @post("/selling", name="selling_prices:update")
    async def update(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        try:
            await selling_prices.mark_up(basket_id, *typed_of(form_of(request), "markup"), by=request.user)
        except Invalid as wrong:
            return await markup_refused(request, basket_id, wrong.errors, 422)
        except Stale as late:
            return await markup_refused(request, basket_id, {"markup": late.reason}, 409)
        if not wants_partial(request):
            return see(f"/baskets/{basket_id}/selling?saved=1")
        return selling_piece(request, "selling", await selling_prices.open(basket_id, request.user))

    @post("/lines/{line_id:int}/selling", name="selling_prices:create")
    async def create(self, request: Asked, basket_id: FromPath[int], line_id: FromPath[int]) -> Answer:
        try:
            typed, was = typed_of(form_of(request), "price")
            await selling_prices.set_price(basket_id, line_id, typed, was, by=request.user)
        except Invalid as wrong:
            return await price_refused(request, basket_id, line_id, wrong.errors, 422)
        except Stale as late:
            return await price_refused(request, basket_id, line_id, {"price": late.reason}, 409)
        return await priced(request, basket_id, line_id)

    @post("/lines/{line_id:int}/selling/removal", name="selling_prices:remove")
    async def remove(self, request: Asked, basket_id: FromPath[int], line_id: FromPath[int]) -> Answer:
        await selling_prices.set_price(basket_id, line_id, "", None, by=request.user)
        return await priced(request, basket_id, line_id)
