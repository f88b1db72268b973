"""A browser of the tests: keeps cookies, sends forms with their token, follows nothing by itself."""

import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import httpx

from app.rules import sessions
from app.rules.secret import token_for
from app.visits import SESSION_COOKIE, VISIT_COOKIE
from tests.cast import Person

DOMAIN = "localhost.local"  # how the cookie jar names this machine
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
Fields = Mapping[str, object]
Headers = Mapping[str, str]
EMPTY: Headers = {}


class Browser:
    """Talks to the portal over ASGI, as itself (a visitor) or as whoever signed in."""

    def __init__(self, portal: Any) -> None:
        self.portal = portal
        transport = httpx.ASGITransport(app=portal)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://localhost")

    async def __aenter__(self) -> "Browser":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.aclose()

    async def sign_in(self, person: Person) -> "Browser":
        """Start a session of the person without the log-in page."""
        token = await sessions.start(person.id, person.email, "127.0.0.1", "tests")
        self.plant(token)
        return self

    def plant(self, token: str) -> None:
        """Put a session cookie where the portal would put it."""
        self.http.cookies.set(SESSION_COOKIE, token, domain=DOMAIN)

    def sign_out(self) -> None:
        """Forget the cookies, as closing a private window does."""
        self.http.cookies.clear()

    @property
    def csrf(self) -> str:
        visit = self.http.cookies.get(SESSION_COOKIE) or self.http.cookies.get(VISIT_COOKIE) or ""
        return token_for("csrf", visit)

    async def get(self, path: str, *, htmx: bool = False, headers: Headers = EMPTY) -> httpx.Response:
        return await self.http.get(path, headers={**(HTMX if htmx else {}), **headers})

    async def post(
        self,
        path: str,
        fields: Fields | None = None,
        *,
        htmx: bool = False,
        csrf: str | None = None,
        headers: Headers = EMPTY,
    ) -> httpx.Response:
        """Send a form; its token is filled in unless `csrf` gives another."""
        data = {"csrf": self.csrf if csrf is None else csrf, **(fields or {})}
        return await self.http.post(path, data=data, headers={**(HTMX if htmx else {}), **headers})

    async def follow(self, answer: httpx.Response) -> httpx.Response:
        """Fetch where a 303 leads."""
        assert answer.status_code == 303, f"{answer.status_code}: {words(answer)[:500]}"
        return await self.get(answer.headers["Location"])


def words(answer: httpx.Response) -> str:
    """What a person reads of a page: no tags, blanks run together."""
    text = re.sub(r"<(script|style|head)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", text)
    for entity, sign in (
        ("&#34;", '"'),
        ("&#39;", "'"),
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
    ):
        text = text.replace(entity, sign)
    return re.sub(r"\s+", " ", text)
