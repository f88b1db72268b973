"""Finding products and looking at one (PROD-1, PROD-2, PRICE-1, STOCK-1)."""

from typing import Any

from litestar import Controller, get
from litestar.params import FromPath

from app.answers import Answer, Asked, page, partial, wants_partial
from app.routes.guards import open_to_all
from app.rules import product_pages, search, search_suggestions
from app.rules.search_asked import SIZES, orders_for
from app.rules.search_asked import Asked as Search


class Products(Controller):
    path = "/products"
    guards = [open_to_all]

    @get("/", name="products:index")
    async def index(self, request: Asked) -> Answer:
        results = await search.find(Search.read(request.query_params), request.user)
        shown: dict[str, Any] = {"results": results, "asked": results.asked, "q": results.asked.q}
        shown |= {"orders": orders_for(request.user), "sizes": SIZES}
        if wants_partial(request):
            return partial(request, "partials/products/found.html", **shown)
        return page(request, "templates/products/index.html", **shown)

    @get("/suggestions", name="products:suggestions")
    async def suggestions(self, request: Asked) -> Answer:
        query = request.query_params.get("q", "")
        found = await search_suggestions.suggestions(query)
        if wants_partial(request):
            return partial(request, "partials/products/suggestions.html", suggestions=found)
        return page(request, "templates/products/suggestions.html", suggestions=found, q=query)

    @get("/{sku:str}", name="products:show")
    async def show(self, request: Asked, sku: FromPath[str]) -> Answer:
        shown = await product_pages.find(sku, request.query_params.get("quantity", ""), request.user)
        return page(request, "templates/products/show.html", shown=shown)

    @get("/{sku:str}/availability", name="products:availability")
    async def availability(self, request: Asked, sku: FromPath[str]) -> Answer:
        shown = await product_pages.find(sku, request.query_params.get("quantity", ""), request.user)
        if wants_partial(request):
            return partial(request, "partials/products/promise.html", shown=shown)
        return page(request, "templates/products/show.html", shown=shown)
