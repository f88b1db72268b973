"""The second step of a log-in: a code or a passkey after the right password (LOGIN-10)."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from litestar import Controller, get, post
from litestar.datastructures import Cookie

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Form, Said
from app.gate import SECURE
from app.routes.guards import open_to_all
from app.routes.let_in import inside, kept_of, welcome
from app.rules import passkeys, pending_logins
from app.rules.pending_logins import PendingGone, WrongCode
from app.visits import PREFIX, cookie

COOKIE = f"{PREFIX}pending"
ADDRESS = "/login/second-step"
WRONG = (
    "That did not fit, was used before, or the log-in is locked for a while after too many tries. "
    "Wait for the next code of the app, or use a recovery code."
)
GONE = "The log-in has ended: it took too long, or there were too many wrong codes. Start again with your password."
ANYWHERE = "/"

Entering = Callable[[str, str, str, str], Awaitable[str]]


async def step_page(request: Asked, token: str, form: Form, status: int, errors: Said) -> Answer:
    """The page that asks for the code; raises PendingGone."""
    pending = await pending_logins.find(token)
    held = [] if passkeys.why_none() else await passkeys.of(pending.user_id)
    options = passkeys.asked_to_use(held, pending.passkey_challenge) if held else ""
    shown = {"kept": kept_of(form), "next": form.get("next"), "options": options}
    return page(request, "templates/second_steps/asked.html", status, errors=errors, **shown)


async def to_second_step(request: Asked, form: Form, token: str) -> Answer:
    """From the right password there; a form that waits for the log-in goes along (LOGIN-9)."""
    if kept_of(form):
        answer = await step_page(request, token, form, 200, Said())
        answer.headers.update({"Set-Cookie": cookie(COOKIE, token), "HX-Replace-Url": ADDRESS})
        return answer
    wanted = inside(form.get("next"))
    address = ADDRESS if wanted == ANYWHERE else f"{ADDRESS}?next={quote(wanted)}"
    return see(address, cookie(COOKIE, token))


async def _enter(request: Asked, how: Entering, field: str) -> Answer:
    form, token = form_of(request), request.cookies.get(COOKIE, "")
    agent = request.headers.get("User-Agent", "")
    try:
        session = await how(token, form.get(field), request.user.network_address, agent)
        answer = await welcome(request, form, session)
        answer.set_cookie(Cookie(key=COOKIE, value="", max_age=0, secure=SECURE, httponly=True, samesite="lax"))
        return answer
    except WrongCode:
        return await _again(request, token, form)
    except PendingGone:
        return gone(request, form)


async def _again(request: Asked, token: str, form: Form) -> Answer:
    try:
        return await step_page(request, token, form, 422, Said(code=WRONG))
    except PendingGone:
        return gone(request, form)


def gone(request: Asked, form: Form) -> Answer:
    """Back to the password, with all that was to come after it."""
    shown = {"kept": kept_of(form), "next": form.get("next"), "typed": Said()}
    return page(request, "templates/sessions/new.html", 422, errors=Said({"": GONE}), **shown)


class SecondStep(Controller):
    path = ADDRESS
    guards = [open_to_all]

    @get("/", name="pending_logins:show")
    async def show(self, request: Asked) -> Answer:
        asked = Form([("next", request.query_params.get("next", ""))])
        if request.user.signed_in:
            return see(inside(asked.get("next")))
        try:
            return await step_page(request, request.cookies.get(COOKIE, ""), asked, 200, Said())
        except PendingGone:
            return see(f"/login?next={quote(inside(asked.get('next')))}")

    @post("/", name="pending_logins:update")
    async def update(self, request: Asked) -> Answer:
        return await _enter(request, pending_logins.enter_by_code, "code")

    @post("/passkey", name="pending_logins:passkey")
    async def passkey(self, request: Asked) -> Answer:
        return await _enter(request, pending_logins.enter_by_passkey, "credential")
