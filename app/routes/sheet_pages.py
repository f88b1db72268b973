"""The pages of Quick Order, the answers to its pad, and the rows that wait as a file (BASKET-11)."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from litestar import Response

from app.answers import Answer, Asked, download, page, partial
from app.files import csv_files, xlsx_files
from app.files.cells import Cell
from app.forms import Form, Said
from app.routes.basket_pages import number
from app.routes.paging import MOST_PAGES
from app.routes.sheet_forms import NEW, PadRow, pad_of, typed_of
from app.rules import basket_lists, sheet_rows, sheets
from app.rules.basket_finders import Basket
from app.rules.refusals import Invalid
from app.rules.settings import settings
from app.rules.sheet_rows import Opened, Row

AT_START = 10  # rows of an empty pad
BAD_SIZE, GOOD_SIZE = 50, 100
SAID = ("added", "replaced", "back", "mended", "dropped", "restored", "restored_row", "overtaken")
COLUMNS = {"Row": 8, "Code": 24, "Quantity": 12, "Note": 30, "Reason": 70}


async def _choices(request: Asked, chosen: str) -> dict[str, Any]:
    """The baskets to choose among, the current one first where none is chosen."""
    offered = await basket_lists.offered(request.user)
    current = request.user.basket.id if request.user.basket else 0
    known = {str(basket.id) for basket in offered}
    preset = str(current) if str(current) in known else NEW
    first = sorted(offered, key=lambda basket: basket.id != current)
    names = [(str(one.id), _named(one, current, request.user.id)) for one in first]
    return {
        "baskets": [*names, (NEW, "A new basket")],
        "chosen": chosen if chosen in known or chosen == NEW else preset,
    }


def _named(basket: Basket, current: int, viewer_id: int) -> str:
    aside = ["the current one"] if basket.id == current else []
    aside += [f"{basket.owner_name}'s"] if basket.owner != viewer_id else []
    return f"{basket.name} ({', '.join(aside)})" if aside else basket.name


async def index_page(request: Asked, form: Form | None = None, wrong: Invalid | None = None, status: int = 0) -> Answer:
    """The pad, the text and the file; with a form filled in as it was sent."""
    pad = pad_of(form) if form else []
    filled = any(row.code or row.quantity for row in pad)
    pad += [PadRow()] * (AT_START - len(pad))
    removed = number(request.query_params.get("removed", "")) if form is None else 0
    shown = {
        "pad": pad,
        "filled": filled,
        "most_rows": sheets.PAD_ROWS,
        "most_mb": settings.list_file_mb,
        "most_in_list": settings.list_rows,
        "typed": form.typed() if form else Said(),
        "errors": Said(wrong.errors) if wrong else Said(),
        "waiting": await sheets.waiting(request.user),
        "removed": removed,
        **await _choices(request, form.get("basket") if form else ""),
    }
    return page(request, "templates/sheets/index.html", status or (422 if wrong else 200), **shown)


async def checked_piece(request: Asked, form: Form) -> Answer:
    """What each row of the pad names, costs and gets; blank rows are emptied."""
    pad = pad_of(form)
    basket = await sheet_rows.usable(number(form.get("basket")), request.user)
    good, bad = await sheet_rows.judged(typed_of(pad), request.user, basket, {})
    rows = {row.number: row for row in (*good, *bad)}
    places = [(place, rows.get(place)) for place in range(1, len(pad) + 1)]
    return partial(request, "partials/sheets/checked.html", places=places, **_summed(good, bad))


def _summed(good: Sequence[Row], bad: Sequence[Row]) -> dict[str, Any]:
    return {"good": good, "bad": bad, "total_cents": sum(row.checked.total_cents for row in good)}


def _page_of(request: Asked, name: str, count: int, size: int) -> tuple[int, int]:
    """The page asked for, among those that there are."""
    pages = max(1, -(-count // size))
    return min(max(1, min(number(request.query_params.get(name, "")), MOST_PAGES)), pages), pages


async def _facts(request: Asked, opened: Opened, wrong: Invalid | None = None) -> dict[str, Any]:
    at, pages = _page_of(request, "page", len(opened.bad), BAD_SIZE)
    good_at, good_pages = _page_of(request, "good", len(opened.good), GOOD_SIZE)
    target = opened.sheet.target
    chosen = str(target.basket_id) if opened.basket and not opened.why_not else NEW if not target.basket_id else ""
    return {
        "opened": opened,
        "typed": Said({"name": target.name}),
        "sheet": opened.sheet,
        "address": f"/quick-order/{opened.sheet.id}",
        "errors": Said(wrong.errors) if wrong else Said(),
        "bad_rows": opened.bad[(at - 1) * BAD_SIZE : at * BAD_SIZE],
        "good_rows": opened.good[(good_at - 1) * GOOD_SIZE : good_at * GOOD_SIZE],
        "at": at,
        "pages": pages,
        "good_at": good_at,
        "good_pages": good_pages,
        "is_unfolded": "good" in request.query_params,
        **_summed(opened.good, opened.bad),
        **await _choices(request, chosen),
    }


async def sheet_page(request: Asked, opened: Opened, wrong: Invalid | None = None) -> Answer:
    """The sheet, and what has just become of it."""
    params = request.query_params
    said = {name: number(params[name]) for name in SAID if name in params}
    shown = {**await _facts(request, opened, wrong), "said": said if wrong is None else {}}
    return page(request, "templates/sheets/show.html", 422 if wrong else 200, **shown)


async def refused(request: Asked, sheet_id: int, wrong: Invalid) -> Answer:
    opened = await sheet_rows.open(await sheets.find(sheet_id, request.user), request.user)
    return await sheet_page(request, opened, wrong)


async def sheet_piece(request: Asked, sheet_id: int, said: str, row: int) -> Answer:
    """The sheet after a row of it was mended, dropped or brought back."""
    opened = await sheet_rows.open(await sheets.find(sheet_id, request.user), request.user)
    shown = {**await _facts(request, opened), "said": {said: row}}
    return partial(request, "partials/sheets/sheet_changed.html", **shown)


def rows_file(opened: Opened, kind: str) -> Response[Any]:
    """The rows that are not good, as Quick Order reads them again: number and reason are columns it passes over."""
    name = f"quick-order-{opened.sheet.id}.{kind}"
    heading, widths, rows = list(COLUMNS), list(COLUMNS.values()), _cells(opened.bad)
    if kind == "csv":
        return download(name, csv_files.KIND, csv_files.chunks(heading, rows))
    return download(name, xlsx_files.KIND, xlsx_files.chunks(heading, widths, rows))


async def _cells(rows: Sequence[Row]) -> AsyncIterator[list[list[Cell]]]:
    yield [[row.number, row.typed.code, row.typed.quantity, row.typed.note, row.problem] for row in rows]
