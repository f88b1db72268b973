"""Turning a basket into a template and back, and the lists of templates (BASKET-13)."""

from litestar import Controller, post
from litestar.params import FromPath

from app.answers import Answer, Asked, page, see
from app.routes.basket_lists import LISTS, shown_address
from app.routes.guards import needs
from app.routes.paging import line_asked, page_asked
from app.rules import basket_templates, baskets
from app.rules.basket_lists import PAGE_SIZE
from app.rules.privileges import Privilege

TEMPLATES = "templates"  # what `show` asks for


async def templates_page(request: Asked, place: str) -> Answer:
    """The templates that stand at `place`, basket_access.MY or COMPANY."""
    q, number = line_asked(request, "q", baskets.NAME_LENGTH), page_asked(request)
    found, count = await basket_templates.listed(place, q, number, request.user)
    shown = {
        "found": found,
        "count": count,
        "q": q,
        "number": number,
        "pages": -(-count // PAGE_SIZE),
        "address": shown_address(LISTS[place], TEMPLATES, q),
        "at": LISTS[place],
        "no_room": await baskets.full(request.user),
    }
    return page(request, "templates/baskets/templates.html", show=TEMPLATES, place=place, **shown)


class BasketTemplates(Controller):
    path = "/baskets/{basket_id:int}/template"
    guards = [needs(Privilege.USE_BASKETS, "use baskets")]

    @post("/", name="basket_templates:create")
    async def create(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        await basket_templates.make(basket_id, request.user)
        return see(f"/baskets/{basket_id}?template=1")

    @post("/removal", name="basket_templates:remove")
    async def remove(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        await basket_templates.unmake(basket_id, request.user)
        return see(f"/baskets/{basket_id}?template=0")
