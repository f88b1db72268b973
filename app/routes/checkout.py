"""Check-out: a basket becomes an order in one page, reviewed and then placed (ORDER-1, ORDER-2)."""

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, see
from app.forms import Form
from app.routes import checkout_fields as fields
from app.routes.guards import needs
from app.routes.just_placed import in_place
from app.rules import baskets, checkout, placing
from app.rules.placing import Changed, Ordered
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid


class CheckOut(Controller):
    path = "/baskets/{basket_id:int}/order"
    guards = [needs(Privilege.PLACE_ORDERS, placing.DEED)]

    @get("/", name="checkout:new")
    async def new(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        if number := await placing.ordered_as(basket_id, request.user):
            return already(request, number, basket_id)
        counter = await checkout.open(basket_id, request.user)
        if baskets.why_not_order(counter.opened, request.user):
            return see(f"/baskets/{basket_id}#why-check-out-reason")
        return fields.filling(request, counter, {}, fields.new_token())

    @post("/", name="checkout:create")
    async def create(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        form = form_of(request)
        try:
            return await answered(request, form, basket_id)
        except Ordered as done:
            return fields.ordered(request, done)
        except Invalid as wrong:
            return await fields.wrong(request, form, basket_id, wrong.errors)


async def found_again(request: Asked, form: Form, basket_id: int, waited: str) -> Answer:
    """The form, or the review that was to be placed, as it was left when the session ended."""
    notices = [{"kind": "warn", "text": waited}]
    try:
        posted = fields.read(form, basket_id)
        if form.get("confirm"):
            return fields.reviewing(request, await placing.review(posted, request.user), posted, notices=notices)
    except Invalid as wrong:
        return await fields.wrong(request, form, basket_id, wrong.errors)
    counter = await checkout.open(basket_id, request.user)
    answer = fields.filling(request, counter, posted.typed, posted.token, notices=notices)
    return in_place(answer, fields.address_of(basket_id))


def already(request: Asked, number: str, basket_id: int) -> Answer:
    """A reload or the back button after the order was placed leads to it."""
    if request.user.may(Privilege.SEE_OWN_ORDERS):
        return fields.placed(number, basket_id, request.user)
    return fields.ordered(request, Ordered(number), 200)


async def answered(request: Asked, form: Form, basket_id: int) -> Answer:
    """The review, the form to be changed, or the order, as the pressed button says."""
    posted = fields.read(form, basket_id)
    if number := await placing.placed_with(posted, request.user):
        return fields.placed(number, basket_id, request.user)
    if form.get("edit"):
        counter = await checkout.open(basket_id, request.user)
        return in_place(fields.filling(request, counter, posted.typed, posted.token), fields.address_of(basket_id))
    if not form.get("confirm"):
        return fields.reviewing(request, await placing.review(posted, request.user), posted)
    try:
        return fields.placed(await placing.place(posted, request.user), basket_id, request.user)
    except Changed as change:
        return fields.changed(request, posted, change)
