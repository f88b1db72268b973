"""Finding products and looking at one (PROD-1, PROD-2, PRICE-1, STOCK-1)."""

from litestar import Controller, get
from litestar.params import FromPath

from app.answers import Answer, Asked, page, partial, wants_partial
from app.routes.guards import open_to_all
from app.routes.product_lists import list_page, said_of
from app.rules import product_pages, search_suggestions
from app.rules.search_asked import Asked as Search


class Products(Controller):
    path = "/products"
    guards = [open_to_all]

    @get("/", name="products:index")
    async def index(self, request: Asked) -> Answer:
        return await list_page(request, Search.read(request.query_params), said=said_of(request))

    @get("/suggestions", name="products:suggestions")
    async def suggestions(self, request: Asked) -> Answer:
        query = request.query_params.get("q", "")
        found = await search_suggestions.suggestions(query, request.user)
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
            asked = request.query_params
            piece = "row_promise" if asked.get("at") == "list" else "promised"
            was_wrong = asked.get("was") == "wrong"
            return partial(request, f"partials/products/{piece}.html", shown=shown, was_wrong=was_wrong)
        return page(request, "templates/products/show.html", shown=shown)
