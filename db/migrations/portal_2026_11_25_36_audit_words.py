"""Finding an entry among a million: by words, who it was, what was done, and when."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:36"
VERSION = "1.38.0"
DESCRIPTION = "words of the audit trail"

BOTH = """
ALTER TABLE audit_entries ADD COLUMN words TEXT NOT NULL DEFAULT ''
--
CREATE INDEX audit_entries_action ON audit_entries (action, id)
--
CREATE INDEX audit_entries_company_action ON audit_entries (company, action, id)
--
CREATE INDEX audit_entries_at ON audit_entries (at, id)
"""

# The words come folded, with markers that begin with @ or #. An entry never changes, so nothing is ever taken out.
SQLITE = """
CREATE VIRTUAL TABLE audit_words USING fts5 (words, content='', prefix='2 3', tokenize="ascii tokenchars '@#'")
--
CREATE TRIGGER audit_entries_words AFTER INSERT ON audit_entries
BEGIN INSERT INTO audit_words (rowid, words) VALUES (NEW.id, NEW.words); END
"""

POSTGRES = """
ALTER TABLE audit_entries ADD COLUMN words_vector TSVECTOR
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED
--
CREATE INDEX audit_entries_words ON audit_entries USING gin (words_vector)
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH, SQLITE, POSTGRES)
