"""Log in and log out (LOGIN-1, LOGIN-5, LOGIN-8, LOGIN-9)."""

from litestar import Controller, get, post

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Said
from app.routes.guards import open_to_all, signed_in
from app.routes.let_in import inside, kept_of, welcome
from app.routes.pending_logins import to_second_step
from app.rules import log_ins, sessions
from app.rules.log_ins import LoginFailed
from app.visits import SESSION_COOKIE, cookie

FAILED = (
    "That e-mail address and password do not fit together, or the log-in is locked for a while after too many tries. "
    "Check both. “Forgot Password?” below sets a new one; your company's website administrator can help as well."
)
RESET = {"kind": "good", "text": "Your new password is set. Log in with it."}


class Login(Controller):
    path = "/login"
    guards = [open_to_all]

    @get("/", name="sessions:new")
    async def new(self, request: Asked) -> Answer:
        if request.user.signed_in:
            return see(inside(request.query_params.get("next", "/")))
        notices = [RESET] if "reset" in request.query_params else []
        shown = {"errors": Said(), "typed": Said(), "next": request.query_params.get("next", ""), "notices": notices}
        return page(request, "templates/sessions/new.html", kept=None, **shown)

    @post("/", name="sessions:create")
    async def create(self, request: Asked) -> Answer:
        form = form_of(request)
        try:
            entered = await log_ins.log_in(
                form.get("email"),
                form.get("password"),
                request.user.network_address,
                request.headers.get("User-Agent", ""),
            )
        except LoginFailed:
            shown = {"kept": kept_of(form), "typed": form.typed(), "next": form.get("next")}
            return page(request, "templates/sessions/new.html", 422, errors=Said({"": FAILED}), **shown)
        if entered.owes_second_step:
            return await to_second_step(request, form, entered.token)
        return await welcome(request, form, entered.token)


@post("/logout", name="sessions:remove", guards=[signed_in])
async def remove(request: Asked) -> Answer:
    await sessions.log_out(request.user)
    answer = see("/login", cookie(SESSION_COOKIE, ""))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
