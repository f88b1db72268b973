"""The second step of one's own log-in: an authenticator app, passkeys, recovery codes (LOGIN-10)."""

import time
from typing import Any

import segno
from litestar import Controller, get, post

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Said
from app.routes.guards import own_hands
from app.rules import (
    authenticators,
    first_steps,
    fresh_passwords,
    passkeys,
    recovery_codes,
    second_step_requirement,
    second_steps,
)
from app.rules.refusals import Invalid, Refused
from app.visits import PREFIX, cookie

PAGE = "/account/profile/second-step"
CODES = f"{PAGE}/recovery-codes"
CODES_COOKIE = f"{PREFIX}recovery"  # carries new codes, sealed, to the page that shows them once
TOLD = {
    "passkey": "The passkey is kept. You can log in with it, or with a code of the app.",
    "renamed": "Renamed.",
    "passkey_removed": "The passkey is removed.",
    "removed": "The second step is removed. The password alone opens your account now.",
}


async def overview(request: Asked, status: int = 200, **more: Any) -> Answer:
    """What there is, and what can be changed once the password was given."""
    viewer = request.user
    shown = {
        "held": await second_steps.held(viewer),
        "required": await second_step_requirement.why(viewer),
        "given": await fresh_passwords.is_given(viewer),
        "no_passkeys": passkeys.why_none(),
        "errors": Said(),
        "named": {},
        "steps": first_steps.steps(viewer),
        "removing": ("", ""),  # what could not be removed, and why
        "notices": [{"kind": "good", "text": text} for name, text in TOLD.items() if name in request.query_params],
    }
    return page(request, "templates/second_steps/index.html", status, **{**shown, **more})


async def app_page(request: Asked, status: int, errors: Said) -> Answer:
    """The QR code, and the field for the first code; raises Refused where no set-up was begun."""
    secret = await second_steps.begun(request.user)
    drawn = segno.make(authenticators.address(secret, request.user.email), error="m", micro=False)
    picture = drawn.svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
    parts = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    shown = {"picture": picture, "parts": parts, "steps": first_steps.steps(request.user)}
    return page(request, "templates/second_steps/app.html", status, errors=errors, **shown)


def to_codes(request: Asked, codes: list[str]) -> Answer:
    """To the page that shows them once; at an address of its own each time, which no cache has."""
    then = "&then=welcome" if "second_step" in request.user.remaining else ""
    sealed = recovery_codes.sealed_for(request.user.session_id, codes)
    return see(f"{CODES}?made={int(time.time())}{then}", cookie(CODES_COOKIE, sealed))


class SecondSteps(Controller):
    path = PAGE
    guards = [own_hands(second_steps.DEED)]

    @get("/", name="second_steps:index")
    async def index(self, request: Asked) -> Answer:
        return await overview(request)

    @post("/", name="second_steps:open")
    async def open(self, request: Asked) -> Answer:
        try:
            await fresh_passwords.give(request.user, form_of(request).get("current_password"))
        except Invalid as wrong:
            return await overview(request, 422, errors=Said(wrong.errors))
        return see(f"{PAGE}?given=1")

    @post("/app", name="second_steps:create")
    async def create(self, request: Asked) -> Answer:
        await second_steps.begin(request.user)
        return see(f"{PAGE}/app/new?begun={int(time.time())}")

    @get("/app/new", name="second_steps:new")
    async def new(self, request: Asked) -> Answer:
        try:
            return await app_page(request, 200, Said())
        except Refused:
            return see(PAGE)

    @post("/app/confirmation", name="second_steps:confirm")
    async def confirm(self, request: Asked) -> Answer:
        try:
            codes = await second_steps.confirm(request.user, form_of(request).get("code"))
        except Invalid as wrong:
            return await app_page(request, 422, Said(wrong.errors))
        return to_codes(request, codes)

    @post("/recovery-codes", name="second_steps:renew_codes")
    async def renew_codes(self, request: Asked) -> Answer:
        return to_codes(request, await second_steps.renew_codes(request.user))

    @get("/recovery-codes", name="second_steps:codes")
    async def codes(self, request: Asked) -> Answer:
        sealed = request.cookies.get(CODES_COOKIE, "")
        shown = recovery_codes.unsealed_for(request.user.session_id, sealed)
        then = "/welcome" if request.query_params.get("then") == "welcome" else PAGE
        answer = page(request, "templates/second_steps/codes.html", codes=shown, then=then)
        answer.headers["Set-Cookie"] = cookie(CODES_COOKIE, "")
        return answer

    @post("/removal", name="second_steps:remove")
    async def remove(self, request: Asked) -> Answer:
        try:
            await second_steps.remove(request.user, form_of(request).get("current_password"))
        except Invalid as wrong:
            return await overview(request, 422, removing=("all", wrong.errors["current_password"]))
        return see(f"{PAGE}?removed=1")
