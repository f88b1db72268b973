"""The customer view of a basket: what a reseller turns the screen with, prints or sends (BASKET-14)."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from app.answers import Asked, page
from app.formats import here
from app.routes.customer_files import KINDS, file_of, totals_of
from app.routes.guards import needs
from app.rules import baskets, customer_views
from app.rules.privileges import Privilege

GUARDS = [needs(Privilege.USE_BASKETS, baskets.DEED)]


@get("/baskets/{basket_id:int}/customer", name="customer_views:show", guards=GUARDS)
async def show(request: Asked, basket_id: FromPath[int]) -> Response[Any]:
    quote = await customer_views.quote(request.user, basket_id)
    today = here(datetime.now(UTC), request.user.time_zone).date()
    kind = request.query_params.get("format", "")
    if kind in KINDS:
        return file_of(quote, today, kind)
    return page(request, "templates/customer_views/show.html", quote=quote, today=today, totals=totals_of(quote))
