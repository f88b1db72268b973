"""The page of a basket, with the notice of what has just happened, and its answers to htmx."""

from typing import Any

from app.answers import Answer, Asked, page, partial
from app.forms import Said
from app.rules import basket_lines, baskets
from app.rules.baskets import Opened

Told = dict[str, Any]


def _facts(request: Asked, opened: Opened) -> Told:
    """What every piece of a basket may speak of; the header shows the current basket as it is now."""
    viewer, basket = request.user, opened.basket
    is_current = baskets.is_current(basket, viewer)
    return {
        "viewer": baskets.with_current(viewer, basket) if is_current else viewer,
        "is_current": is_current,
        "basket": basket,
        "opened": opened,
        "sums": opened.sums,
        "may_edit": baskets.may_edit(basket, viewer),
        "is_owner": baskets.owns(basket, viewer),
        "why_not_edit": baskets.why_not_edit(basket, viewer),
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
    return {"kind": next((kind for kind in ("saved", "restored", "current") if kind in asked), "")}
