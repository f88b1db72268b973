"""Which lines of a basket are shown, and in which order; what is counted of it is always all of it (BASKET-8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.rules.basket_sums import LineSum
from app.rules.search_text import code_key, folded
from app.rules.viewers import Viewer

ADDED = "added"
Key = Callable[[LineSum], Any]


def _availability(line: LineSum) -> tuple[bool, int, bool, str]:
    """What ships whole first, then the smallest backorder, the earliest day within it; no day last."""
    promise = line.promise
    short = promise.backordered + promise.refused
    return short > 0, short, promise.eta is None, promise.eta.isoformat() if promise.eta else ""


SORTS: dict[str, Key] = {
    ADDED: lambda line: 0,
    "vpn": lambda line: line.code.casefold(),
    "vendor": lambda line: (str(line.product["vendor"] or "").casefold(), line.code.casefold()),
    "quantity": lambda line: line.line.quantity,
    "price": lambda line: line.price.cents if line.price else -1,
    "total": lambda line: line.total_cents,
    "availability": _availability,
}
OF_PRICES = frozenset({"price", "total"})
OF_STOCK = frozenset({"availability"})
# Figures begin with the largest, names with the first.
DOWN_FIRST = frozenset({"quantity", "price", "total"})
KINDS = {"obstacles": "only what cannot be ordered", "backordered": "only what is backordered"}


@dataclass(frozen=True, slots=True)
class View:
    """How somebody looks at a basket: a sort of SORTS, words that lines hold, and a kind of KINDS or ""."""

    sort: str = ADDED
    down: bool = False
    q: str = ""
    only: str = ""

    @property
    def filters(self) -> bool:
        return bool(self.q or self.only)


def view_of(sort: str, order: str, q: str, only: str, viewer: Viewer) -> View:
    """What an address asks for; what is unknown or would give away what the viewer does not see counts as unasked."""
    sort = sort if sort in sorts_for(viewer) else ADDED
    down = order == "down" if order in ("up", "down") else sort in DOWN_FIRST
    return View(sort, down, " ".join(q.split()), only if only in kinds_for(viewer) else "")


def sorts_for(viewer: Viewer) -> list[str]:
    """Those whose order gives away no price or stock to who may not see it (PRICE-1)."""
    hidden = (frozenset() if viewer.sees_prices else OF_PRICES) | (frozenset() if viewer.sees_stock else OF_STOCK)
    return [sort for sort in SORTS if sort not in hidden]


def kinds_for(viewer: Viewer) -> dict[str, str]:
    return {kind: words for kind, words in KINDS.items() if kind != "backordered" or viewer.sees_stock}


def shown(lines: Sequence[LineSum], view: View) -> Sequence[LineSum]:
    """The lines that the view asks for, in its order; lines alike stand as they were added."""
    found = [line for line in lines if _fits(line, view)] if view.filters else lines
    if view.sort == ADDED:
        return list(reversed(found)) if view.down else found
    return sorted(found, key=SORTS[view.sort], reverse=view.down)


def _fits(line: LineSum, view: View) -> bool:
    if view.only == "obstacles" and not line.obstacle:
        return False
    if view.only == "backordered" and not line.promise.backordered:
        return False
    return not view.q or _holds(line, view.q)


def _holds(line: LineSum, q: str) -> bool:
    """Whether each word stands somewhere in the line, or all of them together are part of a code."""
    product, own = line.product, line.line.own_number
    text = folded(f"{product['sku']} {product['vpn']} {product['upc']} {product['name']} {own} {line.line.note}")
    if all(word in text for word in folded(q).split()):
        return True
    key = code_key(q)
    return bool(key) and any(key in code_key(code) for code in (product["sku"], line.code, product["upc"] or "", own))
