"""Every text that the database holds, in its rows and, where it is a file, in its bytes."""

from pathlib import Path

from db import sql
from db.piccolo_app import APP_CONFIG


async def tables() -> dict[str, str]:
    """The rows of each table, as text."""
    names = sorted(table._meta.tablename for table in APP_CONFIG.table_classes)
    found = {}
    for name in names:
        rows = await sql.rows(f'SELECT * FROM "{name}"')  # noqa: S608 (our own tables)
        found[name] = "\n".join(repr(row) for row in rows)
    return found


def file_bytes(address: str) -> bytes:
    """The database's file and what stands beside it; nothing for a server's."""
    path = Path(address)
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*")) if path.is_file() else b""
