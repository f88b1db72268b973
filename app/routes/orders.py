"""My Orders and Order Details (ORDER-5, ORDER-6)."""

from urllib.parse import urlencode

from litestar import Controller, get
from litestar.params import FromPath

from app.answers import Answer, Asked, page, see
from app.formats import day
from app.forms import Said
from app.routes.guards import needs
from app.routes.just_placed import is_just_placed, said
from app.routes.paging import day_of, line_asked, page_asked
from app.rules import order_lists, order_states, orders
from app.rules.order_lists import PAGE_SIZE, Filter
from app.rules.privileges import Privilege


class Orders(Controller):
    path = "/orders"
    guards = [needs(Privilege.SEE_OWN_ORDERS, "see orders")]

    @get("/", name="orders:index")
    async def index(self, request: Asked) -> Answer:
        typed = {name: line_asked(request, name, 80) for name in ("q", "state", "from", "to")}
        if number := await order_lists.only_hit(typed["q"], request.user):
            return see(f"/orders/{number}")
        return await listed(request, typed)

    @get("/{number:str}", name="orders:show")
    async def show(self, request: Asked, number: FromPath[str]) -> Answer:
        shown = await orders.find(number, request.user)
        found = shown.order["number"]
        fresh = is_just_placed(request, found)
        answer = page(request, "templates/orders/show.html", shown=shown, fresh=fresh, kinds=order_states.KINDS)
        return said(answer, found) if fresh else answer


async def listed(request: Asked, typed: dict[str, str]) -> Answer:
    """The list; with a filter that cannot be read 422, and no filter of that kind."""
    errors = Said()
    asked, number = asked_of(typed, errors), page_asked(request)
    shown = {
        "found": await order_lists.listed(asked, number, request.user),
        "asked": asked,
        "typed": Said(typed),
        "errors": errors,
        "number": number,
        "size": PAGE_SIZE,
        "names": order_states.NAMES,
        "kinds": order_states.KINDS,
        "query": urlencode({name: text for name, text in typed.items() if text}),
        "sees_all": request.user.may(Privilege.SEE_ALL_ORDERS),
    }
    return page(request, "templates/orders/index.html", 422 if errors else 200, **shown)


def asked_of(typed: dict[str, str], errors: Said) -> Filter:
    if typed["state"] and typed["state"] not in order_states.NAMES:
        errors["state"] = "Choose one of these."
    state = "" if errors["state"] else typed["state"]
    first, last = day_of(typed["from"], "from", errors), day_of(typed["to"], "to", errors)
    if first and last and first > last:
        errors["to"] = f"This is before {day(first)}. Choose a later day."
        last = None
    return Filter(typed["q"], state, first, last)
