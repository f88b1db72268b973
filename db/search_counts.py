"""How many products each vendor and category has: all of them, not only the hits up to the search's cap."""

from db import sql
from db.search_dialect import Bound
from db.search_sources import Filters

MOST = 100_000  # products that are counted for one page; more take too long


async def counts(filters: Filters) -> list[sql.Row]:
    """`vendor, category, uses, in_stock, returnable` for each pair there is; nothing past 100,000 products."""
    bind = Bound()
    where = " AND ".join(filters.of_row(bind)) or "1 = 1"
    rows = await sql.rows(
        f"""SELECT v.name AS vendor, c.path AS category, n.uses, n.in_stock, n.returnable FROM (
    SELECT vendor, category, count(*) AS uses, sum(CASE WHEN available > 0 THEN 1 ELSE 0 END) AS in_stock,
        sum(CASE WHEN is_no_return THEN 0 ELSE 1 END) AS returnable
    FROM (SELECT p.vendor, p.category, p.available, p.is_no_return FROM products p
        WHERE {where} LIMIT {bind(MOST + 1)}) x
    GROUP BY vendor, category) n
LEFT JOIN vendors v ON v.id = n.vendor LEFT JOIN categories c ON c.id = n.category""",  # noqa: S608
        *bind.values,
    )
    return rows if sum(row["uses"] for row in rows) <= MOST else []
