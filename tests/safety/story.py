"""A story told deed by deed: what each left in the trail, and every secret that was used in it."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from app.visits import SESSION_COOKIE
from db import sql
from db.sql import Row
from tests.browser import Browser
from tests.cast import ANSWER, APP_SECRET, PASSWORD, Cast, Person
from tests.second_step import code

SECRET_FIELDS = ("password", "current_password", "new_password", "answer", "code")


@dataclass
class Story:
    """`secrets` are found nowhere, `links` on the very pages that they lead to; `pages` is what was answered."""

    browser: Browser
    cast: Cast
    secrets: set[str] = field(default_factory=lambda: {PASSWORD, ANSWER, APP_SECRET})
    links: set[str] = field(default_factory=set)
    pages: list[str] = field(default_factory=list)
    told: int = 0

    async def enter(self, person: Person) -> None:
        """Somebody else sits down."""
        self.browser.sign_out()
        await self.browser.sign_in(person)
        self.note_token()
        await self.entries()

    def note_token(self) -> None:
        """Whoever holds the browser's token is let in: it is a secret."""
        if token := self.browser.http.cookies.get(SESSION_COOKIE):
            self.secrets.add(token)

    async def entries(self) -> list[Row]:
        """What has come into the trail since the last look, but for the marks of acting."""
        rows = await sql.rows("SELECT * FROM audit_entries WHERE id > $1 ORDER BY id", self.told)
        self.told = rows[-1]["id"] if rows else self.told
        return [row for row in rows if row["action"] not in ("acted", "saw")]

    async def do(self, path: str, fields: dict[str, Any] | None = None, *expected: str) -> httpx.Response:
        """Send a form; the trail tells of it by these entries and no others."""
        self.secrets |= {str(value) for name, value in (fields or {}).items() if name in SECRET_FIELDS}
        answer = await self.browser.post(path, fields)
        self.note_token()
        self.pages.append(answer.text)
        found = [row["action"] for row in await self.entries()]
        assert found == list(expected), f"{path}: {answer.status_code} {found}"
        return answer

    def now(self, secret: str = APP_SECRET) -> str:
        """The code that an app shows now."""
        return code(0, secret)
