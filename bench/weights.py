"""What a browser fetches at its first visit: the page, and every file that it and its files name."""

import re
from urllib.parse import urljoin

from bench.visitors import CODINGS, Visitor, answer_to

NAMED = re.compile(
    r"""<link[^>]+href="(/static/[^"]+)"|<script[^>]+src="(/static/[^"]+)"|<img[^>]+src="(/static/[^"]+)\"""",
    re.IGNORECASE,
)
IMPORTED = re.compile(r"""(?:from|import)\s*["'](\.{1,2}/[^"']+|/[^"']+)["']|url\(["']?(?!data:)([^"')]+)["']?\)""")


def _fetched(port: int, path: str, codings: str) -> bytes:
    headers = Visitor(port).headers(codings)
    return answer_to(port, "GET", path, None, headers).body


def first_visit(port: int, path: str) -> tuple[int, int]:
    """Bytes of everything, compressed, and how many files that are."""
    page = _fetched(port, path, "").decode()
    waiting = [next(filter(None, names)) for names in NAMED.findall(page)]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        if address.endswith((".js", ".css")):
            text = _fetched(port, address, "").decode()
            waiting += [urljoin(address, next(filter(None, names))) for names in IMPORTED.findall(text)]
    total = sum(len(_fetched(port, address, CODINGS)) for address in (path, *seen))
    return total, 1 + len(seen)
