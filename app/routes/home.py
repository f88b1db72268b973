"""The first page: the front door for a visitor, the overview after the log-in (HOME-1)."""

from litestar import get

from app.answers import Answer, Asked, page, see
from app.routes.guards import open_to_all


@get("/", name="home:show", guards=[open_to_all])
async def show(request: Asked) -> Answer:
    if request.user.is_staff:
        return see("/desk")
    return page(request, "templates/home/visitor.html")
