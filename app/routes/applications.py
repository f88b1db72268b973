"""Become a Reseller: the public form in steps, each with an address of its own (JOIN-1, JOIN-2)."""

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, see
from app.routes.application_pages import HOME, draft_cookie, filled, key_of, private
from app.routes.guards import open_to_all
from app.rules import application_documents as documents
from app.rules import application_drafts as drafts
from app.rules import applications
from app.rules.application_answers import errors_of, neighbour, step_of
from app.rules.application_fields import NAMES, Step
from app.rules.refusals import Invalid, Missing
from app.rules.settings import settings

AGAIN = {"kind": "good", "text": "The mail is on its way once more."}


def asked_step(name: str) -> Step:
    """Raises Missing."""
    if name not in NAMES:
        raise Missing
    return step_of(name)


async def shown(request: Asked, step: Step) -> Answer:
    """The page of a step; what was sent already leads to what is left to do."""
    draft = await drafts.find(key_of(request))
    return see(f"{HOME}/sent") if draft.is_sent else await filled(request, step, draft)


class BecomeAReseller(Controller):
    path = HOME
    guards = [open_to_all]

    @get("/", name="applications:index")
    async def index(self, request: Asked) -> Answer:
        draft = await drafts.find(key_of(request))
        return private(page(request, "templates/applications/index.html", draft=draft))

    @get("/terms", name="applications:terms")
    async def terms(self, request: Asked) -> Answer:
        return page(request, "templates/applications/terms.html")

    @get("/{name:str}", name="applications:edit")
    async def edit(self, request: Asked, name: FromPath[str]) -> Answer:
        return await shown(request, asked_step(name))

    @get("/documents", name="applications:documents")
    async def documents(self, request: Asked) -> Answer:
        return await shown(request, step_of("documents"))

    @get("/check", name="applications:check")
    async def check(self, request: Asked) -> Answer:
        return await shown(request, step_of("check"))

    @post("/{name:str}", name="applications:update")
    async def update(self, request: Asked, name: FromPath[str]) -> Answer:
        step, form = asked_step(name), form_of(request)
        key = await drafts.keep(key_of(request), step, form.typed(), request.user)
        is_back = form.get("go") == "back"
        if not is_back and (errors := errors_of(step, form.typed())):
            return await filled(request, step, await drafts.find(key), errors, key=key)
        return see(f"{HOME}/{neighbour(name, -1 if is_back else 1)}".rstrip("/"), draft_cookie(key))

    @post("/documents", name="applications:documents:create")
    async def add_documents(self, request: Asked) -> Answer:
        key, files = key_of(request), form_of(request).files
        try:
            found = await documents.opened(files, request.user)
            key = await drafts.keep(key, step_of("documents"), {}, request.user)
            await documents.add((await drafts.begun(key)).id, found, settings.application_documents)
        except Invalid as wrong:
            return await filled(request, step_of("documents"), await drafts.find(key), wrong.errors, key=key)
        return see(f"{HOME}/documents?added={len(found)}", draft_cookie(key))

    @post("/documents/{document_id:int}/removal", name="applications:documents:remove")
    async def remove_document(self, request: Asked, document_id: FromPath[int]) -> Answer:
        draft = await drafts.begun(key_of(request))
        await documents.remove(draft.id, document_id)
        return see(f"{HOME}/documents?removed={document_id}")

    @post("/check", name="applications:create")
    async def create(self, request: Asked) -> Answer:
        form, draft = form_of(request), await drafts.begun(key_of(request))
        try:
            await applications.submit(draft, form.typed())
        except Invalid as wrong:
            return await filled(request, step_of("check"), draft, wrong.errors, form.typed())
        return see(f"{HOME}/sent")

    @get("/sent", name="applications:sent")
    async def sent(self, request: Asked) -> Answer:
        draft = await drafts.find(key_of(request))
        if not draft.is_sent:
            return see(HOME)
        again = (
            [{"kind": "good", "text": "The mail is on its way once more."}] if "again" in request.query_params else []
        )
        return private(page(request, "templates/applications/sent.html", draft=draft, notices=again))

    @post("/sent/mail", name="applications:mail")
    async def send_again(self, request: Asked) -> Answer:
        draft = await drafts.find(key_of(request))
        await applications.ask_to_confirm(draft.id)
        return see(f"{HOME}/sent?again=1")

    @post("/sent/removal", name="applications:reopen")
    async def reopen(self, request: Asked) -> Answer:
        await drafts.reopen(key_of(request))
        return see(f"{HOME}/trade")
