"""The lines of a basket: each change in place, or plainly by an address that shows it (BASKET-1, BASKET-8)."""

from litestar import Controller, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, partial, wants_partial
from app.forms import Form, Said
from app.routes.basket_pages import basket_page, basket_piece, number, see_basket
from app.routes.guards import needs
from app.routes.product_lists import row_added, row_refused
from app.routes.product_page import product_refused
from app.rules import basket_lines, basket_lists, basket_overtaken, baskets
from app.rules.basket_lines import Deed
from app.rules.basket_overtaken import Wanted
from app.rules.baskets import Opened
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Stale
from app.rules.settings import settings

CODE_LENGTH = 100
REFUSED = {"list": row_refused, "product": product_refused}


def typed_code(form: Form) -> tuple[str, int]:
    """What to add and how many; raises Invalid."""
    code = form.text("sku", CODE_LENGTH, "Type a SKU, VPN, UPC or own number.")
    quantity = form.whole("quantity", 1, settings.max_quantity)
    form.check()
    return code, quantity


WERE = {"quantity": "was", "note": "was_note"}  # what a line's form held before anybody typed into it


def untouched(form: Form) -> set[str]:
    """The fields that are sent as they were shown: what a colleague made of them meanwhile stands (BASKET-10)."""
    sent = {name for name, _ in form.pairs}
    return {name for name, was in WERE.items() if was in sent and form.get(name) == form.get(was)}


def wanted_of(form: Form) -> Wanted:
    """What was typed into a line; a field that was not sent, or not touched, stays as it is. Raises Invalid."""
    sent = {name for name, _ in form.pairs} - untouched(form)
    quantity = form.whole("quantity", 1, settings.max_quantity) if "quantity" in sent else None
    note = " ".join(form.text("note", basket_lines.NOTE_LENGTH).split()) if "note" in sent else None
    version = form.whole("version", 1, baskets.LARGEST_ID) if "version" in sent else None
    form.check()
    was = number(form.get("was")) or None
    was_note = next(iter(form.all("was_note")), None)
    return Wanted(quantity, note, version, was, was_note)


def added(request: Asked, basket_id: int, deed: Deed) -> Answer:
    """The new row in the basket's own page; a word and the header on every other page."""
    sku = deed.line.product["sku"]
    if not wants_partial(request):
        return see_basket(request, deed.opened.basket.id, added=sku)
    quantity = deed.line.line.quantity - deed.was
    said = {"kind": "added", "line": deed.line, "was": deed.was, "quantity": quantity}
    if form_of(request).get("at") == "basket":
        return basket_piece(request, "line_added", deed.opened, said=said, line=deed.line)
    viewer = request.user
    if not basket_id or baskets.is_current(deed.opened.basket, viewer):
        viewer = baskets.with_current(viewer, deed.opened.basket)
    return partial(
        request, "partials/baskets/added_elsewhere.html", said=said, basket=deed.opened.basket, viewer=viewer
    )


async def not_added(request: Asked, basket_id: int, wrong: Invalid) -> Answer:
    """The basket with what was typed and the reason at the field; elsewhere the reason alone."""
    form, viewer = form_of(request), request.user
    if refused := REFUSED.get(form.get("at")):
        return await refused(request, wrong)
    shown = basket_id or (viewer.basket.id if viewer.basket else 0)
    in_place = wants_partial(request)
    if not shown or (in_place and form.get("at") != "basket"):
        raise wrong
    opened = await baskets.open(viewer, shown)
    told = {"errors": Said(wrong.errors), "typed": form.typed()}
    if in_place:
        return basket_piece(request, "add", opened, 422, **told)
    return basket_page(request, opened, 422, others=await basket_lists.offered(viewer), **told)


