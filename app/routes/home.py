"""The first page: the front door for a visitor, the overview after the log-in (HOME-1)."""

from litestar import get

from app.answers import Answer, Asked, page, see
from app.routes.guards import open_to_all
from app.rules import order_states, overview
from app.rules.privileges import Privilege


@get("/", name="home:show", guards=[open_to_all])
async def show(request: Asked) -> Answer:
    if not request.user.signed_in:
        return page(request, "templates/home/visitor.html")
    if request.user.is_staff:
        return see("/desk")
    shown = await overview.of(request.user)
    sees_all = request.user.may(Privilege.SEE_ALL_ORDERS)
    return page(request, "templates/home/show.html", overview=shown, kinds=order_states.KINDS, sees_all=sees_all)
