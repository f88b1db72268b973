"""Many lines of a basket at one time: each press in place, or plainly by an address that shows it (BASKET-8)."""

from litestar import Controller, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, wants_partial
from app.forms import Said
from app.routes.basket_pages import Told, basket_page, basket_piece, number, see_basket, view_of
from app.routes.guards import needs
from app.rules import basket_lines, basket_lists, basket_selections, baskets
from app.rules.basket_selections import NEW, Transfer
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid


def chosen(request: Asked) -> list[int]:
    """The ids of the ticked lines; what is no number is no line."""
    return [number(text) for text in form_of(request).all("line")]


def target_of(request: Asked) -> int:
    """The basket to move to, or NEW; raises Invalid where none is chosen."""
    typed = form_of(request).get("to")
    if typed == "new":
        return NEW
    if not number(typed):
        raise Invalid({"to": "Choose the basket that the lines shall go to."})
    return number(typed)


async def not_done(request: Asked, basket_id: int, wrong: Invalid) -> Answer:
    """Why nothing was done: at each line, or above them all; what was ticked stays so."""
    opened = await baskets.open(request.user, basket_id)
    at_lines = {number(key): Said({"": reason}) for key, reason in wrong.errors.items() if number(key)}
    why = "" if at_lines else next(iter(wrong.errors.values()), "")
    told: Told = {"line_errors": at_lines, "selection_error": why, "ticked": set(chosen(request))}
    lines = [line for line in opened.sums.lines if line.id in at_lines]
    if wants_partial(request):
        return basket_piece(request, "selection_refused", opened, 422, lines=lines, **told)
    others = await basket_lists.offered(request.user)
    return basket_page(request, opened, 422, others=others, **told)


async def transferred(request: Asked, done: Transfer) -> Answer:
    """Where the lines went; beside each that stayed the reason why."""
    kind = "copied" if done.kept else "moved"
    if not done.stayed and not wants_partial(request):
        what = {kind: len(done.lines) if done.kept else done.revision}
        return see_basket(request, done.opened.basket.id, **what, to=done.to.id)
    said = {"kind": kind, "count": len(done.lines), "to": done.to, "revision": done.revision}
    errors = {line: Said({"": reason}) for line, reason in done.stayed.items()}
    stayed = [line for line in done.opened.sums.lines if line.id in errors]
    told: Told = {"said": said, "line_errors": errors, "lines": stayed, "gone": () if done.kept else done.lines}
    if baskets.is_current(done.to, request.user):
        told |= {"viewer": baskets.with_current(request.user, done.to), "is_current": True}
    if wants_partial(request):
        return basket_piece(request, "lines_moved", done.opened, **told)
    return basket_page(request, done.opened, 422, others=await basket_lists.offered(request.user), **told)


class BasketSelections(Controller):
    path = "/baskets/{basket_id:int}/lines"
    guards = [needs(Privilege.USE_BASKETS, basket_lines.DEED)]

    @post("/removal", name="basket_selections:remove")
    async def remove(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        try:
            done = await basket_selections.remove(basket_id, chosen(request), by=request.user)
        except Invalid as wrong:
            return await not_done(request, basket_id, wrong)
        if not wants_partial(request):
            return see_basket(request, basket_id, removed_lines=done.revision)
        said = {"kind": "removed_lines", "count": len(done.lines), "revision": done.revision}
        return basket_piece(request, "lines_removed", done.opened, said=said, gone=done.lines)

    @post("/moves", name="basket_selections:move")
    async def move(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        kept = form_of(request).get("kept") == "1"
        try:
            to = target_of(request)
            done = await basket_selections.move(basket_id, chosen(request), to, by=request.user, kept=kept)
        except Invalid as wrong:
            return await not_done(request, basket_id, wrong)
        return await transferred(request, done)

    @post("/restoration", name="basket_selections:restore")
    async def restore(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        """Undo a removal of many, or a move where `to` says where the lines went."""
        form, by = form_of(request), request.user
        revision, to = number(form.get("revision")), number(form.get("to"))
        if to:
            opened, count = await basket_selections.move_back(basket_id, revision, to, by)
        else:
            opened, count = await basket_selections.restore(basket_id, revision, by)
        if not wants_partial(request):
            return see_basket(request, basket_id, restored_lines=count)
        said = {"kind": "restored_lines", "count": count}
        return basket_piece(request, "line_restored", opened, said=said, view=view_of(request))
