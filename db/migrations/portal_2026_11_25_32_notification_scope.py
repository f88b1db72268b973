"""A choice of mail says whether it is about one's own orders or the whole company's (NOTIFY-5)."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:32"
VERSION = "1.38.0"
DESCRIPTION = "mail about the whole company's orders"

BOTH = """
ALTER TABLE notification_choices ADD COLUMN whole_company BOOLEAN NOT NULL DEFAULT FALSE
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
