"""Passkeys beside the authenticator app: added, renamed, removed by who they belong to (LOGIN-10)."""

import time

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Said
from app.routes.guards import own_hands
from app.routes.second_steps import PAGE, overview
from app.rules import own_passkeys, second_steps
from app.rules.refusals import Invalid, Refused

NAME_LENGTH = 80
NAMELESS = "Give it a name, such as the device that it is on."


async def passkey_page(request: Asked, status: int, errors: Said, name: str = "") -> Answer:
    """Where the browser is asked to make one; raises Refused where nothing was begun."""
    options = await own_passkeys.begun(request.user)
    return page(request, "templates/second_steps/passkey.html", status, errors=errors, options=options, name=name)


class Passkeys(Controller):
    path = f"{PAGE}/passkeys"
    guards = [own_hands(second_steps.DEED)]

    @post("/challenge", name="passkeys:begin")
    async def begin(self, request: Asked) -> Answer:
        await own_passkeys.begin(request.user)
        return see(f"{PAGE}/passkeys/new?begun={int(time.time())}")

    @get("/new", name="passkeys:new")
    async def new(self, request: Asked) -> Answer:
        try:
            return await passkey_page(request, 200, Said())
        except Refused:
            return see(PAGE)

    @post("/", name="passkeys:create")
    async def create(self, request: Asked) -> Answer:
        form = form_of(request)
        name = form.text("name", NAME_LENGTH, required=NAMELESS)
        try:
            form.check()
            await own_passkeys.add(request.user, form.get("credential"), name)
        except Invalid as wrong:
            return await passkey_page(request, 422, Said(wrong.errors), name)
        return see(f"{PAGE}?passkey=added")

    @post("/{passkey_id:int}", name="passkeys:update")
    async def update(self, request: Asked, passkey_id: FromPath[int]) -> Answer:
        form = form_of(request)
        name = form.text("name", NAME_LENGTH, required=NAMELESS)
        if form.errors:
            return await overview(request, 422, named={passkey_id: (name, form.errors["name"])})
        await own_passkeys.rename(request.user, passkey_id, name)
        return see(f"{PAGE}?renamed={passkey_id}")

    @post("/{passkey_id:int}/removal", name="passkeys:remove")
    async def remove(self, request: Asked, passkey_id: FromPath[int]) -> Answer:
        try:
            await own_passkeys.remove(request.user, passkey_id, form_of(request).get("current_password"))
        except Invalid as wrong:
            return await overview(request, 422, removing=(f"passkey-{passkey_id}", wrong.errors["current_password"]))
        return see(f"{PAGE}?passkey_removed={passkey_id}")
