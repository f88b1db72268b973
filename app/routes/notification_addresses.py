"""The link that asks the reader of a mailbox: looking changes nothing, the button agrees (NOTIFY-1)."""

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, page, see
from app.routes.guards import open_to_all
from app.rules import notification_links


class NotificationAddresses(Controller):
    path = "/notification-addresses"
    guards = [open_to_all]

    @get("/confirmed", name="notification_addresses:confirmed")
    async def confirmed(self, request: Asked) -> Answer:
        return page(request, "templates/notification_addresses/confirmed.html")

    @get("/{token:str}", name="notification_addresses:show")
    async def show(self, request: Asked, token: FromPath[str]) -> Answer:
        asked = await notification_links.find(token)
        return page(request, "templates/notification_addresses/show.html", asked=asked, token=token)

    @post("/{token:str}", name="notification_addresses:update")
    async def update(self, request: Asked, token: FromPath[str]) -> Answer:
        await notification_links.confirm(token, request.user)
        return see("/notification-addresses/confirmed")
