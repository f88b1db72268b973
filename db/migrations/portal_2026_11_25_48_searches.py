"""When a saved search was removed, so that it can be brought back."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:48"
VERSION = "1.38.0"
DESCRIPTION = "saved searches brought back"

BOTH = """
ALTER TABLE saved_searches ADD COLUMN removed_at $time
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
