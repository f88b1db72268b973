"""The answers of a handler: a page, a piece of one, another address, a file, and a refusal."""

import zlib
from collections.abc import AsyncIterator
from typing import Any

from litestar import Request, Response
from litestar.response import Stream

from app import formats
from app.assets import asset
from app.desk_menu import desk_pages
from app.forms import Form
from app.gate import SECRET_PART
from app.menu import account_pages, menu, quick_links
from app.rendering import forms_token, templates
from app.rules.marks import is_demo
from app.rules.settings import settings
from app.rules.viewers import Viewer
from app.version import VERSION
from app.visits import VISIT_COOKIE, cookie

Asked = Request[Viewer, str, Any]
Answer = Response[bytes]

HTML = "text/html"
VARY = "HX-Request, HX-Request-Type, Cookie, Accept-Encoding"
WORTH_PACKING = 1_000
UNSENT = "unsent"  # in the address of a page to which an ended session led back (LOGIN-9)
NOT_SENT = "Your session ended before this was sent. Nothing was changed: press it again."


templates.globals.update(account_pages=account_pages, asset=asset, desk_pages=desk_pages, dom_id=formats.dom_id)
templates.filters.update(
    money=formats.cents,
    cents=formats.cents,
    day=formats.day,
    date=formats.day,
    moment=formats.moment,
    datetime=formats.moment,
    local_day=formats.local_day,
    age=formats.age,
    count=formats.count,
    number=formats.count,
)


class Site:
    """What every page says of the distributor."""

    distributor = settings.distributor
    currency = settings.currency
    tax_name = settings.tax_name
    tax_percent = f"{settings.tax_percent.normalize():f}"
    contact_email = settings.contact_email
    contact_phone = settings.contact_phone
    registration_label = settings.registration_label
    tax_number_label = settings.tax_number_label
    confirmation_hours = settings.confirmation_hours
    version = VERSION
    keeps_mail = not settings.smtp_url
    live_seconds = settings.live_seconds

    @property
    def is_demo(self) -> bool:
        return is_demo()


templates.globals["site"] = Site()


def wants_partial(request: Asked) -> bool:
    """Whether htmx asks for the piece that changed, and not for a page."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-Request-Type") == "partial"


def _packed(request: Asked, body: bytes) -> tuple[bytes, dict[str, str]]:
    """gzip: on pages it is half the work of brotli for as few bytes."""
    if len(body) < WORTH_PACKING or "gzip" not in request.headers.get("Accept-Encoding", ""):
        return body, {}
    packer = zlib.compressobj(4, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush(), {"Content-Encoding": "gzip"}


def _html(request: Asked, text: str, status: int, headers: dict[str, str] | None = None) -> Answer:
    body, packing = _packed(request, text.encode("utf-8", "replace"))
    private = request.user.signed_in or "new_visit" in request.scope or SECRET_PART.search(request.scope["path"])
    all_headers = {
        "Cache-Control": "no-store, private" if private else "no-cache",
        "Vary": VARY,
        **packing,
        **(headers or {}),
    }
    if visit := request.scope.get("new_visit"):
        all_headers["Set-Cookie"] = cookie(VISIT_COOKIE, str(visit))
    return Response(body, status_code=status, media_type=HTML, headers=all_headers)


def context_of(request: Asked) -> dict[str, Any]:
    """What every page and piece may speak of."""
    viewer = request.user
    path = request.scope["path"]
    return {
        "viewer": viewer,
        "path": path,
        "menu": menu(viewer),
        "quick_links": quick_links(viewer),
    }


def _drawn(request: Asked, template: str, context: dict[str, Any]) -> str:
    forms_token.set(request.scope["csrf"])  # type: ignore[typeddict-item]
    return templates.get_template(template).render({**context_of(request), **context})


def page(request: Asked, template: str, status: int = 200, /, **context: Any) -> Answer:
    """A whole page."""
    if UNSENT in request.query_params:
        context["notices"] = [{"kind": "warn", "text": NOT_SENT}]
    return _html(request, _drawn(request, template, context), status)


def partial(request: Asked, template: str, status: int = 200, /, push: str = "", **context: Any) -> Answer:
    """A piece of a page for htmx; `push` is the address that the bar shall hold then."""
    text = _drawn(request, template, context)
    return _html(request, text, status, {"HX-Push-Url": push} if push else None)


def see(path: str, *cookies: str) -> Answer:
    """Another address (303), which the browser fetches by GET; `path` starts with one slash."""
    answer: Answer = Response(b"", status_code=303, headers={"Location": path, "Cache-Control": "no-store"})
    for line in cookies:
        answer.headers.setdefault("Set-Cookie", line)
    return answer


def nothing_new() -> Answer:
    """There is nothing that the page does not know (204)."""
    return Response(b"", status_code=204, media_type=HTML, headers={"Cache-Control": "no-store, private"})


def download(name: str, kind: str, chunks: AsyncIterator[bytes]) -> Response[Any]:
    """A file that is sent while it is made, and kept in no cache; `name` is our own, of letters, digits and `-.`."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store, private"}
    return Stream(chunks, media_type=kind, headers=headers)


def form_of(request: Asked) -> Form:
    """The posted form, whose token has been checked."""
    form: Form = request.scope["form"]  # type: ignore[typeddict-item]
    return form
