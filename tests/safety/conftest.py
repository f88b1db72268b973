"""What is of one database alone is not looked at on the other."""

from db.conf import DB
from db.sqlite import PortalSQLite

collect_ignore = ["test_postgres_slow.py" if isinstance(DB, PortalSQLite) else "test_sqlite_slow.py"]
