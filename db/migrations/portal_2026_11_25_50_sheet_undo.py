"""What was dropped of Quick Order, a sheet or a row of one, comes back at an undo."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:50"
VERSION = "1.38.0"
DESCRIPTION = "dropped sheets and rows can come back"

BOTH = """
ALTER TABLE sheets ADD COLUMN removed_at $time
--
ALTER TABLE sheet_rows ADD COLUMN removed_at $time
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
