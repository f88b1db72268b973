"""The audit trail: rows are added, and the database itself refuses to change or remove one (USER-7)."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:22"
VERSION = "1.38.0"
DESCRIPTION = "the audit trail"

# No foreign keys: an entry outlives what it speaks of, and names it.
BOTH = """
CREATE TABLE audit_entries (
    id $id,
    at $time NOT NULL,
    action VARCHAR(40) NOT NULL,
    company INTEGER,
    actor INTEGER,
    actor_name VARCHAR(100) NOT NULL DEFAULT '',
    acting_as INTEGER,
    acting_as_name VARCHAR(100) NOT NULL DEFAULT '',
    subject VARCHAR(60) NOT NULL DEFAULT '',
    subject_name VARCHAR(254) NOT NULL DEFAULT '',
    before TEXT NOT NULL DEFAULT '',
    after TEXT NOT NULL DEFAULT '',
    network_address VARCHAR(45) NOT NULL DEFAULT ''
)
--
CREATE INDEX audit_entries_company ON audit_entries (company, id)
--
CREATE INDEX audit_entries_actor ON audit_entries (actor, id)
"""

SQLITE = """
CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries BEGIN
    SELECT RAISE(ABORT, 'audit entries stay as they are');
END
--
CREATE TRIGGER audit_entries_remain BEFORE DELETE ON audit_entries BEGIN
    SELECT RAISE(ABORT, 'audit entries stay as they are');
END
"""

POSTGRES = """
CREATE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'audit entries stay as they are';
END $body$
--
CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION audit_entries_stay()
--
CREATE TRIGGER audit_entries_remain BEFORE TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_stay()
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH, SQLITE, POSTGRES)
