"""Quick Order: a pad, a pasted list or a file becomes a sheet, whose good rows go to a basket (BASKET-11)."""

from typing import Any

from litestar import Controller, MediaType, Response, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, see, wants_partial
from app.routes.guards import needs
from app.routes.sheet_forms import cells_of, read_of, target_of
from app.routes.sheet_pages import checked_piece, index_page, refused, rows_file, sheet_page
from app.rules import sheet_baskets, sheet_rows, sheets
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid
from app.rules.sheets import DEED


async def created(request: Asked) -> Answer:
    """Keep what was typed, pasted and loaded as a sheet; with `add` its good rows go at once."""
    form = form_of(request)
    try:
        read, source = await read_of(form)
        target = target_of(form)
        made = await sheets.create(read, source, target, request.user)
    except Invalid as wrong:
        return await index_page(request, form, wrong)
    return await added(request, made, target) if form.get("add") else see(f"/quick-order/{made}")


async def added(request: Asked, made: int, target: sheets.Target) -> Answer:
    """To the sheet, which says what went and at each other row why not."""
    try:
        put = await sheet_baskets.put(made, target, request.user)
    except Invalid as wrong:
        return await refused(request, made, wrong)
    return see(f"/quick-order/{made}?added={put.rows}")


class QuickOrder(Controller):
    path = "/quick-order"
    guards = [needs(Privilege.USE_BASKETS, DEED)]

    @get("/", name="sheets:index")
    async def index(self, request: Asked) -> Answer:
        return await index_page(request)

    @post("/", name="sheets:create")
    async def create(self, request: Asked) -> Answer:
        return await created(request)

    @post("/checks", name="sheets:check")
    async def check(self, request: Asked) -> Answer:
        """What each row of the pad gets while it is typed; without scripts the pad becomes a sheet."""
        if not wants_partial(request):
            return await created(request)
        return await checked_piece(request, form_of(request))

    @post("/readings", name="sheets:read")
    async def read(self, request: Asked) -> Response[str]:
        """The cells of a list that is pasted into the pad, as the pasted list would be read."""
        text = await cells_of(form_of(request))
        headers = {"Cache-Control": "no-store, private"}
        return Response(text, status_code=200, media_type=MediaType.TEXT, headers=headers)

    @get("/{sheet_id:int}", name="sheets:show")
    async def show(self, request: Asked, sheet_id: FromPath[int]) -> Response[Any]:
        sheet = await sheets.find(sheet_id, request.user)
        opened = await sheet_rows.open(sheet, request.user)
        kind = request.query_params.get("format", "")
        return rows_file(opened, kind) if kind in ("csv", "xlsx") else await sheet_page(request, opened)

    @post("/{sheet_id:int}/basket", name="sheets:put")
    async def put(self, request: Asked, sheet_id: FromPath[int]) -> Answer:
        """Put the good rows into the basket; with `aim` only choose it."""
        form = form_of(request)
        await sheets.find(sheet_id, request.user)
        try:
            target = target_of(form)
            if form.get("aim"):
                await sheet_baskets.aim(sheet_id, target, request.user)
                return see(f"/quick-order/{sheet_id}")
            done = await sheet_baskets.put(sheet_id, target, request.user)
        except Invalid as wrong:
            return await refused(request, sheet_id, wrong)
        return see(f"/quick-order/{sheet_id}?added={done.rows}")

    @post("/{sheet_id:int}/replacement", name="sheets:replace")
    async def replace(self, request: Asked, sheet_id: FromPath[int]) -> Answer:
        undo = bool(form_of(request).get("undo"))
        try:
            await sheet_baskets.replace(sheet_id, request.user, undo=undo)
        except Invalid as wrong:
            return await refused(request, sheet_id, wrong)
        return see(f"/quick-order/{sheet_id}?{'back' if undo else 'replaced'}=1")

    @post("/{sheet_id:int}/removal", name="sheets:remove")
    async def remove(self, request: Asked, sheet_id: FromPath[int]) -> Answer:
        await sheets.remove(sheet_id, request.user)
        return see(f"/quick-order?removed={sheet_id}")

    @post("/{sheet_id:int}/restoration", name="sheets:restore")
    async def restore(self, request: Asked, sheet_id: FromPath[int]) -> Answer:
        await sheets.restore(sheet_id, request.user)
        return see(f"/quick-order/{sheet_id}?restored=1")
