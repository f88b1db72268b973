"""The search as one statement: hits up to a cap, their facets with counts, and the rows of one page."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db import search_dialect as dialect
from db import sql
from db.dialect import joined
from db.search_dialect import Bound
from db.search_rows import CONTACT, IS_FAVOURITE, NO_STOCK, OF_LIST, STOCK, joins
from db.search_sources import Filters, found

ORDERS = {
    "best": "tier, spread, length(name), id",
    "name": "sort_name{bytewise}, id",
    "availability": "CASE WHEN available > 0 THEN 0 ELSE 1 END, available DESC, sort_name{bytewise}, id",
    "vendor": "vendor_key{bytewise}, sort_name{bytewise}, id",
    "given": "tier",
}
SORT_NAME = "substr(p.words, 1, 60)"
FAR = 400  # further than the end of most names


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one page of results shall hold."""

    filters: Filters
    terms: tuple[str, ...] = ()
    also: dialect.Also = field(default_factory=dict)
    code: str = ""  # letters and digits
    sku: str = ""  # as it was typed, in capitals
    number: str = ""  # as a company's own part number is compared
    code_first: bool = True  # a part of a code counts more than words
    fewer: bool = False  # products with one word less will do where none has all
    ids: tuple[int, ...] | None = None  # these products, in this order, instead of a search
    order: str = "best"
    size: int = 25
    offset: int = 0
    cap: int = 1_000
    company: int = 0
    user: int = 0
    today: date = date.min
    with_stock: bool = False
    most_vendors: int = 15


def _spread(terms: tuple[str, ...], bind: Bound) -> str:
    """How far from the name's beginning the words stand; whole words before those that only begin so."""
    parts = []
    for term in terms:
        whole, begun = (dialect.place_of.format(text="p.words", part=bind(part)) for part in (f" {term} ", f" {term}"))
        parts.append(f"coalesce(nullif({whole}, 0), {FAR} + {begun})")
    return " + ".join([*parts, f"CASE WHEN p.is_discontinued THEN {FAR} ELSE 0 END"])


def _hits(wanted: Wanted, bind: Bound) -> str:
    """One row for each hit, with what it is ordered and counted by."""
    keys = "0 AS spread, p.id AS name"
    vendors = ""
    if wanted.order == "best":
        keys = f"{_spread(wanted.terms, bind)} AS spread, p.name"
    elif wanted.order != "given":
        keys = f"{SORT_NAME} AS sort_name"
    if wanted.order == "vendor":
        keys, vendors = (
            f"{keys}, coalesce(v.name_key, '~') AS vendor_key",
            "LEFT JOIN vendors v ON v.id = p.vendor",
        )
    return f"""SELECT p.id, p.vendor, p.category, p.available, p.is_no_return, f.tier, {keys}
FROM found f JOIN products p ON p.id = f.id {vendors}"""  # noqa: S608


def _facets(bind: Bound, wanted: Wanted) -> str:
    rows, most = dialect.json_rows, bind(wanted.most_vendors)
    return f"""SELECT count(*) AS hits,
coalesce(sum(CASE WHEN available > 0 THEN 1 ELSE 0 END), 0) AS in_stock,
coalesce(sum(CASE WHEN is_no_return THEN 0 ELSE 1 END), 0) AS returnable,
(SELECT {rows.format("v.name, n.uses")} FROM (SELECT vendor, count(*) AS uses FROM hits
    GROUP BY vendor ORDER BY count(*) DESC, vendor LIMIT {most}) n JOIN vendors v ON v.id = n.vendor) AS vendors,
count(DISTINCT vendor) AS vendor_count,
(SELECT {rows.format("c.path, n.uses")} FROM (SELECT category, count(*) AS uses FROM hits
    GROUP BY category) n JOIN categories c ON c.id = n.category) AS categories,
{CONTACT.format(company=bind(wanted.company))} AS contact
FROM hits"""  # noqa: S608


def _slip(wanted: Wanted, bind: Bound) -> str:
    """Where nothing was hit: which terms are no word of the catalogue, and the vocabulary of about their length."""
    if not wanted.terms or wanted.ids is not None:
        return "NULL AS known, NULL AS vocabulary"
    known = ", ".join(dialect.is_word(term, bind) for term in wanted.terms)
    lengths = [len(term) for term in wanted.terms if term.isalpha()] or [0]
    between = f"BETWEEN {bind(min(lengths) - 2)} AND {bind(max(lengths) + 2)}"
    words = f"SELECT word FROM search_words WHERE length(word) {between} ORDER BY uses DESC LIMIT 30000"  # noqa: S608
    return f"""CASE WHEN t.hits = 0 THEN {dialect.json_list.format(known)} END AS known,
CASE WHEN t.hits = 0 THEN (SELECT {joined("w.word")} FROM ({words}) w) END AS vocabulary"""  # noqa: S608


async def page(wanted: Wanted) -> list[sql.Row]:
    """The rows of a page; each carries the counts as well, and a page without rows is one row without an id."""
    bind = Bound()
    source = found(wanted, bind)
    order = ORDERS[wanted.order].format(bytewise=dialect.bytewise)
    best = f"SELECT id FROM hits ORDER BY {order} LIMIT {bind(wanted.size)} OFFSET {bind(wanted.offset)}"  # noqa: S608
    starred = IS_FAVOURITE.format(user=bind(wanted.user))
    hanging = joins(bind(wanted.company), bind(wanted.today))
    statement = f"""WITH RECURSIVE {source},
hits AS MATERIALIZED ({_hits(wanted, bind)}),
totals AS MATERIALIZED ({_facets(bind, wanted)}),
page AS MATERIALIZED (SELECT id, row_number() OVER () AS place FROM ({best}) b)
SELECT t.*, {_slip(wanted, bind)}, r.* FROM totals t LEFT JOIN (
    SELECT g.place, {OF_LIST}, {starred}, {STOCK if wanted.with_stock else NO_STOCK} AS stock
    FROM page g JOIN products p ON p.id = g.id {hanging}
) r ON 1 = 1 ORDER BY r.place"""  # noqa: S608
    return await sql.rows(statement, *bind.values)


async def hit_ids(wanted: Wanted) -> list[Any]:
    """Every hit up to the cap, the best first."""
    bind = Bound()
    source = found(wanted, bind)
    order = ORDERS[wanted.order].format(bytewise=dialect.bytewise)
    rows = await sql.rows(
        f"WITH RECURSIVE {source}, hits AS MATERIALIZED ({_hits(wanted, bind)}) SELECT id FROM hits ORDER BY {order}",  # noqa: S608
        *bind.values,
    )
    return [row["id"] for row in rows]
