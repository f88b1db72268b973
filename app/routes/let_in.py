"""Where a log-in leads: to the form that waited for it, to the page asked for, or to the overview (LOGIN-9)."""

import re
from typing import Any
from urllib.parse import quote

from app.answers import Answer, Asked, page, see
from app.forms import Form
from app.routes import kept_forms
from app.routes.just_placed import in_place
from app.routes.known_forms import BOOKKEEPING
from app.visits import SESSION_COOKIE, admit, cookie, owner_mark, person_of

SIGNS = "/?&=%+,;:@!$'()*~#"  # stand in an address as they are; all else is written in per cent
ANOTHERS = "The form belonged to another log-in and is not shown."
ON_SITE = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def inside(address: str) -> str:
    """An address on this site, as a header can hold it, or the overview."""
    return quote(address, safe=SIGNS, errors="replace") if ON_SITE.fullmatch(address) else "/"


def kept_of(form: Form) -> dict[str, Any] | None:
    """The form that waited for the log-in, if one did."""
    path = inside(form.get("kept_path"))
    pairs = list(zip(form.all("kept_name"), form.all("kept_value"), strict=False))
    return {"path": path, "pairs": pairs, "owner": form.get("kept_owner")} if path != "/" and pairs else None


async def welcome(request: Asked, form: Form, token: str) -> Answer:
    """Lead whoever has just logged in to what they wanted."""
    kept = kept_of(form)
    if kept is None:
        return see(inside(form.get("next")), cookie(SESSION_COOKIE, token))
    await admit(request.scope, token)
    if request.user.remaining:  # no page before the first steps, not even with a form that waited (LOGIN-3)
        return see("/welcome", cookie(SESSION_COOKIE, token))
    if kept["owner"] not in ("", owner_mark(person_of(request.user))):  # it is another person's
        answer = in_place(page(request, "templates/refusal.html", title="You are logged in", reason=ANOTHERS), "/")
    else:
        found = await kept_forms.found_again(request, kept["path"], Form(kept["pairs"]))
        answer = found or page(request, "templates/sessions/kept.html", kept=kept, bookkeeping=BOOKKEEPING)
    answer.headers["Set-Cookie"] = cookie(SESSION_COOKIE, token)
    return answer
