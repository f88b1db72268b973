"""The desk's queue of applications: reading, asking, declining, approving (JOIN-4, JOIN-5)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from app import post as the_post
from app.answers import Answer, Asked, form_of, page, see
from app.files.documents import ENDINGS, MEDIA
from app.forms import Form, Said
from app.routes.application_pages import parts_of, words_of
from app.routes.desk.mail import ALONE
from app.routes.guards import staff
from app.routes.paging import line_asked, page_asked
from app.rules import application_approval as approval
from app.rules import application_queue as queue
from app.rules import application_terms as terms
from app.rules import temporary_passwords
from app.rules.application_answers import lines_of
from app.rules.application_fields import FIELDS
from app.rules.applications import STATES
from app.rules.privileges import Role
from app.rules.refusals import Invalid

HOME = "/desk/applications"
TOLD = {
    "asked": "The question is mailed. The application waits for the answer.",
    "declined": "Declined. The applicant is told why by mail.",
    "approved": "Approved. The company is made, and its administrator gets the first password by mail.",
}
NO_VERSION = -1


def version_of(form: Form) -> int:
    """What the page of the form was drawn from; -1, which is never current, for anything else."""
    text = form.get("version")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NO_VERSION


def _filled(typed: Mapping[str, str] | None, errors: Mapping[str, str] | None) -> dict[str, Any]:
    return {"typed": Said(typed or {}), "errors": Said(errors or {})}


class Applications(Controller):
    path = HOME
    guards = [staff(Role.SALES)]

    @get("/", name="desk:applications:index")
    async def index(self, request: Asked) -> Answer:
        q, number = line_asked(request, "q", 200), page_asked(request)
        state = line_asked(request, "state", 20)
        found = await queue.listed(state, q, number, request.user)
        shown = {"q": q, "state": state if state in STATES else "", "number": number, "size": queue.PAGE_SIZE}
        query = urlencode({"state": shown["state"], "q": q})
        return page(request, "templates/desk/applications/index.html", found=found, states=STATES, query=query, **shown)

    @get("/{application_id:int}", name="desk:applications:show")
    async def show(self, request: Asked, application_id: FromPath[int]) -> Answer:
        return await self._show(request, application_id)

    async def _show(self, request: Asked, application_id: int, wrong: str = "", **told_back: Any) -> Answer:
        whole = await queue.whole(application_id, request.user)
        said = [{"kind": "good", "text": text} for name, text in TOLD.items() if name in request.query_params]
        shown = {"whole": whole, "parts": parts_of(whole.answers), "wrong": wrong, **_filled(None, None), **told_back}
        status = 422 if wrong else 200
        return page(request, "templates/desk/applications/show.html", status, notices=said, **shown)

    @get("/{application_id:int}/documents/{document_id:int}", name="desk:applications:document")
    async def document(
        self, request: Asked, application_id: FromPath[int], document_id: FromPath[int]
    ) -> Response[bytes]:
        """A download under our own name and type, which no browser opens as a page of the portal."""
        found = await queue.document(application_id, document_id, request.user)
        name = f"{found['reference']}-{found['id']}{ENDINGS[found['kind']]}"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": ALONE,
            "Cache-Control": "no-store, private",
        }
        return Response(bytes(found["content"]), media_type=MEDIA[found["kind"]], headers=headers)

    @post("/{application_id:int}/question", name="desk:applications:ask")
    async def ask(self, request: Asked, application_id: FromPath[int]) -> Answer:
        form = form_of(request)
        try:
            text = form.text("text", queue.LONGEST_MESSAGE)
            form.check()
            await queue.ask(application_id, version_of(form), text, request.user)
        except Invalid as wrong:
            return await self._show(request, application_id, "ask", **_filled(form.typed(), wrong.errors))
        the_post.wake()
        return see(f"{HOME}/{application_id}?asked=1")

    @post("/{application_id:int}/refusal", name="desk:applications:decline")
    async def decline(self, request: Asked, application_id: FromPath[int]) -> Answer:
        form = form_of(request)
        try:
            text = form.text("text", queue.LONGEST_MESSAGE)
            form.check()
            await queue.decline(application_id, version_of(form), text, request.user)
        except Invalid as wrong:
            return await self._show(request, application_id, "decline", **_filled(form.typed(), wrong.errors))
        the_post.wake()
        return see(f"{HOME}/{application_id}?declined=1")

    @get("/{application_id:int}/approval", name="desk:applications:approval")
    async def new(self, request: Asked, application_id: FromPath[int]) -> Answer:
        row = await approval.undecided(application_id, request.user)
        preset = {
            "account_number": await terms.next_account_number(),
            "company_name": row["trading_name"] or row["legal_name"],
            "payment_terms_days": "20",
            "credit_limit": "0.00",
            "account_manager": str(request.user.id),
            "version": str(row["version"]),
        }
        return await self._terms(request, application_id, preset, [])

    async def _terms(
        self,
        request: Asked,
        application_id: int,
        typed: Mapping[str, str],
        lists: list[str],
        errors: Mapping[str, str] | None = None,
    ) -> Answer:
        whole = await queue.whole(application_id, request.user)
        offered = await terms.choices()
        shown = {
            "whole": whole,
            "parts": parts_of(whole.answers),
            "credit_wanted": words_of(FIELDS["credit"], whole.answers),
            "delivered_to": ", ".join(lines_of("trading", whole.answers)),
            "offered": offered,
            "lists": lists,
            **_filled(typed, errors),
        }
        return page(request, "templates/desk/applications/approval.html", 422 if errors else 200, **shown)

    @post("/{application_id:int}/approval", name="desk:applications:approve")
    async def approve(self, request: Asked, application_id: FromPath[int]) -> Answer:
        form, lists = form_of(request), form_of(request).all("price_lists")
        await approval.undecided(application_id, request.user)
        prepared = await temporary_passwords.prepare()
        try:
            await approval.approve(application_id, version_of(form), form.typed(), lists, prepared, request.user)
        except Invalid as wrong:
            return await self._terms(request, application_id, form.typed(), lists, wrong.errors)
        the_post.wake()
        return see(f"{HOME}/{application_id}?approved=1")
