"""Rows of a sheet of Quick Order: typed anew, dropped, brought back, in place and plainly (BASKET-11)."""

from collections.abc import Awaitable

from litestar import Controller, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, see, wants_partial
from app.routes.basket_pages import number
from app.routes.guards import needs
from app.routes.sheet_pages import refused, sheet_piece
from app.rules import sheet_mending
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Stale
from app.rules.sheets import DEED


async def _answer(request: Asked, sheet_id: int, row: int, said: str, deed: Awaitable[None]) -> Answer:
    """The sheet as it is after the deed, or where the row waits no more, and then with what became of it."""
    try:
        await deed
    except Invalid as wrong:
        return await refused(request, sheet_id, wrong)
    except Stale:
        said = "overtaken"
    if wants_partial(request):
        return await sheet_piece(request, sheet_id, said, row)
    return see(f"/quick-order/{sheet_id}?{said}={row}")


class SheetRows(Controller):
    path = "/quick-order/{sheet_id:int}/rows/{row_number:int}"
    guards = [needs(Privilege.USE_BASKETS, DEED)]

    @post("/", name="sheet_rows:update")
    async def mend(self, request: Asked, sheet_id: FromPath[int], row_number: FromPath[int]) -> Answer:
        form = form_of(request)
        code, quantity, chosen = form.get("sku").strip(), form.get("quantity").strip(), number(form.get("product"))
        quantity = form.get("fits") or quantity
        deed = sheet_mending.mend(sheet_id, row_number, code, quantity, chosen, request.user)
        return await _answer(request, sheet_id, row_number, "mended", deed)

    @post("/removal", name="sheet_rows:remove")
    async def drop(self, request: Asked, sheet_id: FromPath[int], row_number: FromPath[int]) -> Answer:
        deed = sheet_mending.drop(sheet_id, row_number, request.user)
        return await _answer(request, sheet_id, row_number, "dropped", deed)

    @post("/restoration", name="sheet_rows:restore")
    async def restore(self, request: Asked, sheet_id: FromPath[int], row_number: FromPath[int]) -> Answer:
        deed = sheet_mending.restore(sheet_id, row_number, request.user)
        return await _answer(request, sheet_id, row_number, "restored_row", deed)
