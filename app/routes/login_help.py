"""Both ways in again for who has neither a password nor an answer, shown to everybody (LOGIN-7)."""

from litestar import Controller, get, post

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Said
from app.routes.guards import open_to_all
from app.rules import cases, login_help
from app.rules.refusals import Invalid


def help_page(request: Asked, form: str = "", errors: Said | None = None, typed: Said | None = None) -> Answer:
    """Both forms; the errors of `form` ("administrator" or "distributor") make it 422."""
    shown = {"wrong": form, "errors": errors or Said(), "typed": typed or Said(), "limits": cases.LIMITS}
    return page(request, "templates/passwords/help.html", 422 if errors else 200, **shown)


class LoginHelp(Controller):
    path = "/password/help"
    guards = [open_to_all]

    @get("/", name="login_help:show")
    async def show(self, request: Asked) -> Answer:
        return help_page(request)

    @post("/administrator", name="login_help:administrator")
    async def administrator(self, request: Asked) -> Answer:
        form = form_of(request)
        given = {name: form.text(name, limit) for name, limit in login_help.LIMITS.items()}
        try:
            form.check()
            await login_help.ask_administrator(given["email"], given["account_number"], request.user)
        except Invalid as wrong:
            return help_page(request, "administrator", Said(wrong.errors), form.typed())
        return see("/password/help/sent?to=administrator")

    @post("/distributor", name="login_help:distributor")
    async def distributor(self, request: Asked) -> Answer:
        form = form_of(request)
        given = {name: form.text(name, limit) for name, limit in cases.LIMITS.items()}
        try:
            form.check()
            await login_help.write_to_distributor(given, request.user)
        except Invalid as wrong:
            return help_page(request, "distributor", Said(wrong.errors), form.typed())
        return see("/password/help/sent?to=distributor")

    @get("/sent", name="login_help:sent")
    async def sent(self, request: Asked) -> Answer:
        return page(request, "templates/passwords/help_sent.html", to=request.query_params.get("to", ""))
