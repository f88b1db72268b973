""" "Settings": the Quick Links and how pages are shown, each followed at once (LINK-2)."""

from typing import Any

from litestar import Controller, get, post

from app.answers import Answer, Asked, form_of, page, partial, see, wants_partial
from app.forms import Form, Said
from app.menu import quick_links as bar
from app.routes.guards import signed_in
from app.rules import displays, quick_links
from app.rules.displays import DENSITIES
from app.rules.refusals import Invalid
from app.rules.viewers import Viewer

TOLD = {"links": "Your Quick Links are saved.", "display": "Saved."}


def shown(viewer: Viewer, order: list[str] | None = None) -> dict[str, Any]:
    """What the pieces speak of, as it is for this viewer now; `order` keeps the rows where they stand."""
    return {
        "viewer": viewer,
        "offered": quick_links.arranged(viewer, order or []),
        "chosen": [link.code for link in quick_links.chosen(viewer)],
        "quick_links": bar(viewer),
        "errors": Said(),
    }


def settings_page(request: Asked, status: int = 200, **told: Any) -> Answer:
    said = [{"kind": "good", "text": text} for name, text in TOLD.items() if name in request.query_params]
    return page(request, "templates/settings/index.html", status, **{**shown(request.user), "notices": said, **told})


def arranged_in(form: Form, viewer: Viewer) -> list[str]:
    """The codes of the rows in the order that the form asks for: as they stood, one of them moved up or down."""
    stood = form.all("order") or form.all("links")
    codes = [link.code for link in quick_links.arranged(viewer, stood)]
    by = -1 if form.get("up") else 1
    return quick_links.moved(codes, form.get("up") or form.get("down"), by)


def said_of(form: Form, chosen: list[str]) -> str:
    """What a screen reader is told: how many there are, or where the moved one stands now."""
    code = form.get("up") or form.get("down")
    if code in chosen:
        return f"{quick_links.BY_CODE[code].label} is number {chosen.index(code) + 1} of {len(chosen)}."
    return f"{len(chosen)} Quick Links."


class Settings(Controller):
    path = "/settings"
    guards = [signed_in]

    @get("/", name="settings:index")
    async def index(self, request: Asked) -> Answer:
        return settings_page(request)

    @post("/", name="settings:links")
    async def links(self, request: Asked) -> Answer:
        form = form_of(request)
        order, ticked = arranged_in(form, request.user), form.all("links")
        viewer = await quick_links.choose([code for code in order if code in ticked], request.user)
        if not wants_partial(request):
            return see("/settings?links=saved")
        facts = shown(viewer, order)
        return partial(request, "partials/settings/links_changed.html", said=said_of(form, facts["chosen"]), **facts)

    @post("/display", name="settings:display")
    async def display(self, request: Asked) -> Answer:
        form = form_of(request)
        density = form.choice("density", DENSITIES)
        try:
            form.check()
        except Invalid as wrong:
            return settings_page(request, 422, errors=Said(wrong.errors))
        viewer = await displays.choose(density, bool(form.get("keys")), request.user)
        if not wants_partial(request):
            return see("/settings?display=saved")
        return partial(request, "partials/settings/display_changed.html", **shown(viewer))
