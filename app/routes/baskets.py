"""My Baskets, and one basket (BASKET-2, BASKET-4, BASKET-6, BASKET-7)."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, see, wants_partial
from app.forms import Form, Said
from app.routes.basket_approvals import MEANS, sharing_piece, sharing_refused
from app.routes.basket_archive import ARCHIVED, archived_page
from app.routes.basket_copies import around
from app.routes.basket_files import basket_file, kind_of
from app.routes.basket_lists import list_of
from app.routes.basket_pages import basket_page, basket_piece, number, said_of
from app.routes.basket_templates import TEMPLATES, templates_page
from app.routes.guards import needs
from app.routes.whole_baskets_said import said_of_whole
from app.rules import basket_access, basket_archive, basket_lists, baskets
from app.rules.basket_access import MY
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid

INDEX = "templates/baskets/index.html"


def new_of(form: Form) -> dict[str, str]:
    """A new basket as typed; raises Invalid."""
    name = " ".join(form.text("name", baskets.NAME_LENGTH, "Type a name.").split())
    note = form.text("note", baskets.NOTE_LENGTH)
    form.check()
    return {"name": name, "visibility": form.get("visibility", "private"), "note": note}


def change_of(form: Form) -> dict[str, Any]:
    """What of a basket was typed; a field that was not sent stays as it is. Raises Invalid."""
    sent = {name for name, _ in form.pairs}
    typed: dict[str, Any] = dict.fromkeys(("name", "note", "home_warehouse", "visibility"))
    if "name" in sent:
        typed["name"] = " ".join(form.text("name", baskets.NAME_LENGTH, "Type a name.").split())
    if "note" in sent:
        typed["note"] = form.text("note", baskets.NOTE_LENGTH)
    if "home_warehouse" in sent:
        typed["home_warehouse"] = form.whole("home_warehouse", 1, baskets.LARGEST_ID)
    if "visibility" in sent:
        typed["visibility"] = form.get("visibility")
    form.check()
    return typed


async def index_page(request: Asked, status: int = 200, /, **context: Any) -> Answer:
    """My Baskets with the form for a new one."""
    done = {"removed": None, "archived": None, "chosen": False, "begun": False}
    told = {"errors": Said(), "typed": Said(), **done, **context}
    shown = {**await list_of(request, MY), "full": await baskets.full(request.user), "about": basket_access.ABOUT}
    return page(request, INDEX, status, **shown, **told)


class Baskets(Controller):
    path = "/baskets"
    guards = [needs(Privilege.USE_BASKETS, "use baskets")]

    @get("/", name="baskets:index")
    async def index(self, request: Asked) -> Answer:
        asked = request.query_params
        if asked.get("show") == ARCHIVED:
            return await archived_page(request)
        if asked.get("show") == TEMPLATES:
            return await templates_page(request, MY)
        removed = await baskets.undoable(number(asked.get("removed", "")), request.user)
        archived = await basket_archive.undoable(number(asked.get("archived", "")), request.user)
        told = {"removed": removed, "archived": archived, "chosen": "current" in asked, "begun": "new" in asked}
        return await index_page(request, **told)

    @post("/", name="baskets:create")
    async def create(self, request: Asked) -> Answer:
        form = form_of(request)
        try:
            made = await baskets.create(**new_of(form), by=request.user)
        except Invalid as wrong:
            return await index_page(request, 422, errors=Said(wrong.errors), typed=form.typed())
        return see(f"/baskets/{made}")

    @get("/{basket_id:int}", name="baskets:show")
    async def show(self, request: Asked, basket_id: FromPath[int]) -> Response[Any]:
        if kind := kind_of(request):
            return await basket_file(request, basket_id, kind)
        opened = await baskets.visit(request.user, basket_id)
        told = {**await around(request, opened), "others": await basket_lists.offered(request.user)}
        if wants_partial(request):
            return basket_piece(request, "table", opened, **told)
        said = await said_of_whole(request, opened) or await said_of(request, opened)
        return basket_page(request, opened, said=said, **told)

    @post("/{basket_id:int}", name="baskets:update")
    async def update(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        form = form_of(request)
        try:
            basket = await baskets.change(basket_id, **change_of(form), by=request.user)
        except Invalid as wrong:
            if form.get("at") == "approvals":
                return await sharing_refused(request, basket_id, wrong)
            opened = await baskets.open(request.user, basket_id)
            return basket_page(request, opened, 422, basket_errors=Said(wrong.errors), basket_typed=form.typed())
        if wants_partial(request):
            return await sharing_piece(request, basket_id, said=MEANS[basket.visibility])
        return see(f"/baskets/{basket_id}{'/approvals?saved=1' if form.get('at') == 'approvals' else '?saved=1'}")

    @post("/{basket_id:int}/removal", name="baskets:remove")
    async def remove(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        await baskets.remove(basket_id, request.user)
        return see(f"/baskets?removed={basket_id}")

    @post("/{basket_id:int}/restoration", name="baskets:restore")
    async def restore(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        await baskets.restore(basket_id, request.user)
        return see(f"/baskets/{basket_id}?restored=1")
