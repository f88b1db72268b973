"""An index that holds all that the filters of the product list count, so that counting reads no product."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:11"
VERSION = "1.38.0"
DESCRIPTION = "counts of products"

BOTH = "CREATE INDEX products_counted ON products (vendor, category, is_no_return, available)"


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
