"""Companies at the desk: the list, one of them with all that it buys by, and what the desk changes (DESK-3)."""

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Said
from app.routes.desk.company_pages import asked_ids, edit_page, given_of, shown, ticked
from app.routes.guards import staff
from app.routes.paging import line_asked, page_asked
from app.rules import companies, company_changes, company_people, company_terms
from app.rules.companies import EDITORS, LIMITERS, MOST_ID, READERS
from app.rules.refusals import Invalid, Stale

EDITS = [staff(*EDITORS)]


class Companies(Controller):
    path = "/desk/companies"
    guards = [staff(*READERS)]

    @get("/", name="desk:companies:index")
    async def index(self, request: Asked) -> Answer:
        wanted, number = line_asked(request, "q", 100), page_asked(request)
        found = await companies.listed(wanted, number, request.user)
        told = {"found": found, "wanted": wanted, "number": number, "size": companies.PAGE_SIZE}
        return page(request, "templates/desk/companies/index.html", **told)

    @get("/{company_id:int}", name="desk:companies:show")
    async def show(self, request: Asked, company_id: FromPath[int]) -> Answer:
        return await shown(request, company_id)

    @get("/{company_id:int}/edit", name="desk:companies:edit", guards=EDITS)
    async def edit(self, request: Asked, company_id: FromPath[int]) -> Answer:
        return await edit_page(request, company_id)

    @post("/{company_id:int}", name="desk:companies:update", guards=EDITS)
    async def update(self, request: Asked, company_id: FromPath[int]) -> Answer:
        form = form_of(request)
        try:
            version = form.whole("version", 1, MOST_ID)
            await company_changes.change(company_id, given_of(form), version, request.user)
        except Invalid as wrong:
            return await edit_page(request, company_id, 422, Said(wrong.errors), form.typed())
        except Stale as stale:
            return await edit_page(request, company_id, 409, Said({"": stale.reason}), form.typed())
        return see(f"/desk/companies/{company_id}?done=saved")

    @post("/{company_id:int}/limit", name="desk:companies:limit", guards=[staff(*LIMITERS)])
    async def limit(self, request: Asked, company_id: FromPath[int]) -> Answer:
        form = form_of(request)
        try:
            seen = form.whole("shown", 0, company_changes.MOST_CENTS)
            form.check()
            await company_changes.set_limit(company_id, form.get("credit_limit"), seen, request.user)
        except (Invalid, Stale) as wrong:
            return await shown(request, company_id, "limit", wrong)
        return await ticked(request, company_id, "limit", "saved")

    @post("/{company_id:int}/note", name="desk:companies:note", guards=EDITS)
    async def note(self, request: Asked, company_id: FromPath[int]) -> Answer:
        form = form_of(request)
        text = form.text("note", company_changes.NOTE_LENGTH)
        try:
            version = form.whole("version", 1, MOST_ID)
            form.check()
            await company_changes.set_note(company_id, text, version, request.user)
        except (Invalid, Stale) as wrong:
            return await shown(request, company_id, "note", wrong)
        return await ticked(request, company_id, "note", "saved")

    @post("/{company_id:int}/price-lists", name="desk:companies:price_lists", guards=EDITS)
    async def price_lists(self, request: Asked, company_id: FromPath[int]) -> Answer:
        was, sent = asked_ids(request, "shown"), asked_ids(request, "price_lists")
        await company_terms.tick(company_id, "price_lists", was, sent, request.user)
        return await ticked(request, company_id, "price_lists", "price_lists")

    @post("/{company_id:int}/certifications", name="desk:companies:certifications", guards=EDITS)
    async def certifications(self, request: Asked, company_id: FromPath[int]) -> Answer:
        was, sent = asked_ids(request, "shown"), asked_ids(request, "certifications")
        await company_terms.tick(company_id, "certifications", was, sent, request.user)
        return await ticked(request, company_id, "certifications", "certifications")

    @post("/{company_id:int}/suspension", name="desk:companies:suspension", guards=EDITS)
    async def suspend(self, request: Asked, company_id: FromPath[int]) -> Answer:
        form = form_of(request)
        reason = form.text("reason", company_people.REASON_LENGTH)
        try:
            form.check()
            await company_people.suspend(company_id, reason, request.user)
        except (Invalid, Stale) as wrong:
            return await shown(request, company_id, "suspension", wrong)
        return see(f"/desk/companies/{company_id}?done=suspended")

    @post("/{company_id:int}/suspension/removal", name="desk:companies:suspension:remove", guards=EDITS)
    async def resume(self, request: Asked, company_id: FromPath[int]) -> Answer:
        await company_people.resume(company_id, request.user)
        return see(f"/desk/companies/{company_id}?done=resumed")
