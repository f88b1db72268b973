"""The page behind the link with which staff set a password (DESK-7)."""

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Said
from app.routes.guards import open_to_all
from app.rules import password_policy, staff_links
from app.rules.refusals import Invalid


async def shown(request: Asked, token: str, errors: Said | None = None) -> Answer:
    """The form; with errors 422. Raises LinkGone."""
    _, person = await staff_links.whose(token)
    needed = await password_policy.requirements_for(person["id"])
    told = {"person": person, "token": token, "requirements": needed, "errors": errors or Said()}
    return page(request, "templates/staff_links/edit.html", 422 if errors else 200, **told)


class StaffLinks(Controller):
    path = "/staff/{token:str}"
    guards = [open_to_all]

    @get("/", name="staff_links:edit")
    async def edit(self, request: Asked, token: FromPath[str]) -> Answer:
        return await shown(request, token)

    @post("/", name="staff_links:update")
    async def update(self, request: Asked, token: FromPath[str]) -> Answer:
        form = form_of(request)
        try:
            await staff_links.set_password(token, form.get("new_password"), form.get("repeated"), request.user)
        except Invalid as wrong:
            return await shown(request, token, Said(wrong.errors))
        return see("/login?reset=1")
