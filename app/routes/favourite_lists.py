"""The list of favourites: which part of it is looked at, and the page (PROD-5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from app.answers import Answer, Asked, page
from app.forms import Said
from app.routes.paging import MOST_PAGES, line_of
from app.rules import favourites
from app.rules.search_lines import RowSaid

LIST = "/favourites"


@dataclass(frozen=True, slots=True)
class View:
    """What the address asks for."""

    q: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "View":
        number, sort = given.get("page", ""), given.get("sort", "")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 1
        return cls(line_of(given.get("q", ""), 100), sort if sort in favourites.LABELS else "", page or 1)

    def at_page(self, number: int) -> str:
        """The address of another page of the same; it always asks for something, so that more can follow."""
        asked = {"q": self.q, "sort": self.sort}
        return f"{LIST}?{urlencode({name: text for name, text in asked.items() if text} | {'page': str(number)})}"

    @property
    def address(self) -> str:
        return self.at_page(min(self.page, MOST_PAGES))


async def favourites_page(
    request: Asked, view: View, status: int = 200, said: RowSaid | None = None, **told: Any
) -> Answer:
    """The page; `said` stands in its product's row, what else was `told` above the list or at its fields.

    `reasons` by SKU say why a product was not put into the basket: its row says so, and stays ticked.
    """
    found = await favourites.listed(view.q, view.sort, view.page, request.user)
    shown: dict[str, Any] = {
        "found": found,
        "view": view,
        "back": view.address,
        "size": favourites.PAGE_SIZE,
        "orders": favourites.orders_for(request.user),
        "said": said,
        "reasons": {},
        "starred": None,
        "put": None,
        "ticked": frozenset(),
        "errors": Said(),
        "typed": Said(),
    }
    return page(request, "templates/favourites/index.html", status, **{**shown, **told})
