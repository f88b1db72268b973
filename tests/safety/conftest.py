"""What is of one database alone is not looked at on the other, and what several tests of attacks stand on."""

import pytest

from db.conf import DB
from db.sqlite import PortalSQLite
from tests.cast import ANSWER, PASSWORD

collect_ignore = ["test_postgres_slow.py" if isinstance(DB, PortalSQLite) else "test_sqlite_slow.py"]


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was compared with a hash, the slow way."""
    seen: list[str] = []

    def compare(password: str, stored: str) -> bool:
        seen.append(password)
        return bool(stored) and password in (PASSWORD, ANSWER)

    monkeypatch.setattr("app.rules.passwords._matches", compare)
    monkeypatch.setattr("app.rules.passwords.MOST_WAITING", 1_000)
    return seen
