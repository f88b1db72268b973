"""The list of products, and what becomes of a quantity that was added from one of its rows (BASKET-7, STOCK-1)."""

from typing import Any
from urllib.parse import parse_qsl, quote

from app.answers import Answer, Asked, form_of, page, partial, see, wants_partial
from app.forms import BAD_CHARACTERS, Said
from app.routes.favourite_lists import LIST as FAVOURITES
from app.routes.favourite_lists import View, favourites_page
from app.routes.sent_addresses import parts_of
from app.rules import baskets, product_pages, search
from app.rules.basket_lines import Deed
from app.rules.refusals import Invalid
from app.rules.saved_searches import LOOKS
from app.rules.search_asked import SIZES, orders_for, wrong_prices
from app.rules.search_asked import Asked as Search
from app.rules.search_lines import RowSaid
from app.rules.search_words import name_for

LIST = "/products"


async def list_page(request: Asked, search_asked: Search, status: int = 200, said: RowSaid | None = None) -> Answer:
    """The page, or its results where htmx asks for them; `said` stands in its product's row."""
    wrong = wrong_prices(request.query_params) if request.user.sees_prices else {}
    status = 422 if wrong else status
    results = await search.find(search_asked, request.user)
    shown: dict[str, Any] = {"results": results, "asked": results.asked, "q": results.asked.q, "said": said}
    shown |= {
        "price_errors": Said(wrong),
        "price_typed": _typed_prices(request) if wrong else results.asked.price_texts,
    }
    shown |= {"orders": orders_for(request.user), "sizes": SIZES}
    shown |= {"search_name": name_for(results.asked), "looks": LOOKS}
    if wants_partial(request):
        return partial(request, "partials/products/found.html", status, **shown)
    return page(request, "templates/products/index.html", status, **shown)


def _plain(text: str) -> str:
    return BAD_CHARACTERS.sub("\ufffd", text.strip()[:20])


def _typed_prices(request: Asked) -> tuple[str, str]:
    asked = request.query_params
    return _plain(asked.get("price_min", "")), _plain(asked.get("price_max", ""))


def _left(request: Asked) -> Search | View:
    """The list that a row's form was sent from: whatever else its address may be leads to a list too."""
    address = parts_of(form_of(request).get("back")[:2_000])
    asked = dict(parse_qsl(address.query))
    if address.path == FAVOURITES and request.user.company_id:
        return View.read(asked)
    return Search.read(asked if address.path == LIST else {})


async def _page_left(request: Asked, status: int, said: RowSaid) -> Answer:
    left = _left(request)
    if isinstance(left, View):
        return await favourites_page(request, left, status, said)
    return await list_page(request, left, status, said)


def row_added(request: Asked, deed: Deed) -> Answer:
    """A word in the row and the header's basket; without script the list again, with the word in its row."""
    sums, basket = deed.line, deed.opened.basket
    added = sums.line.quantity - deed.was
    if not wants_partial(request):
        left = _left(request)
        return see(f"{left.at_page(left.page)}&added={quote(sums.product['sku'])}&quantity={added}#content")
    viewer = request.user
    if not viewer.basket or baskets.is_current(basket, viewer):
        viewer = baskets.with_current(viewer, basket)
    promise = sums.promise.words if viewer.sees_stock and sums.promise.backordered else ""
    said = RowSaid(
        sums.product["sku"], str(added), added=added, now=sums.line.quantity, basket=basket.name, promise=promise
    )
    return partial(request, "partials/products/row_answer.html", said=said, code=sums.code, viewer=viewer)


async def row_refused(request: Asked, wrong: Invalid) -> Answer:
    """422 with the reason in the row and what was typed kept; the reason alone for a product that is none."""
    form = form_of(request)
    shown = await product_pages.refused(form.get("sku"), form.get("quantity"), wrong, request.user)
    said = RowSaid(shown.product["sku"], shown.typed, error=shown.error)
    if not wants_partial(request):
        return await _page_left(request, 422, said)
    code = shown.product["vpn"] or shown.product["sku"]
    return partial(request, "partials/products/row_answer.html", 422, said=said, code=code)


def said_of(request: Asked) -> RowSaid | None:
    """What the list's address says was added to the current basket, for the row that it names."""
    asked, basket = request.query_params, request.user.basket
    sku, typed = asked.get("added", ""), asked.get("quantity", "")
    if not (sku and basket and typed.isascii() and typed.isdigit() and len(typed) < 8):
        return None
    return RowSaid(sku, str(int(typed)), added=int(typed), basket=basket.name)
