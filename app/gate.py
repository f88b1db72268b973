"""The outermost door: every answer passes here, also a refusal: hosts, sizes, security headers, the access log."""

import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from app.assets import assets
from app.rules.settings import settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

log = logging.getLogger("portal.access")

FORM_BYTES = 256 * 1024
LOGIN_BYTES = 64 * 1024
FILE_BYTES = settings.application_document_mb * 1024 * 1024
UPLOAD_BYTES = settings.application_documents * FILE_BYTES + FORM_BYTES
UPLOADS = re.compile(r"/become-a-reseller/(?:documents|state/[^/]+/[^/]+/answers)/?")  # forms that bring files
LIST_BYTES = settings.list_file_mb * 1024 * 1024
LISTS = re.compile("/(?:quick-order|part-numbers/imports)/?")  # the form that brings one file, or a long text
FILES_KIND = b"multipart/form-data"
SECRET_PART = re.compile(r"(?<=/)[A-Za-z0-9_-]{30,}")  # a token of a link that was mailed
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SECURE = urlsplit(settings.base_url).scheme == "https"
HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
METHODS = {"GET", "HEAD", "POST"}
TOKEN = re.compile("[A-Za-z0-9_-]{32,}")


class TooLarge(Exception):
    """The body is longer than any form of the portal may be (413)."""


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def allowed_hosts() -> set[str]:
    """The host of `PORTAL_BASE_URL`; this machine's own names as well while no other is set."""
    named = urlsplit(settings.base_url).hostname
    return {named, *LOOPBACK} if named else LOOPBACK


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name.lower() if colon and port.isdigit() else host.lower()


class Gate:
    """Wraps the whole application; `hosts` are the names that it answers to."""

    def __init__(self, portal: App, hosts: set[str] | None = None) -> None:
        self.portal = portal
        self.hosts = hosts or allowed_hosts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.portal(scope, receive, send)
            return
        if scope["path"].startswith("/static/"):
            await assets(scope, receive, send)
            return
        started = time.perf_counter()
        scope["request_id"] = secrets.token_hex(8)
        seen = {"status": 500}
        door = self._door(scope)
        if door is None:
            asked = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
            await self.portal(asked, _limited(scope, receive), _dressed(scope, send, seen))
        else:
            await _plain(*door, _dressed(scope, send, seen))
        took = (time.perf_counter() - started) * 1000
        log.info("%s %s %s %.1f ms %s", scope["method"], path_told(scope), seen["status"], took, scope["request_id"])

    def _door(self, scope: Scope) -> tuple[int, str] | None:
        """What is refused before anybody reads it: a status and a sentence."""
        if _without_port(_header(scope, b"host")) not in self.hosts:
            return 400, "This portal does not answer to that host name."
        if scope["method"] not in METHODS:
            return 405, "This portal knows GET, HEAD and POST only."
        length = _header(scope, b"content-length")
        if length and (not length.isdigit() or int(length) > _limit(scope)):
            return 413, too_many_files(scope["path"]) if takes_files(
                scope["path"]
            ) else "That is more than this form can hold."
        return None


def takes_files(path: str) -> bool:
    return bool(UPLOADS.fullmatch(path) or LISTS.fullmatch(path))


def upload_bytes(path: str) -> int:
    """Of all that a form which brings files may send."""
    return LIST_BYTES + 2 * FORM_BYTES if LISTS.fullmatch(path) else UPLOAD_BYTES


def too_many_files(path: str) -> str:
    if LISTS.fullmatch(path):
        return f"The file is larger than {settings.list_file_mb} MB. Go back, and send it in parts."
    return f"The files come to more than {upload_bytes(path) >> 20} MB. Go back, and send fewer or smaller ones."


def is_multipart(headers: dict[bytes, bytes]) -> bool:
    return headers.get(b"content-type", b"").lower().startswith(FILES_KIND)


def _limit(scope: Scope) -> int:
    """In bytes. Only what is read in parts may be long: the fields of a plain form are unpacked all at once."""
    if takes_files(scope["path"]) and is_multipart(dict(scope["headers"])):
        return upload_bytes(scope["path"])
    return LOGIN_BYTES if scope["path"].rstrip("/") == "/login" else FORM_BYTES


def path_told(scope: Scope) -> str:
    """As the log and the trail may hold it: on one line, and without the token of a mailed link."""
    return SECRET_PART.sub("…", "".join(char if char.isprintable() else "?" for char in scope["path"]))[:200]


def _limited(scope: Scope, receive: Receive) -> Receive:
    """A body without a length is counted while it comes in."""
    left = _limit(scope)

    async def counted() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLarge
        return message

    return counted


def _dressed(scope: Scope, send: Send, seen: dict[str, int]) -> Send:
    """Adds the headers that no page may lack, and leaves those that a page has set for itself."""

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            seen["status"] = message["status"]
            headers = list(message.get("headers", []))
            present = {name.lower() for name, _ in headers}
            headers += [(name, value) for name, value in HEADERS.items() if name not in present]
            headers.append((b"x-request-id", scope["request_id"].encode()))
            if SECURE:
                headers.append(HSTS)
            message = {**message, "headers": headers}
        elif scope["method"] == "HEAD":
            message = {**message, "body": b""}
        await send(message)

    return dressed


async def _plain(status: int, sentence: str, send: Send) -> None:
    body = f"{sentence}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if status == 405:
        headers.append((b"allow", b"GET, HEAD, POST"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
