"""The page of a basket, with the notice of what has just happened, and its answers to htmx."""

import re
from collections.abc import Callable
from functools import partial as later
from typing import Any
from urllib.parse import parse_qsl, urlencode

from app.answers import Answer, Asked, page, partial, see
from app.forms import Said
from app.routes.paging import line_of
from app.routes.sent_addresses import parts_of
from app.rules import (
    basket_archive,
    basket_copies,
    basket_lines,
    basket_news,
    basket_revisions,
    basket_selections,
    basket_sorting,
    baskets,
    selling_prices,
)
from app.rules.basket_sorting import View
from app.rules.baskets import Opened
from app.rules.refusals import Missing

Told = dict[str, Any]
WORDS_LENGTH = 100
PAGE = re.compile(r"/baskets/[0-9]+")


def view_of(request: Asked) -> View:
    """How the basket is looked at: as the address says, or for a change the address of the page that it came from."""
    asked, headers = dict(request.query_params), request.headers
    if request.method != "GET" or "since" in asked:  # what asks for news of the lines says not how they are looked at
        came = parts_of(headers.get("HX-Current-URL") or headers.get("Referer") or "")
        here = PAGE.fullmatch(came.path) and request.url.path.startswith(f"{came.path}/")
        asked = dict(parse_qsl(came.query)) if here else {}
    sort, order, only = (str(asked.get(name, "")) for name in ("sort", "order", "only"))
    return basket_sorting.view_of(sort, order, line_of(str(asked.get("q", "")), WORDS_LENGTH), only, request.user)


def _query(view: View, **told: object) -> str:
    way = ("down" if view.down else "up") if view.down != (view.sort in basket_sorting.DOWN_FIRST) else ""
    sort = "" if view.sort == basket_sorting.ADDED else view.sort
    fields = {**told, "sort": sort, "order": way, "q": view.q, "only": view.only}
    return urlencode({name: text for name, text in fields.items() if text != ""})


def address(basket_id: int, view: View) -> Callable[[str], str]:
    """A function for the template: the address of the same lines sorted by something, or the other way round."""

    def sorted_by(sort: str) -> str:
        down = not view.down if sort == view.sort else sort in basket_sorting.DOWN_FIRST
        query = _query(View(sort, down, view.q, view.only))
        return f"/baskets/{basket_id}" + (f"?{query}" if query else "")

    return sorted_by


def see_basket(request: Asked, basket_id: int, **told: object) -> Answer:
    """The basket's page, looked at as before, with the notice of what has just happened."""
    return see(f"/baskets/{basket_id}?{_query(view_of(request), **told)}")


def _facts(request: Asked, opened: Opened) -> Told:
    """What every piece of a basket may speak of; the header shows the current basket as it is now."""
    viewer, basket, view = request.user, opened.basket, view_of(request)
    is_current = baskets.is_current(basket, viewer)
    return {
        "viewer": baskets.with_current(viewer, basket) if is_current else viewer,
        "is_current": is_current,
        "basket": basket,
        "opened": opened,
        "sums": opened.sums,
        "view": view,
        "shown_lines": later(basket_sorting.shown, opened.sums.lines, view),
        "address": address(basket.id, view),
        "kinds": basket_sorting.kinds_for(viewer),
        "others": (),
        "ticked": frozenset(),
        "selection_error": "",
        "may_edit": baskets.may_edit(basket, viewer),
        "is_owner": baskets.owns(basket, viewer),
        "news": basket_news.of(opened.sums, viewer),
        "watched": basket_revisions.may_be_changed_by_others(basket, viewer),
        "why_not_edit": baskets.why_not_edit(basket, viewer),
        "why_not_price": selling_prices.why_not(basket, viewer),
        "why_not_order": baskets.why_not_order(opened, viewer),
        "said": {"kind": ""},
        "errors": Said(),
        "typed": Said(),
        "line_errors": {},
        "line_typed": {},
        "overtaken": {},
        "ordered": None,
        "basket_errors": Said(),
        "basket_typed": Said(),
        "no_room": "",
        "left_out": (),
        "copy_name": basket_copies.name_for(basket, viewer),
        "copy_errors": Said(),
        "copy_typed": Said(),
        "why_not_back": basket_archive.why_not_back(basket) if basket.archived_at else "",
    }


def basket_page(request: Asked, opened: Opened, status: int = 200, /, **context: Any) -> Answer:
    """The basket; `errors` are those of the row that adds, `line_errors` by the line's id. Archived, it is frozen."""
    template = "frozen" if opened.basket.archived_at else "show"
    return page(request, f"templates/baskets/{template}.html", status, **{**_facts(request, opened), **context})


def basket_piece(request: Asked, piece: str, opened: Opened, status: int = 200, /, **context: Any) -> Answer:
    """One of partials/baskets, with the sums and the header that follow."""
    return partial(request, f"partials/baskets/{piece}.html", status, **{**_facts(request, opened), **context})


def number(text: str) -> int:
    """An id from the address; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0


async def said_of(request: Asked, opened: Opened) -> Told:
    """The notice that the address asks for: what was added, changed, removed, brought back or saved."""
    asked, sums = request.query_params, opened.sums
    if "moved" in asked or "copied" in asked:
        return await _transferred(request, opened)
    if not baskets.may_edit(opened.basket, request.user):
        return {"kind": ""}
    if line := sums.of_sku(asked.get("added", "")):
        return {"kind": "added", "line": line, "was": 0}
    if line := sums.line(number(asked.get("changed", ""))):
        return {"kind": "changed", "line": line, "was": number(asked.get("was", ""))}
    if line := sums.line(number(asked.get("restored_line", ""))):
        return {"kind": "restored", "line": line}
    if "removed" in asked and (row := await basket_lines.removed(opened.basket.id, number(asked["removed"]))):
        return {"kind": "removed", **row}
    if any(name in asked for name in ("removed_lines", "restored_lines", "accepted", "replaced")):
        return await _of_many(request, opened)
    return {"kind": next((kind for kind in ("saved", "restored", "current") if kind in asked), "")}


async def _of_many(request: Asked, opened: Opened) -> Told:
    """What became of many lines, or of one that another took the place of, with its undo while that can be undone."""
    asked, basket_id, viewer = request.query_params, opened.basket.id, request.user
    if "accepted" in asked:
        return {"kind": "accepted", "count": number(asked["accepted"])}
    if done := await basket_news.replaced(basket_id, number(asked.get("replaced", "")), viewer):
        return {"kind": "replaced", **done}
    revision = number(asked.get("removed_lines", ""))
    if batch := await basket_selections.removed(basket_id, revision, viewer) if revision else []:
        return {"kind": "removed_lines", "count": len(batch), "revision": revision}
    count = number(asked.get("restored_lines", ""))
    return {"kind": "restored_lines" if count else "", "count": count}


async def _transferred(request: Asked, opened: Opened) -> Told:
    """Where lines went: with the undo of a move, while it can be undone."""
    asked, viewer = request.query_params, request.user
    try:
        to = await baskets.find(viewer, number(asked.get("to", "")))
    except Missing:
        return {"kind": ""}
    if count := number(asked.get("copied", "")):
        return {"kind": "copied", "count": count, "to": to}
    revision = number(asked.get("moved", ""))
    batch = await basket_selections.removed(opened.basket.id, revision, viewer)
    return {"kind": "moved" if batch else "", "count": len(batch), "to": to, "revision": revision}
