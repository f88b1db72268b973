"""What is measured: each page with the requests for it, dealt out to the connections."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bench.visitors import Visitor, WrongAnswer, fields_of

CONNECTIONS = 16
PAGE, EDIT, ORDER = "page", "edit", "order"
PASTED = 1_000  # rows
GOALS = {PAGE: 0.5, EDIT: 0.5, ORDER: 0.15}


@dataclass(frozen=True, slots=True)
class Crowd:
    """The visitors of each connection, logged in, and what they draw their requests from."""

    visitors: list[dict[str, Visitor]]  # by e-mail address, one dictionary a connection
    materials: dict[str, Any]

    def of(self, connection: int) -> list[Visitor]:
        return list(self.visitors[connection].values())


@dataclass(frozen=True, slots=True)
class Page:
    """`rows` is what the floor renders; without `again` a request can be sent once only."""

    name: str
    label: str
    kind: str
    rows: int
    requests: Callable[[Crowd], list[list[bytes]]]
    status: int = 200
    again: bool = True
    method: str = "GET"


def _spread(crowd: Crowd, paths: list[str], *, in_place: bool = False) -> list[list[bytes]]:
    """Each connection begins at another place of the list, its visitors in turns."""
    dealt = []
    for connection in range(CONNECTIONS):
        visitors, start = crowd.of(connection), connection * len(paths) // CONNECTIONS
        turned = paths[start:] + paths[:start]
        dealt.append(
            [
                visitors[place % len(visitors)].request("GET", path, in_place=in_place)
                for place, path in enumerate(turned)
            ]
        )
    return dealt


def _search(crowd: Crowd) -> list[list[bytes]]:
    return _spread(crowd, [f"/products?q={quote(words)}&size=25" for words in crowd.materials["searches"]])


def _suggestions(crowd: Crowd) -> list[list[bytes]]:
    return _spread(
        crowd, [f"/products/suggestions?q={quote(text)}" for text in crowd.materials["typed"]], in_place=True
    )


def _product(crowd: Crowd) -> list[list[bytes]]:
    return _spread(crowd, [f"/products/{sku}" for sku in crowd.materials["skus"]])


def _orders(crowd: Crowd) -> list[list[bytes]]:
    return _spread(crowd, ["/orders"])


def _owned(crowd: Crowd, which: str) -> list[list[tuple[Visitor, int]]]:
    """The baskets of each connection's visitors."""
    return [
        [(visitors[email], basket) for email, basket in crowd.materials[which] if email in visitors]
        for visitors in crowd.visitors
    ]


def _basket(which: str) -> Callable[[Crowd], list[list[bytes]]]:
    def requests(crowd: Crowd) -> list[list[bytes]]:
        return [
            [visitor.request("GET", f"/baskets/{basket}") for visitor, basket in owned]
            for owned in _owned(crowd, which)
        ]

    return requests


def _add_line(crowd: Crowd) -> list[list[bytes]]:
    """Into baskets of 20 lines, in turns, another product each time."""
    skus = crowd.materials["addable"]
    dealt = []
    for connection, owned in enumerate(_owned(crowd, "adding")):
        sent = []
        for place in range(len(owned) * 10):
            visitor, basket = owned[place % len(owned)]
            sku = skus[(place * CONNECTIONS + connection) % len(skus)]
            fields = [("csrf", visitor.csrf), ("sku", sku), ("quantity", "1"), ("at", "basket")]
            sent.append(visitor.request("POST", f"/baskets/{basket}/lines", fields, in_place=True))
        dealt.append(sent)
    return dealt


def _change_line(crowd: Crowd) -> list[list[bytes]]:
    """The note on the first line of a basket of 500, another one each time: the sums of all are worked out again."""
    dealt = []
    for owned in _owned(crowd, "long"):
        sent = []
        for visitor, basket in owned:
            shown = visitor.send("GET", f"/baskets/{basket}").text
            line = shown.partition('<tr id="line-')[2].partition('"')[0]
            for turn in range(10):
                fields = [("csrf", visitor.csrf), ("note", f"floor {turn}")]
                sent.append(visitor.request("POST", f"/baskets/{basket}/lines/{line}", fields, in_place=True))
        dealt.append(sent)
    return dealt


def _sheets(crowd: Crowd) -> list[list[bytes]]:
    """A sheet of 1,000 pasted rows for each connection: every time it is shown, each row is checked again."""
    dealt = []
    for visitors in map(crowd.of, range(CONNECTIONS)):
        pasted = "\n".join(f"{sku}\t{place % 9 + 1}" for place, sku in enumerate(crowd.materials["skus"][:PASTED]))
        made = visitors[0].send("POST", "/quick-order", [("csrf", visitors[0].csrf), ("text", pasted)])
        if made.status != 303:
            raise WrongAnswer(f"a list of {PASTED:,} rows was answered {made.status} instead of 303")
        dealt.append([visitors[0].request("GET", made.headers["Location"])])
    return dealt


def _order(crowd: Crowd) -> list[list[bytes]]:
    """Check-out forms as they are preset, with a PO number and confirmed; each has a token of its own."""
    dealt = []
    for owned in _owned(crowd, "order"):
        sent = []
        forms: dict[str, dict[str, str]] = {}
        for visitor, basket in owned:
            path = f"/baskets/{basket}/order"
            if visitor.cookie not in forms:
                forms[visitor.cookie] = fields_of(visitor.send("GET", path).text, path)
            own = {"po_number": f"BENCH-{basket}", "token": secrets.token_urlsafe(24), "confirm": "1"}
            sent.append(visitor.request("POST", path, list((forms[visitor.cookie] | own).items())))
        dealt.append(sent)
    return dealt


PAGES = (
    Page("search", "search results, 25 rows", PAGE, 25, _search),
    Page("suggestions", "suggestions", PAGE, 4, _suggestions),
    Page("product", "product", PAGE, 1, _product),
    Page("add", "add line", EDIT, 1, _add_line, method="POST"),
    Page("basket20", "basket of 20 lines", PAGE, 20, _basket("twenty")),
    Page("basket500", "basket of 500 lines", PAGE, 500, _basket("long")),
    Page("change500", "change one line of 500", EDIT, 1, _change_line, method="POST"),
    Page("check1000", "check 1,000 pasted rows", PAGE, 100, _sheets),
    Page("order10", "place order of 10 lines", ORDER, 10, _order, status=303, again=False, method="POST"),
    Page("orders", "my orders", PAGE, 25, _orders),
)
