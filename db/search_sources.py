"""Where hits come from: a code, words, a walk through vendor or category, or products that are given."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import search_dialect as dialect
from db.dialect import array
from db.search_dialect import Bound

if TYPE_CHECKING:
    from db.search import Wanted


@dataclass(frozen=True, slots=True)
class Filters:
    vendor_key: str = ""
    category: str = ""  # a path; what is below it counts
    markers: tuple[str, ...] = ()  # the same two as words that the full-text search knows
    in_stock: bool = False
    returnable: bool = False

    def of_row(self, bind: Bound, with_place: bool = True) -> list[str]:
        """Conditions on `products p`; without `with_place` only those that the markers do not say."""
        conditions = ["p.available > 0"] if self.in_stock else []
        conditions += ["NOT p.is_no_return"] if self.returnable else []
        if self.vendor_key and with_place:
            vendor = f"SELECT id FROM vendors WHERE name_key = {bind(self.vendor_key)}"  # noqa: S608
            conditions.append(f"p.vendor = ({vendor})")
        if self.category and with_place:
            conditions.append(f"p.category IN ({subtree(self.category, bind)})")
        return conditions


def subtree(path: str, bind: Bound) -> str:
    """The ids of a category and of all below it."""
    below = f"{path} > "
    return f"SELECT id FROM categories WHERE path = {bind(path)} OR substr(path, 1, {bind(len(below))}) = {bind(below)}"  # noqa: S608


def _products(conditions: list[str], limit: str, tier: int, only_if: str = "") -> str:
    source = dialect.only_if(only_if, "products p", conditions or ["1 = 1"])
    return f"SELECT id, {tier} AS tier FROM (SELECT p.id {source} LIMIT {limit}) x"  # noqa: S608


def _searched(table: str, hit: str, on_row: list[str], limit: str, tier: int, only_if: str = "") -> str:
    """Hits of the full-text search; the product's row is looked at only where a condition stands on it."""
    tables = f"{table} JOIN products p ON p.id = {dialect.HIT}" if on_row else table
    source = dialect.only_if(only_if, tables, [hit, *on_row])
    return f"SELECT id, {tier} AS tier FROM (SELECT {dialect.HIT} AS id {source} LIMIT {limit}) x"  # noqa: S608


def _too_few_names(limit: str) -> str:
    return f"(SELECT count(*) FROM named) < {limit}"  # noqa: S608


def _exact(wanted: "Wanted", bind: Bound, limit: str) -> str:
    code, rest = bind(wanted.code), wanted.filters.of_row(bind)
    equal = [f"p.sku = {bind(wanted.sku)}", f"p.vpn_key = {code}", f"p.upc = {code}"]
    if wanted.company and wanted.number:
        company, number = bind(wanted.company), bind(wanted.number)
        own = f"SELECT product FROM part_numbers WHERE company = {company} AND number_key = {number}"  # noqa: S608
        equal.append(f"p.id IN ({own})")
    hits = " UNION ALL ".join(_products([one, *rest], limit, 0) for one in equal)
    return f"exact AS MATERIALIZED ({hits})"


def _by_code(wanted: "Wanted", bind: Bound, limit: str) -> list[str]:
    """An exact code; one that begins so; one that holds it, where none is exact."""
    hits = ["SELECT id, tier FROM exact"]
    if len(wanted.code) < 2:
        return hits
    code, after, rest = bind(wanted.code), bind(wanted.code + "~"), wanted.filters.of_row(bind)
    begun, part = (1, 2) if wanted.code_first else (5, 6)
    wanting = "" if wanted.code_first or not wanted.terms else _too_few_names(limit)
    for column in ("sku", "vpn_key"):
        text = f"p.{column}{dialect.bytewise}"
        hits.append(_products([f"{text} >= {code}", f"{text} < {after}", *rest], limit, begun, wanting))
    if len(wanted.code) > 2:
        held = dialect.code_hit(bind(dialect.code_part(wanted.code)))
        none_exact = "NOT EXISTS (SELECT 1 FROM exact)"
        wanting = f"{none_exact} AND {wanting}" if wanting else none_exact
        hits.append(_searched(dialect.CODES, held, rest, limit, part, wanting))
    return hits


def _by_words(wanted: "Wanted", bind: Bound, limit: str) -> tuple[str, str]:
    """All words in the name; all words anywhere, unless the names give enough."""
    query, markers = dialect.all_of(range(len(wanted.terms))), wanted.filters.markers
    rest = wanted.filters.of_row(bind, with_place=False)
    in_name = dialect.in_name(dialect.all_meant(wanted.terms, wanted.also), markers, bind)
    anywhere = dialect.anywhere(query, markers, bind)
    return (
        _searched(dialect.WORDS, in_name, rest, limit, 3),
        _searched(dialect.WORDS, anywhere, rest, limit, 4, _too_few_names(limit)),
    )


def _with_fewer_words(wanted: "Wanted", bind: Bound, limit: str) -> tuple[str, str]:
    """All words but one; any of the words."""
    places, markers = range(len(wanted.terms)), wanted.filters.markers
    without = [dialect.all_of(place for place in places if place != left_out) for left_out in places]
    rest = wanted.filters.of_row(bind, with_place=False)
    one_less, any_one = (
        dialect.anywhere(dialect.any_of(queries), markers, bind)
        for queries in (without, [dialect.all_of([place]) for place in places])
    )
    return (
        _searched(dialect.WORDS, one_less, rest, limit, 7, "NOT EXISTS (SELECT 1 FROM whole)"),
        _searched(dialect.WORDS, any_one, rest, limit, 8, "NOT EXISTS (SELECT 1 FROM fewer)"),
    )


def _given(ids: tuple[int, ...], bind: Bound) -> str:
    return f"found AS (SELECT value AS id, place AS tier FROM {dialect.LISTED.format(bind(array(ids)))})"  # noqa: S608


def _best_of(hits: list[str], limit: str) -> str:
    together = "\nUNION ALL\n".join(hits)
    return f"SELECT id, min(tier) AS tier FROM ({together}) m GROUP BY id ORDER BY min(tier), id LIMIT {limit}"  # noqa: S608


def found(wanted: "Wanted", bind: Bound) -> str:
    """The common table expression `found` of `id, tier`: at most one hit more than the cap, the lowest tier first."""
    if wanted.ids is not None:
        return _given(wanted.ids, bind)
    limit = bind(wanted.cap + 1)
    if not wanted.terms and not wanted.code:
        return f"found AS MATERIALIZED ({_products(wanted.filters.of_row(bind), limit, 0)})"
    exact = f"{_exact(wanted, bind, limit)},\n" if wanted.code else ""
    codes = _by_code(wanted, bind, limit) if wanted.code else []
    if not wanted.terms:
        return f"{exact}found AS MATERIALIZED ({_best_of(codes, limit)})"
    named, anywhere = _by_words(wanted, bind, limit)
    hits = _best_of([*codes, "SELECT id, tier FROM named", anywhere], limit)
    before = f"{exact}{dialect.sought(wanted.terms, wanted.also, bind)},\nnamed AS MATERIALIZED ({named})"
    if not wanted.fewer or len(wanted.terms) < 2:
        return f"{before},\nfound AS MATERIALIZED ({hits})"
    one_less, any_one = _with_fewer_words(wanted, bind, limit)
    return f"""{before},
whole AS MATERIALIZED ({hits}),
fewer AS MATERIALIZED (SELECT id, tier FROM whole UNION ALL {one_less}),
found AS MATERIALIZED (SELECT id, tier FROM fewer UNION ALL {any_one})"""  # noqa: S608
