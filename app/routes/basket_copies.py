"""Copying a basket, starting one from a template, and reading what could not come with it (BASKET-12, BASKET-13)."""

from litestar import Controller, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, partial, see, wants_partial
from app.forms import Form, Said
from app.routes.basket_pages import Told, basket_page
from app.routes.guards import needs
from app.routes.just_placed import in_place
from app.routes.known_forms import WAITED
from app.rules import basket_copies, baskets, left_out_lines, placing
from app.rules.baskets import Opened
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid

GUARD = needs(Privilege.USE_BASKETS, basket_copies.DEED)


async def around(request: Asked, opened: Opened) -> Told:
    """What the page of a basket says around its lines: whether there is room for a copy, and what was left out."""
    is_ordered = opened.basket.archived_at and not opened.basket.archiver
    return {
        "no_room": await baskets.full(request.user),
        "left_out": await left_out_lines.of(opened.basket, request.user),
        "ordered": await placing.ordered_as(opened.basket.id, request.user) if is_ordered else None,
    }


def name_of(form: Form) -> str:
    """The name as typed, "" for the one that is proposed; raises Invalid."""
    name = " ".join(form.text("name", baskets.NAME_LENGTH).split())
    form.check()
    return name


async def copy_page(request: Asked, basket_id: int, status: int, errors: Said, typed: Said) -> Answer:
    """The basket with the form that copies it open."""
    opened = await baskets.open(request.user, basket_id)
    told = {**await around(request, opened), "copy_errors": errors, "copy_typed": typed}
    return basket_page(request, opened, status, **told)


async def found_again(request: Asked, form: Form, basket_id: int) -> Answer:
    """The name that waited for the log-in (LOGIN-9)."""
    answer = await copy_page(request, basket_id, 200, Said({"": WAITED}), form.typed())
    return in_place(answer, f"/baskets/{basket_id}")


class BasketCopies(Controller):
    path = "/baskets/{basket_id:int}"
    guards = [GUARD]

    @post("/copies", name="basket_copies:create")
    async def create(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        form = form_of(request)
        try:
            copied = await basket_copies.make(basket_id, name_of(form), request.user)
        except Invalid as wrong:
            return await copy_page(request, basket_id, 422, Said(wrong.errors), form.typed())
        return see(f"/baskets/{copied.made}?copy_of={basket_id}")

    @post("/left-out/removal", name="left_out_lines:remove")
    async def read(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        basket = await left_out_lines.read(basket_id, request.user)
        if wants_partial(request):
            return partial(request, "partials/baskets/left_out.html", basket=basket, left_out=())
        return see(f"/baskets/{basket_id}?read=1")
