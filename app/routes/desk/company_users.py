"""The users of a company at the desk: their log-ins, and who administers (USER-6, DESK-3)."""

from collections.abc import Awaitable, Callable

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Said
from app.routes.guards import staff
from app.rules import acting, companies, company_people, second_steps, user_administrators, users
from app.rules.refusals import Invalid, Missing
from app.rules.users import User
from app.rules.viewers import Viewer

DONE = {
    "added": "Added. A temporary password is on its way.",
    "password": "A temporary password is on its way. The old one works no more.",
    "unlocked": "Unlocked: the next try to log in counts.",
    "disabled": "Disabled: every session has ended.",
    "enabled": "Enabled.",
    "reset": "The second step is reset.",
    "appointed": "This is a website administrator now.",
    "demoted": "This is a website administrator no more; the boxes ticked before count again.",
}
NEW = ("name", "email", "phone", "job_title")


async def the_user(request: Asked, company_id: int, user_id: int) -> User:
    """A user of that very company; raises Missing."""
    user = await users.find(request.user, user_id)
    if not user.company_id or user.company_id != company_id:
        raise Missing
    return user


class CompanyUsers(Controller):
    path = "/desk/companies/{company_id:int}"
    guards = [staff(*companies.EDITORS)]

    @get("/administrators/new", name="desk:administrators:new")
    async def new(self, request: Asked, company_id: FromPath[int]) -> Answer:
        return await new_page(request, company_id)

    @post("/administrators", name="desk:administrators:create")
    async def create(self, request: Asked, company_id: FromPath[int]) -> Answer:
        fields = {name: form_of(request).get(name) for name in NEW}
        try:
            made = await company_people.add_administrator(company_id, fields, request.user)
        except Invalid as wrong:
            return await new_page(request, company_id, Said(wrong.errors))
        return see(f"/desk/companies/{company_id}/users/{made}?done=added")

    @get("/users/{user_id:int}", name="desk:users:show")
    async def show(self, request: Asked, company_id: FromPath[int], user_id: FromPath[int]) -> Answer:
        return await shown(request, company_id, user_id)

    @post("/users/{user_id:int}/password", name="desk:users:password")
    async def password(self, request: Asked, company_id: FromPath[int], user_id: FromPath[int]) -> Answer:
        return await done(request, company_id, user_id, users.send_password, "password")

    @post("/users/{user_id:int}/lock/removal", name="desk:users:lock:remove")
    async def unlock(self, request: Asked, company_id: FromPath[int], user_id: FromPath[int]) -> Answer:
        return await done(request, company_id, user_id, users.lift_lock, "unlocked")

    @post("/users/{user_id:int}/suspension", name="desk:users:suspension")
    async def disable(self, request: Asked, company_id: FromPath[int], user_id: FromPath[int]) -> Answer:
        return await done(request, company_id, user_id, users.disable, "disabled")

    @post("/users/{user_id:int}/suspension/removal", name="desk:users:suspension:remove")
    async def enable(self, request: Asked, company_id: FromPath[int], user_id: FromPath[int]) -> Answer:
        return await done(request, company_id, user_id, users.enable, "enabled")

    @post("/users/{user_id:int}/second-step/removal", name="desk:users:second_step:remove")
    async def reset(self, request: Asked, company_id: FromPath[int], user_id: FromPath[int]) -> Answer:
        return await done(request, company_id, user_id, second_steps.reset, "reset")

    @post("/users/{user_id:int}/administrator", name="desk:users:administrator")
    async def appoint(self, request: Asked, company_id: FromPath[int], user_id: FromPath[int]) -> Answer:
        return await done(request, company_id, user_id, users.appoint, "appointed")

    @post("/users/{user_id:int}/administrator/removal", name="desk:users:administrator:remove")
    async def demote(self, request: Asked, company_id: FromPath[int], user_id: FromPath[int]) -> Answer:
        return await done(request, company_id, user_id, users.demote, "demoted")


async def done(
    request: Asked, company_id: int, user_id: int, deed: Callable[[int, Viewer], Awaitable[None]], told: str
) -> Answer:
    """Do it to a user of that company, and say so on their page."""
    user = await the_user(request, company_id, user_id)
    await deed(user.id, request.user)
    return see(f"/desk/companies/{company_id}/users/{user_id}?done={told}")


async def shown(request: Asked, company_id: int, user_id: int) -> Answer:
    user, company = await the_user(request, company_id, user_id), await companies.find(company_id, request.user)
    said = DONE.get(request.query_params.get("done", ""))
    told = {
        "user": user,
        "company": company,
        "has_second_step": await second_steps.has(user.id),
        "why_alone": await user_administrators.why_alone(user),
        "why_not_act": await acting.why_not_as(company_id, user_id, request.user),
        "notices": [{"kind": "good", "text": said}] if said else [],
    }
    return page(request, "templates/desk/companies/user.html", **told)


async def new_page(request: Asked, company_id: int, errors: Said | None = None) -> Answer:
    """The form of a new website administrator; with errors 422."""
    company = await companies.find(company_id, request.user)
    told = {"typed": form_of(request).typed() if errors else Said(), "errors": errors or Said()}
    template = "templates/desk/companies/new_administrator.html"
    return page(request, template, 422 if errors else 200, company=company, **told)
