"""`python -m bench.filling PRODUCTS`: grows the catalogue of a database and writes the buyers and their baskets."""

import asyncio
import sys

from bench import buyers, growing
from db import sql
from db.conf import DB
from db.postgres import PortalPostgres

WORD_INDEXES = "SELECT indexname AS name, indexdef AS made_by FROM pg_indexes WHERE indexdef LIKE '%USING gin%'"


async def grow_quickly(products: int) -> None:
    """PostgreSQL's word indexes are made at the end: row by row a million products take them half an hour."""
    indexes = await sql.rows(WORD_INDEXES)
    for index in indexes:
        await sql.run(f"DROP INDEX {index['name']}")
    await growing.grow(products)
    for index in indexes:
        await sql.run(index["made_by"])


async def fill(products: int) -> None:
    is_postgres = isinstance(DB, PortalPostgres)
    if isinstance(DB, PortalPostgres):
        DB.config["server_settings"] |= {"statement_timeout": "0", "maintenance_work_mem": "512MB"}
    try:
        await (grow_quickly if is_postgres and products else growing.grow)(products)
        await buyers.write()
        if is_postgres:  # its own housekeeper would come round to it by and by
            await sql.run("VACUUM (ANALYZE)")
    finally:
        await DB.close_connection_pool()


if __name__ == "__main__":
    asyncio.run(fill(int(sys.argv[1])))
