"""Mail about a basket that its reader must still be let change when it is sent."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:41"
VERSION = "1.38.0"
DESCRIPTION = "mail about a shared basket"

BOTH = """
ALTER TABLE notices ADD COLUMN basket INTEGER REFERENCES baskets (id) ON DELETE CASCADE
--
CREATE INDEX notices_basket ON notices (basket) WHERE basket IS NOT NULL
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
