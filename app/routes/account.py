""" "My Account": the list of its pages (PROFILE-1)."""

from litestar import get

from app.answers import Answer, Asked, page
from app.routes.guards import signed_in


@get("/account", name="account:show", guards=[signed_in])
async def show(request: Asked) -> Answer:
    return page(request, "templates/account/show.html")
