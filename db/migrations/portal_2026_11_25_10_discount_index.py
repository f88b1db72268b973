"""An index that finds a price list's discounts for a vendor."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:10"
VERSION = "1.38.0"
DESCRIPTION = "discounts by vendor"

BOTH = """
DROP INDEX discounts_list
--
CREATE INDEX discounts_vendor ON discounts (price_list, vendor)
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
