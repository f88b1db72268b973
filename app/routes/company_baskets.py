"""Company Baskets: what colleagues show, and what one shares oneself (BASKET-3, BASKET-5)."""

from litestar import get

from app.answers import Answer, Asked, page
from app.routes.basket_lists import list_of
from app.routes.basket_templates import TEMPLATES, templates_page
from app.routes.guards import needs
from app.rules.basket_access import COMPANY
from app.rules.privileges import Privilege


@get("/company-baskets", name="company_baskets:index", guards=[needs(Privilege.USE_BASKETS, "use baskets")])
async def index(request: Asked) -> Answer:
    if request.query_params.get("show") == TEMPLATES:
        return await templates_page(request, COMPANY)
    return page(request, "templates/baskets/company.html", **await list_of(request, COMPANY))
