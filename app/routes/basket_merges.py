"""Merging another basket into one, on a page of its own, and the undo of it (BASKET-12)."""

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Form, Said
from app.routes.basket_pages import number
from app.routes.guards import needs
from app.routes.just_placed import in_place
from app.routes.known_forms import WAITED
from app.rules import basket_bulk, basket_merges, baskets
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid

TEMPLATE = "templates/baskets/merge.html"
UNTYPED = Said()


async def merge_page(
    request: Asked, basket_id: int, status: int = 200, errors: Said = UNTYPED, typed: Said = UNTYPED
) -> Answer:
    """The form that asks for the other basket; raises Missing and Refused."""
    basket = await baskets.find(request.user, basket_id)
    baskets.require_edit(basket, request.user)
    sources = await basket_merges.sources(basket, request.user)
    return page(request, TEMPLATE, status, basket=basket, sources=sources, errors=errors, typed=typed)


async def found_again(request: Asked, form: Form, basket_id: int) -> Answer:
    """The form that waited for the log-in (LOGIN-9)."""
    answer = await merge_page(request, basket_id, 200, Said({"": WAITED}), form.typed())
    return in_place(answer, f"/baskets/{basket_id}/merges")


class BasketMerges(Controller):
    path = "/baskets/{basket_id:int}/merges"
    guards = [needs(Privilege.USE_BASKETS, basket_bulk.DEED)]

    @get("/", name="basket_merges:new")
    async def new(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        return await merge_page(request, basket_id)

    @post("/", name="basket_merges:create")
    async def create(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        form = form_of(request)
        try:
            source = number(form.get("from"))
            if not source:
                raise Invalid({"from": "Choose the basket whose lines shall come."})
            done = await basket_merges.make(basket_id, source, request.user, archive=form.get("archive") == "1")
        except Invalid as wrong:
            return await merge_page(request, basket_id, 422, Said(wrong.errors), form.typed())
        counts = f"merged={done.added}&up={done.added_up}&not={done.left_out}&put_away={int(done.archived)}"
        revisions = f"revision={done.opened.basket.revision}&other={done.source_revision}"
        return see(f"/baskets/{basket_id}?{counts}&from={done.source.id}&{revisions}")

    @post("/removal", name="basket_merges:remove")
    async def remove(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        form = form_of(request)
        source, revision, other = (number(form.get(name)) for name in ("from", "revision", "other"))
        archived = form.get("put_away") == "1"
        count = await basket_merges.undo(basket_id, source, (revision, other), request.user, archived=archived)
        return see(f"/baskets/{basket_id}?unmerged={count}")
