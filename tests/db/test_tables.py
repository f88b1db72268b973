"""The Table classes and the migrated database say the same, on both engines."""

import pytest
from piccolo.columns import Column
from piccolo.table import Table

from db import sql
from db.dialect import SQLITE
from db.migrate import migrate
from db.piccolo_app import APP_CONFIG

TABLES = [table for table in APP_CONFIG.table_classes if table._meta.tablename != "migration"]
NOT_THE_ORMS = {"words_vector", "code_text"}  # made by the database for its own search


async def _columns(table: str) -> dict[str, bool]:
    """Each column of the live table, and whether it may be empty."""
    if SQLITE:
        found = await sql.rows(
            'SELECT name, "notnull" AS filled, pk FROM pragma_table_xinfo($1) WHERE hidden = 0', table
        )
        return {row["name"]: not row["filled"] and not row["pk"] for row in found}
    found = await sql.rows(
        """SELECT column_name, is_nullable FROM information_schema.columns
        WHERE table_name = $1 AND is_generated = 'NEVER'""",
        table,
    )
    return {row["column_name"]: row["is_nullable"] == "YES" for row in found}


def _declared(table: type[Table]) -> dict[str, bool]:
    columns: list[Column] = table._meta.columns
    return {column._meta.db_column_name: column._meta.null for column in columns}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table._meta.tablename)
async def test_a_class_names_the_columns_that_are_there(database: str, table: type[Table]) -> None:
    assert _declared(table) == await _columns(table._meta.tablename)


async def test_migrating_again_changes_nothing(database: str) -> None:
    before = await sql.rows("SELECT * FROM migration ORDER BY id")
    await migrate()
    assert await sql.rows("SELECT * FROM migration ORDER BY id") == before
