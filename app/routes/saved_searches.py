"""Saved searches: kept from the search's own page; run, renamed and deleted on theirs (PROD-6)."""

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, partial, see, wants_partial
from app.forms import Form, Said
from app.routes.guards import of_company
from app.rules import saved_searches
from app.rules.refusals import Invalid
from app.rules.saved_searches import LOOKS, Kept
from app.rules.search_asked import Asked as Search
from app.rules.search_words import name_for

LIST = "/searches"
TOLD = ("saved", "renamed", "restored", "removed")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0


async def list_page(request: Asked, status: int = 200, **told: Any) -> Answer:
    """The page; `errors` and `typed` are those of the row `wrong_id`."""
    kept = await saved_searches.listed(request.user)
    shown = {"searches": kept, "said": "", "search": None, "wrong_id": 0, "errors": Said(), "typed": Said()}
    return page(request, "templates/searches/index.html", status, **{**shown, **told})


def saving_page(request: Asked, form: Form, errors: Said, status: int = 422) -> Answer:
    """The form that saves a search on a page of its own; raises Invalid for the address of no search."""
    asked = saved_searches.asked_of(form.get("address"), request.user)
    shown = {"asked": asked, "search": Kept("", asked), "errors": errors, "typed": form.typed()}
    return page(request, "templates/searches/new.html", status, **shown)


def _not_saved(request: Asked, wrong: Invalid) -> Answer:
    form = form_of(request)
    try:
        asked = saved_searches.asked_of(form.get("address"), request.user)
    except Invalid:
        raise wrong from None
    if not wants_partial(request):
        return saving_page(request, form, Said(wrong.errors))
    return _saving_piece(request, 422, asked, errors=Said(wrong.errors), search_name=form.typed()["name"], is_open=True)


def _saving_piece(request: Asked, status: int, asked: Search, **told: Any) -> Answer:
    shown: dict[str, Any] = {"asked": asked, "errors": Said(), "is_open": False, "saved": None, "looks": LOOKS}
    return partial(request, "partials/searches/saved.html", status, **{**shown, **told})


async def _not_renamed(request: Asked, search_id: int, wrong: Invalid) -> Answer:
    told: dict[str, Any] = {"wrong_id": search_id, "errors": Said(wrong.errors), "typed": form_of(request).typed()}
    if wants_partial(request):
        kept = await saved_searches.find(search_id, request.user)
        return partial(request, "partials/searches/row_answer.html", 422, search=kept, said="", **told)
    return await list_page(request, 422, **told)


class SavedSearches(Controller):
    path = LIST
    guards = [of_company(saved_searches.DEED)]

    @get("/", name="saved_searches:index")
    async def index(self, request: Asked) -> Answer:
        asked, by = request.query_params, request.user
        said = next((kind for kind in TOLD if kind in asked), "")
        number, search = _number(asked.get(said, "")), None
        if said == "removed":
            search = await saved_searches.removed(number, by)
        elif said:
            search = next((kept for kept in await saved_searches.listed(by) if kept.id == number), None)
        return await list_page(request, said=said if search else "", search=search)

    @post("/", name="saved_searches:create")
    async def create(self, request: Asked) -> Answer:
        form = form_of(request)
        try:
            kept = await saved_searches.save(form.get("name"), form.get("address"), request.user)
        except Invalid as wrong:
            return _not_saved(request, wrong)
        if not wants_partial(request):
            return see(f"{LIST}?saved={kept.id}")
        return _saving_piece(request, 200, kept.asked, saved=kept, search_name=name_for(kept.asked))

    @post("/{search_id:int}", name="saved_searches:update")
    async def update(self, request: Asked, search_id: FromPath[int]) -> Answer:
        try:
            kept = await saved_searches.rename(search_id, form_of(request).get("name"), request.user)
        except Invalid as wrong:
            return await _not_renamed(request, search_id, wrong)
        if not wants_partial(request):
            return see(f"{LIST}?renamed={kept.id}")
        told: dict[str, Any] = {"search": kept, "said": "renamed", "wrong_id": 0, "errors": Said(), "typed": Said()}
        return partial(request, "partials/searches/row_answer.html", **told)

    @post("/{search_id:int}/removal", name="saved_searches:remove")
    async def remove(self, request: Asked, search_id: FromPath[int]) -> Answer:
        kept = await saved_searches.remove(search_id, request.user)
        if not wants_partial(request):
            return see(f"{LIST}?removed={kept.id}")
        return partial(request, "partials/searches/removed.html", search=kept, said="removed")

    @post("/{search_id:int}/restoration", name="saved_searches:restore")
    async def restore(self, request: Asked, search_id: FromPath[int]) -> Answer:
        kept = await saved_searches.restore(search_id, request.user)
        return see(f"{LIST}?restored={kept.id}")
