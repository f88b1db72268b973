"""Many part numbers out of one list: good rows are kept, the others stay with their reason (BASKET-15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.files.number_lists import Numbered
from app.rules import part_numbers, products
from app.rules.part_numbers import DEED, SKU_WORDS, as_sku, hold_company, taken_words
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid
from app.rules.search_text import number_key
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import among, array

NOW = """SELECT n.product, n.number, n.number_key, p.sku, p.name
    FROM part_numbers n JOIN products p ON p.id = n.product WHERE n.company = $1"""
SKUS = f"SELECT id, sku FROM products WHERE {among('sku', 1, 'text')}"  # noqa: S608 (the pieces are constants)
DROP = f"DELETE FROM part_numbers WHERE company = $1 AND {among('product', 2)}"  # noqa: S608 (the pieces are constants)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not kept, and why."""

    typed: Numbered
    reason: str


@dataclass(slots=True)
class Outcome:
    """How many numbers were new or changed, how many stood so already, and the rows that were not kept."""

    kept: int = 0
    same: int = 0
    refused: list[Refused] = field(default_factory=list)


@atomic
async def take(rows: Sequence[Numbered], by: Viewer) -> Outcome:
    """Keep every row that can be kept, by a number of statements that does not grow with them.

    A number may move from one product to another within the list, as long as each is once in the end.
    """
    by.require(Privilege.USE_BASKETS, DEED)
    outcome = Outcome()
    named = await products.by_codes(list({row.code for row in rows if row.code}))
    wished = _wished(rows, named, outcome)
    await hold_company(by)
    now = {row["product"]: row for row in await sql.rows(NOW, by.company_id)}
    skus = await sql.rows(SKUS, array(sorted({as_sku(number) for _, number in wished.values()} - {""})))
    changed = _changed(wished, now, {row["sku"]: row["id"] for row in skus}, outcome)
    await sql.run(DROP, by.company_id, array(changed))
    at = datetime.now(UTC)
    many = [(by.company_id, product, number, number_key(number), by.id, at) for product, number in changed.items()]
    await sql.run_many(part_numbers.KEEP, many)
    outcome.refused.sort(key=lambda refused: refused.typed.row)
    return outcome


Wished = dict[int, tuple[Numbered, str]]


def _wished(rows: Sequence[Numbered], named: Mapping[str, list[int]], outcome: Outcome) -> Wished:
    """The number that each product shall have, with the row that says so."""
    wished: Wished = {}
    for row in rows:
        found = named.get(row.code, [])
        if reason := _why_not(row, found):
            outcome.refused.append(Refused(row, reason))
        elif found[0] in wished and wished[found[0]][1] != " ".join(row.number.split()):
            first = wished[found[0]][0]
            outcome.refused.append(Refused(row, f"Row {first.row:,} has another number for the same product."))
        else:
            wished[found[0]] = (row, " ".join(row.number.split()))
    return wished


def _why_not(row: Numbered, found: Sequence[int]) -> str:
    if not row.code:
        return "The row has no code of a product."
    if not found:
        return f"No product has the SKU, VPN or UPC “{row.code[:40]}”."
    if len(found) > 1:
        return f"“{row.code[:40]}” names {len(found):,} products. Use the SKU."
    try:
        part_numbers.wanted(row.number)
    except Invalid as wrong:
        return wrong.errors["number"]
    return ""


def _changed(wished: Wished, now: Mapping[int, sql.Row], skus: Mapping[str, int], outcome: Outcome) -> dict[int, str]:
    """What is to be written by product; numbers that would stand twice, or are another's SKU, are refused."""
    left, refused = dict(wished), _refused(wished, now, skus)
    claims = {number_key(number): product for product, (_, number) in left.items() if product not in refused}
    while refused:
        product, reason = refused.popitem()
        row, _ = left.pop(product)  # so it keeps what it has, which others cannot get then
        outcome.refused.append(Refused(row, reason))
        kept = now.get(product)
        other = claims.get(kept["number_key"]) if kept else None
        if kept and other in left and other not in refused:
            refused[other] = taken_words(left[other][1], kept["sku"], kept["name"])
    changed = {product: number for product, (_, number) in left.items() if _standing(product, now) != number}
    outcome.kept, outcome.same = len(changed), len(left) - len(changed)
    return changed


def _standing(product: int, now: Mapping[int, sql.Row]) -> str:
    return str(now[product]["number"]) if product in now else ""


def _refused(wished: Wished, now: Mapping[int, sql.Row], skus: Mapping[str, int]) -> dict[int, str]:
    """The reason by product, for those of the wishes that the others and what stands leave no room for."""
    taken = {row["number_key"]: row for product, row in now.items() if product not in wished}
    given: dict[str, int] = {}
    refused = {}
    for product, (row, number) in wished.items():
        key = number_key(number)
        if key in taken:
            refused[product] = taken_words(number, taken[key]["sku"], taken[key]["name"])
        elif skus.get(as_sku(number), product) != product:
            refused[product] = SKU_WORDS.format(number)
        elif first := given.get(key):
            refused[product] = f"Row {first:,} gives “{number}” to another product."
        else:
            given[key] = row.row
    return refused
