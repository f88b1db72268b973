"""Putting a basket away, having it back, and the list of what was put away (BASKET-13)."""

from litestar import Controller, post
from litestar.params import FromPath

from app.answers import Answer, Asked, page, see
from app.routes.basket_lists import LISTS, shown_address
from app.routes.guards import needs
from app.routes.paging import line_asked, page_asked
from app.rules import basket_archive, baskets
from app.rules.basket_lists import PAGE_SIZE
from app.rules.privileges import Privilege

ARCHIVED = "archived"  # what `show` asks for


async def archived_page(request: Asked) -> Answer:
    """The viewer's archived baskets, with what was deleted in the last day."""
    q, number = line_asked(request, "q", baskets.NAME_LENGTH), page_asked(request)
    found = await basket_archive.listed(q, number, request.user)
    shown = {
        "found": found,
        "q": q,
        "number": number,
        "pages": -(-found.count // PAGE_SIZE),
        "address": shown_address(LISTS["my"], ARCHIVED, q),
        "why_not_back": basket_archive.why_not_back,
        "no_room": await baskets.full(request.user),
    }
    return page(request, "templates/baskets/archived.html", show=ARCHIVED, place="my", **shown)


class BasketArchive(Controller):
    path = "/baskets/{basket_id:int}/archive"
    guards = [needs(Privilege.USE_BASKETS, "use baskets")]

    @post("/", name="basket_archive:create")
    async def create(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        await basket_archive.put_away(basket_id, request.user)
        return see(f"/baskets?archived={basket_id}")

    @post("/removal", name="basket_archive:remove")
    async def remove(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        await basket_archive.bring_back(basket_id, request.user)
        return see(f"/baskets/{basket_id}?restored=1")