async def not_there(request: Asked, opened: Opened, line_id: int, typed: str | None, wrong: Invalid | Stale) -> Answer:
    """What was typed into a line that somebody has removed, ready to be added again."""
    gone = await basket_overtaken.gone(opened.basket.id, line_id)
    if gone is None or isinstance(wrong, Invalid):
        raise wrong
    quantity = typed or str(gone["quantity"])
    if wants_partial(request):
        return basket_piece(request, "line_gone", opened, 409, gone=gone, reason=wrong.reason, quantity=quantity)
    told = {"errors": Said({"": wrong.reason}), "typed": Said({"sku": gone["sku"], "quantity": quantity})}
    return basket_page(request, opened, 409, others=await basket_lists.offered(request.user), **told)


async def not_changed(request: Asked, basket_id: int, line_id: int, wrong: Invalid | Stale) -> Answer:
    """The line as it is now, beside what was typed and why it does not stand."""
    opened = await baskets.open(request.user, basket_id)
    stale = isinstance(wrong, Stale)
    status, errors = (409, {"": wrong.reason}) if isinstance(wrong, Stale) else (422, wrong.errors)
    form = form_of(request)
    typed = Said((name, text) for name, text in form.typed().items() if name not in untouched(form))
    told = {
        "line_errors": {line_id: Said(errors)},
        "line_typed": {line_id: typed},
        "overtaken": {line_id: stale},
    }
    line = opened.sums.line(line_id)
    if line is None:
        return await not_there(request, opened, line_id, typed.get("quantity"), wrong)
    if wants_partial(request):
        return basket_piece(request, "line_refused", opened, status, line=line, **told)
    return basket_page(request, opened, status, others=await basket_lists.offered(request.user), **told)


class BasketLines(Controller):
    path = "/baskets/{basket_id:int}/lines"
    guards = [needs(Privilege.USE_BASKETS, basket_lines.DEED)]

    @post("/", name="basket_lines:create")
    async def create(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        try:
            deed = await basket_lines.add(basket_id, *typed_code(form_of(request)), by=request.user)
        except Invalid as wrong:
            return await not_added(request, basket_id, wrong)
        if form_of(request).get("at") == "list":
            return row_added(request, deed)
        return added(request, basket_id, deed)

    @post("/{line_id:int}", name="basket_lines:update")
    async def update(self, request: Asked, basket_id: FromPath[int], line_id: FromPath[int]) -> Answer:
        try:
            deed = await basket_lines.change(basket_id, line_id, wanted_of(form_of(request)), by=request.user)
        except (Invalid, Stale) as wrong:
            return await not_changed(request, basket_id, line_id, wrong)
        was = number(form_of(request).get("was")) or deed.was  # a second press still knows what the first one changed
        if not wants_partial(request):
            return see_basket(request, basket_id, changed=line_id, was=was)
        said = {"kind": "changed", "line": deed.line, "was": was}
        return basket_piece(request, "line_changed", deed.opened, said=said, line=deed.line)

    @post("/{line_id:int}/removal", name="basket_lines:remove")
    async def remove(self, request: Asked, basket_id: FromPath[int], line_id: FromPath[int]) -> Answer:
        version = number(form_of(request).get("version")) or None
        try:
            opened, line = await basket_lines.remove(basket_id, line_id, request.user, version)
        except Stale as wrong:
            return await not_changed(request, basket_id, line_id, wrong)
        if not wants_partial(request):
            return see_basket(request, basket_id, removed=line_id)
        said = {"kind": "removed", "id": line_id, "code": line.code, "quantity": line.line.quantity}
        return basket_piece(request, "line_removed", opened, said=said)

    @post("/{line_id:int}/restoration", name="basket_lines:restore")
    async def restore(self, request: Asked, basket_id: FromPath[int], line_id: FromPath[int]) -> Answer:
        deed = await basket_lines.restore(basket_id, line_id, by=request.user)
        if not wants_partial(request):
            return see_basket(request, basket_id, restored_line=line_id)
        return basket_piece(request, "line_restored", deed.opened, said={"kind": "restored", "line": deed.line})
