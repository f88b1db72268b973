"""The desk's queue of applications: reading, asking, declining, approving (JOIN-4, JOIN-5)."""

from collections.abc import Mapping, Sequence
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


async def shown(
    request: Asked,
    application_id: int,
    form: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Answer:
    """The page of an application; `form` ("ask" or "decline") is the one that is shown as it was filled in."""
    whole = await queue.whole(application_id, request.user)
    told = {
        "whole": whole,
        "parts": parts_of(whole.answers),
        "wrong": form,
        "typed": Said(typed or {}),
        "errors": Said(errors or {}),
        "notices": [{"kind": "good", "text": text} for name, text in TOLD.items() if name in request.query_params],
    }
    return page(request, "templates/desk/applications/show.html", status, **told)


async def terms_page(
    request: Asked,
    application_id: int,
    typed: Mapping[str, str],
    lists: Sequence[str] = (),
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Answer:
    """The form of the terms that an application is approved with."""
    whole = await queue.whole(application_id, request.user)
    told = {
        "whole": whole,
        "parts": parts_of(whole.answers),
        "credit_wanted": words_of(FIELDS["credit"], whole.answers),
        "delivered_to": ", ".join(lines_of("trading", whole.answers)),
        "offered": await terms.choices(),
        "lists": lists,
        "typed": Said(typed),
        "errors": Said(errors or {}),
    }
    return page(request, "templates/desk/applications/approval.html", status, **told)


def message_of(form: Form) -> str:
    """What is said to the applicant; raises Invalid for what cannot be kept."""
    text = form.text("text", queue.LONGEST_MESSAGE)
    form.check()
    return text


class Applications(Controller):
    path = HOME
    guards = [staff(Role.SALES)]

    @get("/", name="desk:applications:index")
    async def index(self, request: Asked) -> Answer:
        q, number = line_asked(request, "q", 200), page_asked(request)
        state = line_asked(request, "state", 20)
        found = await queue.listed(state, q, number, request.user)
        told = {"q": q, "state": state if state in STATES else "", "number": number, "size": queue.PAGE_SIZE}
        query = urlencode({"state": told["state"], "q": q})
        return page(request, "templates/desk/applications/index.html", found=found, states=STATES, query=query, **told)

    @get("/{application_id:int}", name="desk:applications:show")
    async def show(self, request: Asked, application_id: FromPath[int]) -> Answer:
        return await shown(request, application_id)

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
            await queue.ask(application_id, version_of(form), message_of(form), request.user)
        except Invalid as wrong:
            return await shown(request, application_id, "ask", form.typed(), wrong.errors, 422)
        the_post.wake()
        return see(f"{HOME}/{application_id}?asked=1")

    @post("/{application_id:int}/refusal", name="desk:applications:decline")
    async def decline(self, request: Asked, application_id: FromPath[int]) -> Answer:
        form = form_of(request)
        try:
            await queue.decline(application_id, version_of(form), message_of(form), request.user)
        except Invalid as wrong:
            return await shown(request, application_id, "decline", form.typed(), wrong.errors, 422)
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
        return await terms_page(request, application_id, preset)

    @post("/{application_id:int}/approval", name="desk:applications:approve")
    async def approve(self, request: Asked, application_id: FromPath[int]) -> Answer:
        form, lists = form_of(request), form_of(request).all("price_lists")
        await approval.undecided(application_id, request.user)
        prepared = await temporary_passwords.prepare()
        try:
            await approval.approve(application_id, version_of(form), form.typed(), lists, prepared, request.user)
        except Invalid as wrong:
            return await terms_page(request, application_id, form.typed(), lists, wrong.errors, 422)
        the_post.wake()
        return see(f"{HOME}/{application_id}?approved=1")
