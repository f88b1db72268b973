""" "Notification Preferences": which mail somebody gets, and at which addresses (NOTIFY-1, NOTIFY-2)."""

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, partial, see, wants_partial
from app.forms import Form, Said
from app.routes.guards import own_hands, signed_in
from app.rules import notification_addresses, notifications
from app.rules.notifications import Choice
from app.rules.refusals import Invalid
from app.rules.settings import settings

PATH = "/account/profile/notifications"
OWN_HANDS = [own_hands(notification_addresses.DEED)]
TOLD = {
    "saved": "Saved.",
    "added": "The address is added. Mail goes there once it is confirmed.",
    "removed": "Nothing goes to that address any more.",
    "sent": "The link was sent again.",
}
CONFIRMED = "The address is added."
WELCOME = "The last step: choose which mail you get. You can change it later, too."


async def shown(request: Asked) -> dict[str, Any]:
    """What the page and its rows speak of; `errors` and `typed` are those of the address that is added, by type."""
    by = request.user
    return {
        "choices": await notifications.choices(by),
        "addresses": await notification_addresses.of_kinds(by),
        "most": settings.notification_addresses,
        "errors": {},
        "typed": {},
    }


async def preferences_page(request: Asked, status: int = 200, **told: Any) -> Answer:
    asked = request.query_params
    said = [{"kind": "good", "text": text} for name, text in TOLD.items() if name in asked]
    welcome = [{"kind": "quiet", "text": WELCOME}] if asked.get("welcome") else []
    facts = {**await shown(request), "notices": [*said, *welcome], "welcome": bool(welcome)}
    return page(request, "templates/notifications/index.html", status, **{**facts, **told})


async def row(request: Asked, code: str, text: str = "", status: int = 200, **told: Any) -> Answer:
    """The row of one type as it is now, and what happened."""
    facts = {**await shown(request), **told}
    choice: Choice = next(one for one in facts["choices"] if one.kind.code == code)
    return partial(request, "partials/notifications/row_changed.html", status, choice=choice, text=text, **facts)


async def changed(request: Asked, code: str, what: str, text: str = "") -> Answer:
    if wants_partial(request):
        return await row(request, code, text or TOLD[what])
    return see(f"{PATH}?{what}={code}")


async def not_added(request: Asked, code: str, wrong: Invalid, form: Form) -> Answer:
    told = {"errors": {code: Said(wrong.errors)}, "typed": {code: form.typed()}}
    if wants_partial(request):
        return await row(request, code, "", 422, **told)
    return await preferences_page(request, 422, **told)


class Notifications(Controller):
    path = PATH
    guards = [signed_in]

    @get("/", name="notifications:index")
    async def index(self, request: Asked) -> Answer:
        return await preferences_page(request)

    @post("/{code:str}", name="notifications:update")
    async def update(self, request: Asked, code: FromPath[str]) -> Answer:
        form = form_of(request)
        await notifications.choose(code, bool(form.get("email")), form.get("orders") == "company", request.user)
        return await changed(request, code, "saved")

    @post("/{code:str}/addresses", name="notifications:add", guards=OWN_HANDS)
    async def add(self, request: Asked, code: FromPath[str]) -> Answer:
        form = form_of(request)
        try:
            made = await notification_addresses.add(code, form.get("address"), request.user)
        except Invalid as wrong:
            return await not_added(request, code, wrong, form)
        return await changed(request, code, "added", CONFIRMED if made.is_confirmed else "")

    @post("/{code:str}/addresses/{address_id:int}/removal", name="notifications:remove", guards=OWN_HANDS)
    async def remove(self, request: Asked, code: FromPath[str], address_id: FromPath[int]) -> Answer:
        await notification_addresses.remove(code, address_id, request.user)
        return await changed(request, code, "removed")

    @post("/{code:str}/addresses/{address_id:int}/link", name="notifications:send_again", guards=OWN_HANDS)
    async def send_again(self, request: Asked, code: FromPath[str], address_id: FromPath[int]) -> Answer:
        await notification_addresses.send_again(code, address_id, request.user)
        return await changed(request, code, "sent")
