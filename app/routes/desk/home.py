"""The desk's first page: what waits for the staff."""

from litestar import get

from app.answers import Answer, Asked, page
from app.routes.guards import staff
from app.rules import desk


@get("/desk", name="desk:show", guards=[staff()])
async def show(request: Asked) -> Answer:
    return page(request, "templates/desk/show.html", desk=await desk.what_waits(request.user))
