"""Log in and log out (LOGIN-1, LOGIN-5, LOGIN-8, LOGIN-9)."""

import re
from typing import Any
from urllib.parse import quote

from litestar import Controller, get, post

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Form, Said
from app.routes import kept_forms
from app.routes.guards import open_to_all, signed_in
from app.rules import log_ins, sessions
from app.rules.log_ins import LoginFailed
from app.visits import SESSION_COOKIE, admit, cookie

FAILED = (
    "That e-mail address and password do not fit together, or the log-in is locked for a while after too many tries. "
    "Check both, or ask your company's website administrator for help."
)
SIGNS = "/?&=%+,;:@!$'()*~#"  # stand in an address as they are; all else is written in per cent
ON_SITE = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def inside(address: str) -> str:
    """An address on this site, as a header can hold it, or the overview."""
    return quote(address, safe=SIGNS, errors="replace") if ON_SITE.fullmatch(address) else "/"


def kept_of(form: Form) -> dict[str, Any] | None:
    """The form that waited for the log-in, if one did."""
    path = inside(form.get("kept_path"))
    pairs = list(zip(form.all("kept_name"), form.all("kept_value"), strict=False))
    return {"path": path, "pairs": pairs} if path != "/" and pairs else None


class Login(Controller):
    path = "/login"
    guards = [open_to_all]

    @get("/", name="sessions:new")
    async def new(self, request: Asked) -> Answer:
        if request.user.signed_in:
            return see(inside(request.query_params.get("next", "/")))
        wanted = request.query_params.get("next", "")
        return page(request, "templates/sessions/new.html", kept=None, errors=Said(), typed=Said(), next=wanted)

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
        return await welcome(request, form, entered.token)


async def welcome(request: Asked, form: Form, token: str) -> Answer:
    """Where the log-in leads: to the form that waited, to the page asked for, or to the overview."""
    kept = kept_of(form)
    if kept is None:
        return see(inside(form.get("next")), cookie(SESSION_COOKIE, token))
    await admit(request.scope, token)
    answer = await kept_forms.found_again(request, kept["path"], Form(kept["pairs"]))
    answer = answer or page(request, "templates/sessions/kept.html", kept=kept)
    answer.headers["Set-Cookie"] = cookie(SESSION_COOKIE, token)
    return answer


@post("/logout", name="sessions:remove", guards=[signed_in])
async def remove(request: Asked) -> Answer:
    await sessions.log_out(request.user)
    answer = see("/login", cookie(SESSION_COOKIE, ""))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
