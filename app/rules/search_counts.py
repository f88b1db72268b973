"""The true counts of a list without words, whose hits up to the cap would count too few (PROD-1)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from db import search_counts as engine
from db.search_sources import Filters

LARGE = 5_000  # products from which on a count stands for a while
STANDS = 60.0  # seconds
MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Counts:
    """Over all products that fit, the vendors with the most first."""

    hits: int
    in_stock: int
    returnable: int
    vendors: list[tuple[str, int]]
    categories: list[tuple[str, int]]


_kept: dict[Filters, tuple[float, Counts | None]] = {}


async def counts(filters: Filters) -> Counts | None:
    """Of a large catalogue as they were within the last minute; None where there is too much to count."""
    until, kept = _kept.get(filters, (0.0, None))
    if monotonic() < until:
        return kept
    rows = await engine.counts(filters)
    made = _added(rows) if rows else None
    if made is None or made.hits > LARGE:
        _keep(filters, made)
    return made


def _keep(filters: Filters, made: Counts | None) -> None:
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[filters] = (monotonic() + STANDS, made)


def _added(rows: Iterable[dict[str, Any]]) -> Counts:
    vendors: Counter[str] = Counter()
    categories: Counter[str] = Counter()
    hits = in_stock = returnable = 0
    for row in rows:
        hits, in_stock, returnable = hits + row["uses"], in_stock + row["in_stock"], returnable + row["returnable"]
        for counted, name in ((vendors, row["vendor"]), (categories, row["category"])):
            if name is not None:
                counted[name] += row["uses"]
    by_uses = sorted(vendors.items(), key=lambda one: (-one[1], one[0]))
    return Counts(hits, in_stock, returnable, by_uses, list(categories.items()))
