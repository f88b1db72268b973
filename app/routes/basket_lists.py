"""What a list of baskets shows, as its address asks: found by name, sorted, a page at a time."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from app.answers import Asked
from app.routes.paging import line_asked, page_asked
from app.rules import basket_lists, baskets
from app.rules.baskets import NAME_LENGTH

LISTS = {"my": "/baskets", "company": "/company-baskets"}


async def list_of(request: Asked, place: str) -> dict[str, Any]:
    """The list that stands at `place`, basket_access.MY or COMPANY."""
    params = request.query_params
    wanted = line_asked(request, "q", NAME_LENGTH)
    order = (params.get("sort", ""), params.get("order", ""), page_asked(request))
    asked = basket_lists.asked_of(wanted, *order, request.user)
    found = await basket_lists.of(place, asked, request.user)
    return {
        "found": found,
        "asked": asked,
        "place": place,
        "at": LISTS[place],
        "address": address(LISTS[place], asked),
        "page_size": basket_lists.PAGE_SIZE,
        "may_edit": baskets.may_edit,
    }


def address(at: str, asked: basket_lists.Asked) -> Callable[..., str]:
    """A function for the template: the address of the list with one thing of it changed."""

    def changed(sort: str = "", page: int = 1) -> str:
        """Sorted by `sort`, the other way round where it is so already; without it another page of the same."""
        way = asked.down if not sort else not asked.down if sort == asked.sort else sort in basket_lists.DOWN_FIRST
        fields = {"q": asked.q, "sort": sort or asked.sort, "order": "down" if way else "up", "page": page}
        return f"{at}?{urlencode({name: text for name, text in fields.items() if text not in ('', 1)})}"

    return changed


def shown_address(at: str, show: str, q: str) -> Callable[[int], str]:
    """A function for the template: a page of what `?show=` asks for, of those whose names hold `q`."""

    def page(number: int) -> str:
        fields = {"show": show, "q": q, "page": number if number > 1 else ""}
        return f"{at}?{urlencode({name: text for name, text in fields.items() if text})}"

    return page
