"""Where a press that an ended session swallowed is made again: the page on which its button stood (LOGIN-9)."""

import re
from urllib.parse import parse_qsl, urlencode

from litestar import Litestar
from litestar.routes import HTTPRoute

from app.answers import UNSENT, Asked
from app.forms import Form
from app.routes.known_forms import BOOKKEEPING, ID
from app.routes.sent_addresses import parts_of

# Boxes and orders that are saved as they are pressed: nothing is typed there, and a list of their codes says nothing.
AT_ONCE = re.compile(f"/account/users/{ID}/privileges|/settings(/display)?|/account/profile/notifications/[^/]+")


def is_pressed(path: str, form: Form) -> bool:
    """Whether nothing was typed into the form, so that there is nothing to be shown again but its page."""
    return bool(AT_ONCE.fullmatch(path)) or BOOKKEEPING.issuperset(form.typed())


def page_of(request: Asked) -> str:
    """The address of the page, which then says that nothing was sent; without any to go back to the nearest above."""
    came = parts_of(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if came.netloc == request.headers.get("Host") and _is_page(request.app, came.path):
        kept = [pair for pair in parse_qsl(came.query) if pair[0] != UNSENT]
        return f"{came.path}?{urlencode([*kept, (UNSENT, '1')])}"
    path = request.scope["path"]
    while path and not _is_page(request.app, path):
        path = path.rpartition("/")[0]
    return f"{path or '/'}?{UNSENT}=1"


def _is_page(portal: Litestar, path: str) -> bool:
    """Whether the address can be fetched; the log-in is no page to come back to."""
    parts = path.strip("/").split("/")
    if parts[0] in ("login", "logout"):
        return False
    pages = (route for route in portal.routes if isinstance(route, HTTPRoute) and "GET" in route.methods)
    return any(_leads(route, parts) for route in pages if not route.path.endswith(":path}"))


def _leads(route: HTTPRoute, parts: list[str]) -> bool:
    wanted = route.path_components or [""]
    return len(wanted) == len(parts) and all(
        part == piece if isinstance(piece, str) else piece.type is not int or (part.isascii() and part.isdigit())
        for piece, part in zip(wanted, parts, strict=True)
    )
