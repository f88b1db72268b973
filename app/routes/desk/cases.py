"""Cases of who cannot log in: the list, one of them, and closing it (LOGIN-7, DESK-2)."""

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Said
from app.routes.guards import staff
from app.routes.paging import page_asked
from app.rules import cases
from app.rules.refusals import Invalid, Stale


class Cases(Controller):
    path = "/desk/cases"
    guards = [staff(*cases.ROLES)]

    @get("/", name="desk:cases:index")
    async def index(self, request: Asked) -> Answer:
        asked = request.query_params
        state = "closed" if asked.get("state") == "closed" else "open"
        number = page_asked(request)
        found = await cases.listed(state, number, request.user)
        notices = [{"kind": "good", "text": "Closed."}] if "closed" in asked else []
        shown = {"found": found, "state": state, "number": number, "size": cases.PAGE_SIZE}
        return page(request, "templates/desk/cases/index.html", notices=notices, **shown)

    @get("/{case_id:int}", name="desk:cases:show")
    async def show(self, request: Asked, case_id: FromPath[int]) -> Answer:
        return await shown(request, case_id)

    @post("/{case_id:int}", name="desk:cases:update")
    async def close(self, request: Asked, case_id: FromPath[int]) -> Answer:
        form = form_of(request)
        outcome = form.text("outcome", cases.OUTCOME_LENGTH)
        try:
            form.check()
            await cases.close(case_id, outcome, request.user)
        except Invalid as wrong:
            return await shown(request, case_id, 422, Said(wrong.errors), form.typed())
        except Stale as stale:
            return await shown(request, case_id, 409, Said({"": stale.reason}), form.typed())
        return see("/desk/cases?closed=1")


async def shown(
    request: Asked, case_id: int, status: int = 200, errors: Said | None = None, typed: Said | None = None
) -> Answer:
    """A case; what was typed stays with what is wrong."""
    told = {"case": await cases.find(case_id, request.user), "errors": errors or Said(), "typed": typed or Said()}
    return page(request, "templates/desk/cases/show.html", status, **told)
