"""`python -m bench.filling PRODUCTS`: grows the catalogue of a database and writes the buyers and their baskets."""

import asyncio
import sys

from bench import buyers, growing
from db import sql
from db.conf import DB
from db.postgres import PortalPostgres


async def fill(products: int) -> None:
    if isinstance(DB, PortalPostgres):
        DB.config["server_settings"]["statement_timeout"] = "0"
    try:
        await growing.grow(products)
        await buyers.write()
        if isinstance(DB, PortalPostgres):  # its own housekeeper would come round to it by and by
            await sql.run("VACUUM (ANALYZE)")
    finally:
        await DB.close_connection_pool()


if __name__ == "__main__":
    asyncio.run(fill(int(sys.argv[1])))
