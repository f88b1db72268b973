"""The company's own part numbers: a list, in place on a product's page, and out of a file (BASKET-15)."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, download, form_of, page, partial, see, wants_partial
from app.files import code_texts, csv_files, number_lists, xlsx_files
from app.files.cells import Cell
from app.files.spool import Broken
from app.formats import here
from app.forms import BAD_CHARACTERS, Form, Said
from app.routes.basket_pages import number
from app.routes.guards import needs
from app.routes.just_placed import in_place
from app.routes.known_forms import WAITED
from app.routes.paging import line_asked, line_of, page_asked
from app.rules import part_number_imports, part_numbers, products
from app.rules.part_number_imports import Outcome
from app.rules.part_numbers import DEED, PAGE_SIZE, Deed, Kept
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid
from app.rules.settings import settings

COLUMNS = {"SKU": 12, "VPN": 24, "UPC": 16, "Own part number": 24, "Description": 60}
PIECE = "partials/part_numbers/of_product.html"
COUNTS = ("kept", "same")
ASSUMED = {"old": code_texts.OLD}  # what the address says had to be assumed of a file


async def index_page(request: Asked, status: int = 200, /, **context: Any) -> Answer:
    """The list with its two forms."""
    wanted, at = line_asked(request, "q", 100), page_asked(request)
    found = await part_numbers.listed(wanted, at, request.user)
    assumed = [words for name, words in ASSUMED.items() if name == request.query_params.get("assumed")]
    told = {"errors": Said(), "typed": Said(), "outcome": _counted(request), "assumed": assumed, **context}
    shown = {"found": found, "wanted": wanted, "number": at, "size": PAGE_SIZE, "most_mb": settings.list_file_mb}
    return page(request, "templates/part_numbers/index.html", status, said=_said(request), **shown, **told)


def _said(request: Asked) -> dict[str, str]:
    """What the address says has just happened, in words that stand in it as text alone."""
    names = ("set", "was", "removed")
    return Said((name, line_asked(request, name, part_numbers.LENGTH)) for name in names)


def _counted(request: Asked) -> Outcome | None:
    """What the address says was kept of a list, all of which was good."""
    kept, same = (number(request.query_params.get(name, "")) for name in COUNTS)
    return Outcome(kept, same) if kept or same else None


async def kept(request: Asked, sku: str, form: Form) -> Answer:
    """In place on the product's page; else to the list, or back to the product."""
    deed = await part_numbers.keep(sku, form.get("number"), request.user)
    if wants_partial(request):
        return _piece(request, deed)
    return see(_after(form, deed, f"/part-numbers?set={deed.sku}"))


def _after(form: Form, deed: Deed, listed: str) -> str:
    return f"/products/{deed.sku}?numbered=1" if form.get("at") == "product" else listed


def _piece(request: Asked, deed: Deed) -> Answer:
    product = {"sku": deed.sku, "own_number": deed.number}
    return partial(request, PIECE, product=product, deed=deed, error="", typed="")


async def not_kept(request: Asked, sku: str, wrong: Invalid) -> Answer:
    """The reason at the field, with what was typed."""
    form = form_of(request)
    if wants_partial(request):
        product = await products.find(sku, request.user)
        error, typed = " ".join(wrong.errors.values()), line_of(form.get("number"), 200)
        return partial(request, PIECE, 422, product=product, deed=None, error=error, typed=typed)
    return await index_page(request, 422, errors=Said(wrong.errors), typed=Said({**form.typed(), "sku": sku}))


async def found_again(request: Asked, form: Form) -> Answer:
    """The form of one number, which waited for the log-in."""
    answer = await index_page(request, errors=Said({"number": WAITED}), typed=form.typed())
    return in_place(answer, "/part-numbers")


async def list_found_again(request: Asked, form: Form) -> Answer:
    answer = await index_page(request, errors=Said({"text": WAITED}), typed=form.typed())
    return in_place(answer, "/part-numbers")


async def _file(request: Asked, kind: str) -> Response[Any]:
    today = here(datetime.now(UTC), request.user.time_zone).date().isoformat()
    name, rows = f"part-numbers-{today}.{kind}", _cells(await part_numbers.all_of(request.user))
    if kind == "csv":
        return download(name, csv_files.KIND, csv_files.chunks(list(COLUMNS), rows))
    return download(name, xlsx_files.KIND, xlsx_files.chunks(list(COLUMNS), list(COLUMNS.values()), rows))


async def _cells(rows: Sequence[Kept]) -> AsyncIterator[list[list[Cell]]]:
    yield [[row.sku, row.vpn, row.upc, row.number, row.name] for row in rows]


async def listed_in(form: Form) -> number_lists.Read:
    """The rows of the file, or of what was pasted; raises Invalid."""
    sent = next(iter(form.files), None)
    if sent and sent.content is None:
        raise Invalid({"file": f"The file is larger than {settings.list_file_mb} MB. Send it in parts."})
    try:
        if sent:
            return await asyncio.to_thread(number_lists.read_file, sent.name, sent.read(), settings.list_rows)
        if text := BAD_CHARACTERS.sub("\ufffd", form.get("text")).strip():
            return await asyncio.to_thread(number_lists.read_text, text, settings.list_rows)
    except Broken as wrong:
        raise Invalid({"file" if sent else "text": wrong.reason}) from wrong
    raise Invalid({"text": "Paste a list, or choose a file."})


def unkept(outcome: Outcome) -> Said:
    """The rows that were not kept, as a list to mend and send again."""
    return Said(text="\n".join(f"{row.typed.code}\t{row.typed.number}" for row in outcome.refused))


class PartNumbers(Controller):
    path = "/part-numbers"
    guards = [needs(Privilege.USE_BASKETS, DEED)]

    @get("/", name="part_numbers:index")
    async def index(self, request: Asked) -> Response[Any]:
        kind = request.query_params.get("format", "")
        return await _file(request, kind) if kind in ("csv", "xlsx") else await index_page(request)

    @post("/", name="part_numbers:create")
    async def create(self, request: Asked) -> Answer:
        """For a product named by any code."""
        form = form_of(request)
        try:
            found = await part_numbers.product_named(form.get("sku"), request.user)
            return await kept(request, found, form)
        except Invalid as wrong:
            return await not_kept(request, line_of(form.get("sku"), 100), wrong)

    @post("/imports", name="part_numbers:load")
    async def load(self, request: Asked) -> Answer:
        form = form_of(request)
        try:
            read = await listed_in(form)
            outcome = await part_number_imports.take(read.rows, request.user)
        except Invalid as wrong:
            return await index_page(request, 422, errors=Said(wrong.errors), typed=form.typed())
        if outcome.refused:
            return await index_page(request, 422, outcome=outcome, assumed=read.told, typed=unkept(outcome))
        assumed = "".join(f"&assumed={name}" for name, told in ASSUMED.items() if told in read.told)
        return see(f"/part-numbers?kept={outcome.kept}&same={outcome.same}{assumed}")

    @post("/{sku:str}", name="part_numbers:update")
    async def update(self, request: Asked, sku: FromPath[str]) -> Answer:
        try:
            return await kept(request, sku, form_of(request))
        except Invalid as wrong:
            return await not_kept(request, sku, wrong)

    @post("/{sku:str}/removal", name="part_numbers:remove")
    async def remove(self, request: Asked, sku: FromPath[str]) -> Answer:
        deed = await part_numbers.remove(sku, request.user)
        if wants_partial(request):
            return _piece(request, deed)
        return see(_after(form_of(request), deed, f"/part-numbers?removed={deed.sku}&was={quote(deed.was)}"))
