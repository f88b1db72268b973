"""The link of a changed e-mail address: looking changes nothing, the button does (PROFILE-2)."""

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, page, see
from app.routes.guards import open_to_all
from app.rules import email_changes


class EmailChanges(Controller):
    path = "/email-changes"
    guards = [open_to_all]

    @get("/confirmed", name="email_changes:confirmed")
    async def confirmed(self, request: Asked) -> Answer:
        return page(request, "templates/email_changes/confirmed.html")

    @get("/{token:str}", name="email_changes:show")
    async def show(self, request: Asked, token: FromPath[str]) -> Answer:
        return page(request, "templates/email_changes/show.html", change=await email_changes.find(token), token=token)

    @post("/{token:str}", name="email_changes:update")
    async def update(self, request: Asked, token: FromPath[str]) -> Answer:
        await email_changes.confirm(token, request.user)
        return see("/email-changes/confirmed")
