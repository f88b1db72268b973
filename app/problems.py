"""One way to show each refusal: what happened, why, and what to do next."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from litestar.exceptions import HTTPException, NotFoundException

from app.answers import Answer, Asked, form_of, page, partial, see, wants_partial
from app.forms import SECRETS, Said, TooMuch
from app.gate import TooLarge, takes_files, too_many_files
from app.routes.guards import LogInFirst
from app.routes.pressed_again import is_pressed, page_of
from app.rules import mailed_links
from app.rules.passwords import Overloaded
from app.rules.refusals import Invalid, Missing, Refused, Stale, TooMany
from app.rules.viewers import VISITOR
from app.visits import FirstStepsFirst
from db.atomic import CommitUnknown
from db.troubles import PASSING

log = logging.getLogger("portal.problems")

NOT_FOUND = "There is nothing at this address, or it is not yours to see."
BUSY = "The portal is busy and could not do this. Nothing was changed. Try again in a moment."
UNKNOWN = "The database went away while this was saved. Load the page again to see whether it was done."


def _ready(request: Asked) -> None:
    """A refusal may come before anybody has looked who asks."""
    scope: Any = request.scope
    scope.setdefault("user", VISITOR)
    scope.setdefault("csrf", "")
    scope.setdefault("auth", "")


def refusal(request: Asked, status: int, title: str, reason: str, **headers: str) -> Answer:
    """The page of a refusal, or its notice where htmx asked for a piece."""
    _ready(request)
    if wants_partial(request):
        answer = partial(request, "partials/refusal.html", status, title=title, reason=reason)
        answer.headers["HX-Retarget"] = "#notice"
        answer.headers["HX-Reswap"] = "innerHTML"
    else:
        answer = page(request, "templates/refusal.html", status, title=title, reason=reason)
    answer.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return answer


def log_in_first(request: Asked, _: Exception) -> Answer:
    """A page asked for leads to the log-in and back; a form posted is kept and shown again after it (LOGIN-9)."""
    scope: Any = request.scope
    if request.method == "POST":
        kept = kept_form(request)
        shown = {"kept": kept, "next": "" if kept else page_of(request), "is_unsent": not kept}
        answer = page(request, "templates/sessions/new.html", 401, errors=Said(), typed=Said(), **shown)
        answer.headers.update({"HX-Retarget": "body", "HX-Reswap": "innerHTML"})
        return answer
    wanted = scope["path"] + ("?" + scope["query_string"].decode("latin-1") if scope["query_string"] else "")
    address = f"/login?next={quote(wanted)}"
    if request.headers.get("HX-Request") == "true":
        answer = see("/login")
        answer.status_code = 200
        answer.headers["HX-Redirect"] = address
        return answer
    return see(address)


def kept_form(request: Asked) -> dict[str, Any] | None:
    """The posted fields and their address, to be shown again to who was shown the form; None where none was filled."""
    path, form = request.scope["path"], form_of(request)
    if is_pressed(path, form):
        return None
    pairs = [pair for pair in form.pairs if pair[0] not in SECRETS]
    return {"path": path, "pairs": pairs, "owner": form.get("csrf").partition("-")[2]}


def missing(request: Asked, _: Exception) -> Answer:
    return refusal(request, 404, "Not found", NOT_FOUND)


def refused(request: Asked, error: Refused) -> Answer:
    return refusal(request, 403, "Not allowed", error.reason)


def link_gone(request: Asked, error: mailed_links.LinkGone) -> Answer:
    """Who comes by a mailed link may not be able to log in: the ways on stand there."""
    answer = page(request, "templates/link_gone.html", 403, reason=error.reason, cause_known=error.cause_known)
    answer.headers.update({"HX-Retarget": "body", "HX-Reswap": "innerHTML"})
    return answer


def invalid(request: Asked, error: Invalid) -> Answer:
    return refusal(request, 422, "That could not be done", " ".join(error.errors.values()))


def stale(request: Asked, error: Stale) -> Answer:
    return refusal(request, 409, "This has changed in the meantime", error.reason)


def too_many(request: Asked, error: TooMany) -> Answer:
    return refusal(request, 429, "Too many tries", error.reason, Retry_After=str(error.seconds))


def first_steps_first(request: Asked, _: Exception) -> Answer:
    """Every other page leads back to the first steps until they are done (LOGIN-3)."""
    answer = see("/welcome")
    if request.headers.get("HX-Request") == "true":
        answer.status_code = 200
        answer.headers["HX-Redirect"] = "/welcome"
    return answer


def too_large(request: Asked, _: Exception) -> Answer:
    path = request.scope["path"]
    reason = (
        too_many_files(path)
        if takes_files(path)
        else "A form holds at most 256 KiB and 1,000 fields. Send it in parts."
    )
    return refusal(request, 413, "Too much at once", reason)


def busy(request: Asked, error: Exception) -> Answer:
    log.warning("busy: %s", type(error).__name__)
    return refusal(request, 503, "Busy", BUSY, Retry_After="5")


def unknown(request: Asked, error: Exception) -> Answer:
    log.error("commit unknown: %r", error)
    return refusal(request, 503, "Not sure whether this was done", UNKNOWN, Retry_After="5")


def by_status(request: Asked, error: HTTPException) -> Answer:
    """What the framework refuses by itself: a wrong id in an address is a missing page."""
    if isinstance(error, NotFoundException) or error.status_code in (400, 404):
        return missing(request, error)
    if error.status_code == 405:
        return refusal(
            request, 405, "Not that way", "This address does not take what was sent to it.", Allow="GET, POST"
        )
    if error.status_code == 413:
        return too_large(request, error)
    return refusal(request, error.status_code, "That could not be done", "The request could not be read.")


def broken(request: Asked, error: Exception) -> Answer:
    """A fault of ours: the log has it, the page has its number only."""
    number = request.scope.get("request_id", "")
    log.error("request %s failed", number, exc_info=error)
    reason = f"The portal made a mistake, and it has been noted under {number}. What you sent may not have been saved."
    return refusal(request, 500, "Something is broken", reason)


HANDLERS: dict[type[Exception] | int, Callable[..., Answer]] = {
    LogInFirst: log_in_first,
    Refused: refused,
    mailed_links.LinkGone: link_gone,
    Missing: missing,
    Invalid: invalid,
    Stale: stale,
    TooMany: too_many,
    FirstStepsFirst: first_steps_first,
    TooMuch: too_large,
    TooLarge: too_large,
    Overloaded: busy,
    CommitUnknown: unknown,
    **dict.fromkeys(PASSING, busy),
    HTTPException: by_status,
    Exception: broken,
}
