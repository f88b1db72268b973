"""What has changed of a basket's lines: accepted, or replaced by what the distributor names (BASKET-9)."""

from litestar import Controller, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, wants_partial
from app.forms import Said
from app.routes.basket_pages import basket_page, basket_piece, number, see_basket
from app.routes.guards import needs
from app.rules import basket_lines, basket_lists, basket_news, baskets
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid


async def accepted(request: Asked, basket_id: int, line_id: int | None = None) -> Answer:
    """The rows without their marks, and what is still news."""
    opened, lines = await basket_news.accept(basket_id, form_of(request).all("shown"), request.user, line_id)
    if not wants_partial(request):
        return see_basket(request, basket_id, accepted=len(lines))
    return basket_piece(request, "news_accepted", opened, said={"kind": "accepted", "count": len(lines)}, lines=lines)


async def not_replaced(request: Asked, basket_id: int, line_id: int, wrong: Invalid) -> Answer:
    """The line as it stands, with the reason."""
    opened = await baskets.open(request.user, basket_id)
    told = {"line_errors": {line_id: Said({"": " ".join(wrong.errors.values())})}}
    lines = [line for line in opened.sums.lines if line.id == line_id]
    if wants_partial(request):
        return basket_piece(request, "rows_again", opened, 422, lines=lines, **told)
    return basket_page(request, opened, 422, others=await basket_lists.offered(request.user), **told)


class BasketNews(Controller):
    path = "/baskets/{basket_id:int}"
    guards = [needs(Privilege.USE_BASKETS, basket_lines.DEED)]

    @post("/acceptance", name="basket_news:accept_all")
    async def accept_all(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        return await accepted(request, basket_id)

    @post("/lines/{line_id:int}/acceptance", name="basket_news:accept")
    async def accept(self, request: Asked, basket_id: FromPath[int], line_id: FromPath[int]) -> Answer:
        return await accepted(request, basket_id, line_id)

    @post("/lines/{line_id:int}/replacement", name="basket_news:replace")
    async def replace(self, request: Asked, basket_id: FromPath[int], line_id: FromPath[int]) -> Answer:
        try:
            opened, done = await basket_news.replace(basket_id, line_id, by=request.user)
        except Invalid as wrong:
            return await not_replaced(request, basket_id, line_id, wrong)
        if not wants_partial(request):
            return see_basket(request, basket_id, replaced=done["revision"])
        return basket_piece(request, "line_restored", opened, said={**done, "kind": "replaced"})

    @post("/replacements/removal", name="basket_news:put_back")
    async def put_back(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        opened = await basket_news.put_back(basket_id, number(form_of(request).get("revision")), by=request.user)
        if not wants_partial(request):
            return see_basket(request, basket_id, restored_lines=1)
        return basket_piece(request, "line_restored", opened, said={"kind": "restored_lines", "count": 1})
