"""Who comes with this request, and whether the form that is posted is the portal's own."""

import re
import secrets
from typing import Any

from litestar.types import ASGIApp, Receive, Scope, Send

from app import uploads
from app.forms import Form
from app.gate import SECURE, is_multipart, path_told, takes_files
from app.rules import audit, sessions
from app.rules.refusals import FORGED, Refused
from app.rules.secret import is_token_for, token_for
from app.rules.viewers import VISITOR, Viewer

PREFIX = "__Host-" if SECURE else ""
SESSION_COOKIE = f"{PREFIX}session"
VISIT_COOKIE = f"{PREFIX}visit"  # binds a visitor's forms to the browser that fetched them
FLAGS = "; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if SECURE else "")
# What is open while the first steps are owed: the steps themselves, and the way out.
FIRST_STEPS = ("/welcome", "/logout", "/password-requirements", "/account/profile/second-step", "/login")
POLLED = re.compile(r"/baskets/[0-9]+/revisions")
FORM_TYPE = "application/x-www-form-urlencoded"


def cookie(name: str, value: str) -> str:
    """A Set-Cookie header; an empty value ends the cookie."""
    age = "" if value else "; Max-Age=0"
    return f"{name}={value}{FLAGS}{age}"


def _cookies(headers: dict[bytes, bytes]) -> dict[str, str]:
    """By name, whatever stands in the cookies of other programs on the same host; of two of a name the first counts."""
    parts = headers.get(b"cookie", b"").decode("latin-1").split(";")
    pairs = (part.strip().partition("=") for part in reversed(parts))
    return {name: value.strip('"')[:200] for name, _, value in pairs}


class FirstStepsFirst(Exception):
    """Somebody who has just been let in asks for another page than the first steps (LOGIN-3)."""


def owner_mark(person: int) -> str:
    """Stands in a form for who was shown it, who alone finds it again after the log-in; empty for a visitor."""
    return token_for("owner of a form", str(person)) if person else ""


def fits(sent: str, visit: str) -> bool:
    """Whether it is the token of this visit's forms, whoever was shown them."""
    return is_token_for(sent.partition("-")[0], "csrf", visit)


class Token:
    """The hidden field of a visit's forms; a visitor gets a cookie only with a page that writes it.

    The mark of who is shown the form follows the token of the visit, which ends before the mark does.
    """

    def __init__(self, state: Any, visit: str, person: int = 0) -> None:
        self._state, self._visit, self._person, self._made = state, visit, person, ""

    def __str__(self) -> str:
        if not self._visit:
            self._visit = self._state["new_visit"] = secrets.token_urlsafe(16)
        if not self._made:  # once for all the forms of a page
            mark = owner_mark(self._person)
            self._made = token_for("csrf", self._visit) + (f"-{mark}" if mark else "")
        return self._made

    def __html__(self) -> str:
        return str(self)


class Visits:
    """Stands around Litestar, so that the page of an unknown address knows who asks as well.

    `scope["user"]` is the Viewer, `scope["csrf"]` the token of this visit's forms, `scope["form"]` what was posted.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            try:
                await _look(scope, receive)
            except Exception as objection:  # noqa: BLE001 (it is raised again where there are handlers: see Objections)
                scope["objection"] = objection
        await self.app(scope, receive, send)


class Objections:
    """Litestar middleware: raises what stood against the visit, for the handlers of problems to show.

    What staff do and see while they act for a customer is kept in the trail here, whatever the page is (DESK-6).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found: Any = scope
        if objection := found.get("objection"):
            raise objection
        viewer: Viewer = found.get("user", VISITOR)
        if viewer.remaining and not _is_first_step(found["path"]):
            raise FirstStepsFirst
        if viewer.is_acted and not _asks_by_itself(found):
            done = "acted" if found["method"] == "POST" else "saw"
            await audit.note(done, viewer, subject_name=f"{found['method']} {path_told(found)}")
        await self.app(scope, receive, send)


def _asks_by_itself(scope: Any) -> bool:
    """Whether an open page asks for what is new on it, which is a page that its reader has seen already."""
    return bool(scope["method"] == "GET" and POLLED.fullmatch(scope["path"]))


def _is_first_step(path: str) -> bool:
    return any(path == start or path.startswith(f"{start}/") for start in FIRST_STEPS)


def network_address(scope: Any) -> str:
    """Where the connection comes from; behind a trusted proxy what that says (uvicorn has looked)."""
    return str(scope["client"][0])[:45] if scope.get("client") else ""


def person_of(viewer: Viewer) -> int:
    """Who sits before the browser: staff also while they act as somebody."""
    return viewer.staff_id or viewer.id


async def _look(scope: Any, receive: Any) -> None:
    headers = dict(scope["headers"])
    cookies = _cookies(headers)
    token = cookies.get(SESSION_COOKIE, "")
    address = network_address(scope)
    in_person = not _asks_by_itself(scope)
    viewer = await sessions.viewer_of(token, address, in_person=in_person) if token else Viewer(network_address=address)
    visit = token if viewer.signed_in else cookies.get(VISIT_COOKIE, "")
    scope["user"], scope["auth"] = viewer, visit
    scope["csrf"] = Token(scope, visit, person_of(viewer))
    scope["session_ended"] = bool(token) and not viewer.signed_in
    if scope["method"] == "POST":
        if is_multipart(headers) and takes_files(scope["path"]):
            limits = uploads.limits_of(scope["path"])
            form = await uploads.read(headers, receive, lambda sent: fits(sent, visit), limits)
        else:
            form = await _read(headers, receive)
        _check(scope, headers, form, visit, viewer)
        scope["form"] = form


async def _read(headers: dict[bytes, bytes], receive: Any) -> Form:
    kind = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
    parts: list[bytes] = []
    while True:
        message: Any = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    if kind != FORM_TYPE:
        raise Refused(FORGED)
    return Form.parse(b"".join(parts))


def _check(state: Any, headers: dict[bytes, bytes], form: Form, visit: str, viewer: Viewer) -> None:
    """Refuse a form of another site or of another visit; one whose session has ended is kept for after the log-in."""
    if headers.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
        raise Refused(FORGED)
    is_log_in = f"{state['path']}/".startswith("/login/")  # its second step too
    state["token_fits"] = fits(form.get("csrf"), visit)
    if state["session_ended"] and not is_log_in:
        return
    if not state["token_fits"]:
        if not viewer.signed_in and form.get("csrf") and not is_log_in:
            state["session_ended"] = True
            return
        raise Refused(FORGED)


async def admit(scope: Any, token: str) -> None:
    """Let the rest of this request know who has just logged in."""
    scope["user"] = await sessions.viewer_of(token, network_address(scope))
    scope["auth"] = token
    scope["csrf"] = Token(scope, token, person_of(scope["user"]))
