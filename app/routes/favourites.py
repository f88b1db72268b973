"""Favourites: the star of a product, the list, and the way from there into a basket (PROD-5)."""

import re
from typing import Any
from urllib.parse import parse_qsl, quote

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, partial, see, wants_partial
from app.forms import Form, Said
from app.routes.favourite_lists import LIST, View, favourites_page
from app.routes.guards import needs, of_company
from app.routes.let_in import inside
from app.routes.product_lists import said_of
from app.routes.sent_addresses import parts_of
from app.rules import baskets, favourite_baskets, favourites
from app.rules.favourites import Starred
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid
from app.rules.settings import settings

# The pages that carry stars; `at` says which one, and what its answer looks like.
CARRIERS = re.compile(r"/(products|favourites)(/[^/?#]+)?(\?[^#]*)?")
PLACES = ("list", "product", "favourites")


def _back(form: Form, sku: str) -> str:
    """The page that the star was pressed on, or the product's own."""
    address = inside(form.get("back")[:3_000])
    return address if CARRIERS.fullmatch(address) else f"/products/{sku}"


def starred(request: Asked, deed: Starred) -> Answer:
    """The star as it is now; without script the page again, at the row."""
    form = form_of(request)
    back, at = _back(form, deed.sku), form.get("at")
    if not wants_partial(request):
        told = f"{'starred' if deed.is_on else 'unstarred'}={quote(deed.sku)}"
        return see(f"{back}{'&' if '?' in back else '?'}{told}#content")
    at = at if at in PLACES else "list"
    return partial(request, "partials/favourites/starred.html", starred=deed, at=at, back=back)


def _left(form: Form) -> View:
    """The part of the list that was looked at."""
    return View.read(dict(parse_qsl(parts_of(form.get("back")[:2_000]).query)))


def _quantity(form: Form) -> int:
    """How many of each; 0 for the least that is sold. Raises Invalid."""
    quantity = form.whole("quantity", 1, settings.max_quantity) if form.get("quantity").strip() else 0
    form.check()
    return quantity


async def _not_put(request: Asked, wrong: Invalid) -> Answer:
    form = form_of(request)
    told: dict[str, Any] = {"errors": Said(wrong.errors), "typed": form.typed(), "ticked": frozenset(form.all("sku"))}
    if wants_partial(request):
        return partial(request, "partials/favourites/selection_refused.html", 422, **told)
    return await favourites_page(request, _left(form), 422, **told)


class Stars(Controller):
    path = "/products/{sku:str}/favourite"
    guards = [of_company(favourites.DEED)]

    @post("/", name="stars:create")
    async def create(self, request: Asked, sku: FromPath[str]) -> Answer:
        return starred(request, await favourites.add(sku, request.user))

    @post("/removal", name="stars:remove")
    async def remove(self, request: Asked, sku: FromPath[str]) -> Answer:
        return starred(request, await favourites.remove(sku, request.user))


class Favourites(Controller):
    path = LIST
    guards = [of_company(favourites.DEED)]

    @get("/", name="favourites:index")
    async def index(self, request: Asked) -> Answer:
        asked = request.query_params
        gone = await favourites.named(asked["unstarred"], request.user) if "unstarred" in asked else None
        put = favourite_baskets.told(asked.get("put", ""), request.user)
        return await favourites_page(request, View.read(asked), said=said_of(request), starred=gone, put=put)

    @post("/basket", name="favourites:basket", guards=[needs(Privilege.USE_BASKETS, favourite_baskets.DEED)])
    async def basket(self, request: Asked) -> Answer:
        """Put the ticked ones into the current basket."""
        form = form_of(request)
        try:
            put, kept = await favourite_baskets.put(form.all("sku"), _quantity(form), request.user)
        except Invalid as wrong:
            return await _not_put(request, wrong)
        status = 200 if put.count else 422
        shown: dict[str, Any] = {"put": put, "viewer": baskets.with_current(request.user, kept)}
        if wants_partial(request):
            return partial(request, "partials/favourites/added_here.html", status, **shown)
        if not put.refused:
            return see(f"{_left(form).address}&put={put.count}#content")
        return await favourites_page(
            request, _left(form), 422, **shown, typed=form.typed(), reasons=put.refused, ticked=frozenset(put.refused)
        )
