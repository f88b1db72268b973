"""The files of app/static, held in memory under one address that changes with their content."""

import gzip
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import brotli

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

ROOT = Path(__file__).parent / "static"
STYLESHEET = "css/app.css"
SHEETS = (
    *(
        "_tokens",
        "reset",
        "base",
        "page",
        "header",
        "quick_links",
        "menus",
        "tabs",
        "account",
        "suggestions",
        "forms",
        "checklist",
        "buttons",
    ),
    *(
        "tables",
        "rows",
        "states",
        "notices",
        "dialogs",
        "facets",
        "pager",
        "audit",
        "summary",
        "sheets",
        "baskets",
        "news",
        "quotes",
        "product",
        "favourites",
        "users",
        "second_steps",
        "applications",
        "empty",
    ),
    *("desk", "keys", "styleguide", "print"),
)
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
FOREVER = b"public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file with its compressed forms, keyed by content coding ("" is the plain bytes)."""

    content_type: str
    bodies: dict[str, bytes]

    @classmethod
    def of(cls, path: str, content: bytes) -> "Asset":
        packed = {
            "br": brotli.compress(content, mode=brotli.MODE_TEXT),
            "gzip": gzip.compress(content, mtime=0),
        }
        return cls(TYPES[Path(path).suffix], {"": content, **packed})

    def best(self, accepted: str) -> tuple[str, bytes]:
        """The coding and body to send for an Accept-Encoding header."""
        codings = {part.split(";")[0].strip() for part in accepted.split(",") if "q=0" not in part.replace(" ", "")}
        coding = next((name for name in ("br", "gzip") if name in codings), "")
        return coding, self.bodies[coding]


class Assets:
    """An ASGI application for /static/<digest>/<path>, and the book of those addresses."""

    def __init__(self, root: Path = ROOT) -> None:
        contents = read(root)
        self.digest = digest(contents)
        self._assets = {path: Asset.of(path, content) for path, content in contents.items()}

    def address(self, path: str) -> str:
        """Where a file is fetched; raises KeyError for one that does not exist."""
        if path not in self._assets:
            raise KeyError(path)
        return f"/static/{self.digest}/{path}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._find(scope["path"]) if scope["method"] in ("GET", "HEAD") else None
        status, headers, body = answer(found, accepted_encoding(scope)) if found else missing()
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _find(self, address: str) -> Asset | None:
        # A mounting application may or may not have taken /static off already.
        given, _, path = address.removeprefix("/static").strip("/").partition("/")
        return self._assets.get(path) if given == self.digest else None


def read(root: Path) -> dict[str, bytes]:
    """Every file by its path below root, the sheets of css/ joined into one in their order."""
    files = sorted(path for path in root.rglob("*") if path.suffix in TYPES and path.parent != root / "css")
    contents = {path.relative_to(root).as_posix(): path.read_bytes() for path in files}
    contents[STYLESHEET] = b"\n".join((root / "css" / f"{name}.css").read_bytes() for name in SHEETS)
    return contents


def digest(contents: dict[str, bytes]) -> str:
    """Twelve characters that change whenever any file does, or is renamed."""
    seen = sha256()
    for path, content in sorted(contents.items()):
        seen.update(f"{path}\0{len(content)}\0".encode() + content)
    return seen.hexdigest()[:12]


def accepted_encoding(scope: Scope) -> str:
    values = [value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-encoding"]
    return ",".join(values)


def answer(found: Asset, accepted: str) -> tuple[int, Headers, bytes]:
    coding, body = found.best(accepted)
    headers = [
        (b"content-type", found.content_type.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", FOREVER),
        (b"vary", b"Accept-Encoding"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if coding:
        headers.append((b"content-encoding", coding.encode()))
    return 200, headers, body


def missing() -> tuple[int, Headers, bytes]:
    body = b"No such file.\n"
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    return 404, headers, body


assets = Assets()
asset = assets.address
