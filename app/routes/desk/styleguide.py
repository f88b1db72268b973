"""All components in all states on one page, for whoever builds pages."""

from litestar import get

from app.answers import Answer, Asked, page
from app.routes.guards import staff


@get("/desk/styleguide", name="styleguide:show", guards=[staff()])
async def show(request: Asked) -> Answer:
    return page(request, "templates/desk/styleguide.html")
