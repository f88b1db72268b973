"""Which basket is the current one: chosen on a page of its own, or in a sheet over any page (BASKET-7)."""

import re

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, partial, see, wants_partial
from app.routes.guards import needs
from app.routes.let_in import ON_SITE, inside
from app.routes.sent_addresses import parts_of
from app.rules import basket_lists, baskets, current_baskets
from app.rules.privileges import Privilege

HERE = "/baskets/choices"
POSTED_ONLY = re.compile(
    r"/baskets/[0-9]+/lines\b.*"
)  # shows a page after a refused line, but nothing when it is fetched


def left(request: Asked) -> str:
    """The page that the reader came from, or "" where it is not one of this site's to go back to."""
    came = parts_of(request.headers.get("Referer", ""))
    address = came.path + (f"?{came.query}" if came.query else "")
    ours = came.netloc == request.headers.get("Host") and came.path != HERE
    return address if ours and ON_SITE.fullmatch(address) and not POSTED_ONLY.fullmatch(address) else ""


class CurrentBaskets(Controller):
    path = "/baskets"
    guards = [needs(Privilege.USE_BASKETS, "use baskets")]

    @get("/choices", name="current_baskets:index")
    async def index(self, request: Asked) -> Answer:
        found = await basket_lists.offered(request.user)
        if wants_partial(request):
            return partial(request, "partials/baskets/choices_sheet.html", baskets=found)
        return page(request, "templates/baskets/choices.html", baskets=found, back=left(request))

    @post("/{basket_id:int}/current", name="current_baskets:create")
    async def create(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        basket = await current_baskets.choose(basket_id, request.user)
        if not wants_partial(request):
            back = form_of(request).get("back")
            return see(inside(back) if back else f"/baskets?current={basket_id}")
        viewer = baskets.with_current(request.user, basket)
        template = "partials/baskets/made_current.html"
        return partial(request, template, basket=basket, previous=request.user.basket, viewer=viewer)
