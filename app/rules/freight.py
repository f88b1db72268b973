"""Freight: what a delivery method costs for the weight of the goods (ORDER-1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db import sql
from db.dialect import among, array

COLLECTED = "pick up"
METHODS = """
SELECT m.code, m.name, f.up_to_grams, f.price_cents
FROM delivery_methods m JOIN freight_rates f ON f.delivery_method = m.id
ORDER BY m.position, m.id, f.up_to_grams
"""


@dataclass(frozen=True, slots=True)
class Method:
    """A way of delivery and its steps: up to so many grams, so many cents; the lightest step first."""

    code: str
    name: str
    steps: tuple[tuple[int, int], ...]

    def cents(self, grams: int) -> int:
        """The first step that takes the weight; what is heavier than the last step goes in several loads."""
        heaviest, full_load = self.steps[-1]
        loads, rest = divmod(grams, heaviest)
        if loads and not rest:
            return loads * full_load
        return loads * full_load + next(cents for up_to, cents in self.steps if rest <= up_to)


def is_collected(name: str) -> bool:
    """Whether the goods wait at the warehouse for who comes for them; an order keeps the name of its method alone."""
    return name.casefold() == COLLECTED


def collected(rows: Iterable[sql.Row]) -> list[Method]:
    """Methods out of rows of `METHODS`, each with all of its steps."""
    steps: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in rows:
        steps.setdefault((row["code"], row["name"]), []).append((row["up_to_grams"], row["price_cents"]))
    return [Method(code, name, tuple(found)) for (code, name), found in steps.items()]


async def methods() -> list[Method]:
    """Every delivery method that has a price, in the desk's order; the first is the usual one."""
    return collected(await sql.rows(METHODS))


async def grams(quantities: dict[int, int]) -> int:
    """What so many units of each product (by id) weigh together."""
    weights = await _weights(list(quantities))
    return sum(weights.get(product, 0) * quantity for product, quantity in quantities.items())


async def _weights(product_ids: Sequence[int]) -> dict[int, int]:
    found = await sql.rows(
        f"SELECT id, weight_grams FROM products WHERE {among('id', 1)}",  # noqa: S608 (a column's name)
        array(product_ids),
    )
    return {row["id"]: row["weight_grams"] for row in found}
