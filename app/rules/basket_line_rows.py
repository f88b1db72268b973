"""How a line of a basket is written: by whom, in which revision, and what was seen of it (BASKET-9, BASKET-10)."""

from typing import NamedTuple


class Seen(NamedTuple):
    """What somebody sees of a line as they write it: cents for one unit, units that ship now, whether it ends."""

    cents: int | None
    ships: int | None
    discontinued: bool


KEPT = "SELECT id, quantity, removed_at FROM basket_lines WHERE basket = $1 AND product = $2"
# What every change of a line keeps: the basket's next revision, who did it, and what was seen of it (BASKET-9).
NEXT_REVISION = "(SELECT b.revision + 1 FROM baskets b WHERE b.id = basket_lines.basket)"
CHANGED = f"version = version + 1, changed_by = $2, revision = {NEXT_REVISION}"
SEEN = "seen_price_cents = $4, seen_ships = $5, seen_discontinued = $6"
INSERT = """
INSERT INTO basket_lines (basket, product, quantity, seen_price_cents, seen_ships, seen_discontinued, added_by,
    changed_by, added_at, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, (SELECT revision + 1 FROM baskets WHERE id = $1))
"""
MORE = f"UPDATE basket_lines SET quantity = $3, {SEEN}, {CHANGED} WHERE id = $1"  # noqa: S608 (constants)
REVIVE = f"""UPDATE basket_lines SET quantity = $3, {SEEN}, {CHANGED}, added_by = $2, added_at = $7, note = '',
    selling_cents = NULL, removed_at = NULL WHERE id = $1"""  # noqa: S608 (constants)
CHANGE = f"UPDATE basket_lines SET quantity = $3, note = $7, {SEEN}, {CHANGED} WHERE id = $1"  # noqa: S608 (constants)
REMOVE = f"UPDATE basket_lines SET removed_at = $3, {CHANGED} WHERE id = $1"  # noqa: S608 (constants)
RESTORE = f"UPDATE basket_lines SET removed_at = NULL, {CHANGED} WHERE id = $1"  # noqa: S608 (constants)
NOTE = "UPDATE basket_lines SET note = $3 WHERE basket = $1 AND product = $2 AND note = ''"
NOTED = "UPDATE basket_lines SET note = $3 WHERE basket = $1 AND product = $2"
