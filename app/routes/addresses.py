"""The address book of the company."""

from collections.abc import Mapping
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Form, Said
from app.routes.guards import needs
from app.routes.paging import line_asked, page_asked
from app.rules import addresses
from app.rules.addresses import LIMITS, PAGE_SIZE
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid

CHANGES = [needs(Privilege.DELIVER_ANYWHERE, addresses.DEED)]
EMPTY = {"country": "NZ"}
TOLD = {"added": "Added to the address book.", "changed": "Saved.", "removed": "Removed from the address book."}


def typed_in(form: Form) -> dict[str, str]:
    """What stands in the fields of an address; raises Invalid for what cannot be kept."""
    given = {name: form.text(name, limit) for name, limit in LIMITS.items()}
    form.check()
    return {**given, "is_default": form.get("is_default")}


def filled(
    request: Asked, typed: Mapping[str, Any], errors: Said | None = None, address_id: int = 0, status: int = 0
) -> Answer:
    """The form of an address; with errors 422 unless a status is given."""
    shown = {"typed": Said(typed), "errors": errors or Said(), "address_id": address_id}
    return page(request, "templates/addresses/edit.html", status or (422 if errors else 200), **shown)


class Addresses(Controller):
    path = "/account/addresses"
    guards = [needs(Privilege.PLACE_ORDERS, "use the address book")]

    @get("/", name="addresses:index")
    async def index(self, request: Asked) -> Answer:
        asked = request.query_params
        wanted, number = line_asked(request, "q", 100), page_asked(request)
        found = await addresses.listed(wanted, number, request.user)
        notices = [{"kind": "good", "text": text} for name, text in TOLD.items() if name in asked]
        shown = {
            "found": found,
            "wanted": wanted,
            "number": number,
            "size": PAGE_SIZE,
            "why_not": addresses.why_not(request.user),
        }
        return page(request, "templates/addresses/index.html", notices=notices, **shown)

    @get("/new", name="addresses:new", guards=CHANGES)
    async def new(self, request: Asked) -> Answer:
        return filled(request, EMPTY)

    @post("/", name="addresses:create", guards=CHANGES)
    async def create(self, request: Asked) -> Answer:
        form = form_of(request)
        try:
            made = await addresses.add(typed_in(form), request.user)
        except Invalid as wrong:
            return filled(request, form.typed(), Said(wrong.errors))
        return see(f"/account/addresses?added={made}")

    @get("/{address_id:int}", name="addresses:edit", guards=CHANGES)
    async def edit(self, request: Asked, address_id: FromPath[int]) -> Answer:
        kept = await addresses.find(address_id, request.user)
        typed = {name: getattr(kept, name) for name in LIMITS} | {"is_default": "1" if kept.is_default else ""}
        return filled(request, typed, address_id=kept.id)

    @post("/{address_id:int}", name="addresses:update", guards=CHANGES)
    async def update(self, request: Asked, address_id: FromPath[int]) -> Answer:
        form = form_of(request)
        try:
            await addresses.change(address_id, typed_in(form), request.user)
        except Invalid as wrong:
            return filled(request, form.typed(), Said(wrong.errors), address_id)
        return see(f"/account/addresses?changed={address_id}")

    @post("/{address_id:int}/removal", name="addresses:remove", guards=CHANGES)
    async def remove(self, request: Asked, address_id: FromPath[int]) -> Answer:
        await addresses.remove(address_id, request.user)
        return see(f"/account/addresses?removed={address_id}")
