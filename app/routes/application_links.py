"""What an applicant reaches by a mailed link: confirming the address, and the state of the application (JOIN-3)."""

from collections.abc import Mapping

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Said
from app.routes.application_pages import HOME, private
from app.routes.guards import open_to_all
from app.rules import application_documents as documents
from app.rules import application_following as following
from app.rules import applications
from app.rules.application_following import Followed
from app.rules.refusals import Invalid
from app.rules.settings import settings

TOLD = {
    "confirmed": "The address is confirmed. Our sales team has your application now.",
    "answered": "Your answer is with our sales team.",
}
LONGEST = 4_000


class Confirmations(Controller):
    path = f"{HOME}/confirmation/{{token:str}}"
    guards = [open_to_all]

    @get("/", name="applications:confirmation:show")
    async def show(self, request: Asked, token: FromPath[str]) -> Answer:
        row = await applications.to_confirm(token)
        return private(page(request, "templates/applications/confirmation.html", application=row, token=token))

    @post("/", name="applications:confirmation:create")
    async def create(self, request: Asked, token: FromPath[str]) -> Answer:
        reference = await applications.confirm(token)
        return see(f"{applications.state_path(reference)}?confirmed=1")


def state_page(
    request: Asked, followed: Followed, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> Answer:
    """With errors 422."""
    shown = {
        "application": followed,
        "typed": Said(typed or {}),
        "errors": Said(errors or {}),
        "address": applications.state_path(followed.reference),
        "notices": [{"kind": "good", "text": text} for name, text in TOLD.items() if name in request.query_params],
        "most_mb": settings.application_document_mb,
    }
    return private(page(request, "templates/applications/state.html", 422 if errors else 200, **shown))


class States(Controller):
    path = f"{HOME}/state/{{reference:str}}/{{token:str}}"
    guards = [open_to_all]

    @get("/", name="applications:state")
    async def show(self, request: Asked, reference: FromPath[str], token: FromPath[str]) -> Answer:
        return state_page(request, await following.follow(reference, token))

    @post("/answers", name="applications:answers:create")
    async def create(self, request: Asked, reference: FromPath[str], token: FromPath[str]) -> Answer:
        form, followed = form_of(request), await following.follow(reference, token)
        try:
            text = form.text("text", LONGEST)
            form.check()
            found = await documents.opened(form.files, request.user) if form.files else []
            await following.answer(followed, text, found)
        except Invalid as wrong:
            return state_page(request, followed, form.typed(), wrong.errors)
        return see(f"{applications.state_path(reference)}?answered=1")
