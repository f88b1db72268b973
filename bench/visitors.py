"""Visitors of the bench: they log in through the form, read hidden fields, and know how a request looks in bytes."""

import http.client
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode

from app.demo.cast import PASSWORD

CODINGS = "gzip, deflate, br"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
Fields = list[tuple[str, str]]


class WrongAnswer(Exception):
    """A page did not answer what it is measured for."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Form(HTMLParser):
    """The preset fields of the forms of a page that are posted to one address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
        self.fields: dict[str, str] = {}
        self._inside = False
        self._select = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method") == "post" and given.get("action") == self.action
        elif self._inside and given.get("name") and tag in {"input", "select", "textarea"}:
            self._field(tag, given)
        elif self._inside and tag == "option" and self._select and "selected" in given:
            self.fields[self._select] = given.get("value", "")
        elif self._inside and tag == "option" and self._select:
            self.fields.setdefault(self._select, given.get("value", ""))

    def _field(self, tag: str, given: dict[str, str]) -> None:
        if tag == "select":
            self._select = given["name"]
        elif tag == "textarea":
            self._text = given["name"]
            self.fields[self._text] = ""
        elif given.get("type") not in {"checkbox", "radio", "submit"} or "checked" in given:
            self.fields[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""


def fields_of(page: str, action: str) -> dict[str, str]:
    form = Form(action)
    form.feed(page)
    return form.fields


@dataclass(slots=True)
class Visitor:
    """One browser at one server."""

    port: int
    cookie: str = ""
    csrf: str = ""

    def headers(self, codings: str = CODINGS, *, in_place: bool = False) -> dict[str, str]:
        found = {"Host": f"127.0.0.1:{self.port}", "User-Agent": BROWSER, "Accept": "text/html,*/*;q=0.8"}
        found |= {"Accept-Encoding": codings} if codings else {}
        found |= {"Cookie": self.cookie} if self.cookie else {}
        return found | (PARTIAL if in_place else {})

    def request(self, method: str, path: str, fields: Fields | None = None, *, in_place: bool = False) -> bytes:
        """The bytes of a request, for the load generator."""
        headers, body = self.headers(in_place=in_place), b""
        if fields is not None:
            body = urlencode(fields).encode()
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
            headers |= {"Origin": f"http://127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin"}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body

    def send(self, method: str, path: str, fields: Fields | None = None) -> Answer:
        """Ask and read the answer, uncompressed."""
        headers, body = self.headers(codings=""), None
        if fields is not None:
            body = urlencode(fields)
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        return answer_to(self.port, method, path, body, headers)

    def log_in(self, email: str) -> None:
        """Through the form, as a person does; raises RuntimeError when the portal will not have it."""
        first = self.send("GET", "/login")
        if first.status != 200:
            raise RuntimeError(f"/login answered {first.status}:\n{first.text[:2000]}")
        self.cookie = _cookie(first)
        posted = [("csrf", fields_of(first.text, "/login")["csrf"]), ("email", email), ("password", PASSWORD)]
        answer = self.send("POST", "/login", posted)
        if answer.status != 303:
            raise RuntimeError(f"{email} could not log in: {answer.status}\n{answer.text[:2000]}")
        self.cookie = _cookie(answer)
        self.csrf = fields_of(self.send("GET", "/").text, "/logout")["csrf"]


def _cookie(answer: Answer) -> str:
    return "; ".join(line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie", []))


def answer_to(port: int, method: str, path: str, body: str | bytes | None, headers: dict[str, str]) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def replayed(port: int, request: bytes, codings: str) -> Answer:
    """Send a prepared request once, with other codings accepted."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    headers.pop("Accept-Encoding")
    headers.pop("Content-Length", None)
    return answer_to(port, method, path, body or None, headers | ({"Accept-Encoding": codings} if codings else {}))
