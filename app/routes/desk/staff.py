"""The desk's staff: who works there, their roles and log-ins (DESK-7)."""

from collections.abc import Iterable, Mapping
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, partial, see, wants_partial
from app.forms import Form, Said
from app.routes.guards import staff as staff_only
from app.rules import roles_of_desk, second_steps, staff, staff_links, user_accounts, users
from app.rules.privileges import Role
from app.rules.refusals import Invalid, Stale
from app.rules.staff import Staff

DONE = {
    "added": "Added. A link to set a password is on its way.",
    "saved": "Saved.",
    "roles": "The roles count from the next click on.",
    "disabled": "Disabled: nobody can log in here, and every session has ended.",
    "enabled": "Enabled.",
    "mailed": "A link to set a password is on its way.",
    "unlocked": "Unlocked: the next try to log in counts.",
    "reset": "The second step is reset. The next log-in sets up a new one.",
}


def said(request: Asked) -> list[dict[str, str]]:
    """The notice of what has just been done."""
    done = DONE.get(request.query_params.get("done", ""))
    return [{"kind": "good", "text": done}] if done else []


def fields_of(form: Form, *names: str) -> dict[str, str]:
    return {name: form.get(name) for name in names}


class StaffPages(Controller):
    path = "/desk/staff"
    guards = [staff_only(Role.ADMINISTRATOR)]

    @get("/", name="desk:staff:index")
    async def index(self, request: Asked) -> Answer:
        people = await staff.listed(request.user)
        return page(request, "templates/desk/staff/index.html", people=people, notices=said(request))

    @get("/new", name="desk:staff:new")
    async def new(self, request: Asked) -> Answer:
        return added_page(request, {}, [])

    @post("/", name="desk:staff:create")
    async def create(self, request: Asked) -> Answer:
        form = form_of(request)
        try:
            fields = user_accounts.checked_with_address(fields_of(form, "name", "email", "phone", "job_title"))
            made = await staff_links.invite(fields, roles_of_desk.checked(form.all("roles")), request.user)
        except Invalid as wrong:
            return added_page(request, form.typed(), form.all("roles"), Said(wrong.errors))
        return see(f"/desk/staff/{made}?done=added")

    @get("/{user_id:int}", name="desk:staff:show")
    async def show(self, request: Asked, user_id: FromPath[int]) -> Answer:
        return await shown(request, user_id)

    @post("/{user_id:int}", name="desk:staff:update")
    async def update(self, request: Asked, user_id: FromPath[int]) -> Answer:
        form = form_of(request)
        try:
            version = form.whole("version", 1, staff.MOST_ID)
            await staff.change(user_id, fields_of(form, "name", "phone", "job_title"), version, request.user)
        except Invalid as wrong:
            return await shown(request, user_id, 422, errors=Said(wrong.errors), typed=form.typed())
        except Stale as stale:
            return await shown(request, user_id, 409, errors=Said({"": stale.reason}), typed=form.typed())
        return see(f"/desk/staff/{user_id}?done=saved")

    @post("/{user_id:int}/roles", name="desk:staff:roles")
    async def roles(self, request: Asked, user_id: FromPath[int]) -> Answer:
        ticked = form_of(request).all("roles")
        try:
            person = await staff.set_roles(user_id, roles_of_desk.checked(ticked), request.user)
        except Invalid as wrong:
            return await roles_refused(request, user_id, wrong)
        if wants_partial(request):
            given = boxes_of(person, person.roles, Said())
            return partial(request, "partials/desk/staff/roles_changed.html", said=DONE["roles"], **given)
        return see(f"/desk/staff/{user_id}?done=roles")

    @post("/{user_id:int}/suspension", name="desk:staff:suspension")
    async def disable(self, request: Asked, user_id: FromPath[int]) -> Answer:
        await staff.disable(user_id, request.user)
        return see(f"/desk/staff/{user_id}?done=disabled")

    @post("/{user_id:int}/suspension/removal", name="desk:staff:suspension:remove")
    async def enable(self, request: Asked, user_id: FromPath[int]) -> Answer:
        await staff.enable(user_id, request.user)
        return see(f"/desk/staff/{user_id}?done=enabled")

    @post("/{user_id:int}/link", name="desk:staff:link")
    async def link(self, request: Asked, user_id: FromPath[int]) -> Answer:
        await staff_links.mail(user_id, request.user)
        return see(f"/desk/staff/{user_id}?done=mailed")

    @post("/{user_id:int}/lock/removal", name="desk:staff:lock:remove")
    async def unlock(self, request: Asked, user_id: FromPath[int]) -> Answer:
        person = await staff.find(user_id, request.user)
        await users.lift_lock(person.id, request.user)
        return see(f"/desk/staff/{user_id}?done=unlocked")

    @post("/{user_id:int}/second-step/removal", name="desk:staff:second_step:remove")
    async def reset(self, request: Asked, user_id: FromPath[int]) -> Answer:
        person = await staff.find(user_id, request.user)
        await second_steps.reset(person.id, request.user)
        return see(f"/desk/staff/{user_id}?done=reset")


def added_page(
    request: Asked, typed: Mapping[str, str], ticked: list[str], errors: Said | None = None, status: int = 0
) -> Answer:
    """The form of somebody new; with errors 422 unless a status is given."""
    told = {"typed": Said(typed), "ticked": ticked, "errors": errors or Said(), "opens": roles_of_desk.OPENS}
    return page(request, "templates/desk/staff/new.html", status or (422 if errors else 200), **told)


async def shown(request: Asked, user_id: int, status: int = 200, **told: Any) -> Answer:
    """Somebody's page, with what was typed and is wrong."""
    by = request.user
    person = await staff.find(user_id, by)
    user = await users.find(by, user_id)
    given = {
        "person": person,
        "ticked": told.get("ticked", person.roles),
        "opens": roles_of_desk.OPENS,
        "errors": told.get("errors", Said()),
        "typed": told.get("typed", Said()),
        "is_locked": user.state == "locked",
        "why_not": staff.why_not_change(person, by),
        "why_no_link": staff_links.why_not_mail(person, by),
    }
    return page(request, "templates/desk/staff/show.html", status, **given, notices=said(request))


def boxes_of(person: Staff, ticked: Iterable[str], errors: Said) -> dict[str, Any]:
    """What the boxes of somebody else are drawn from."""
    return {"person": person, "ticked": ticked, "errors": errors, "opens": roles_of_desk.OPENS, "why_not": ""}


async def roles_refused(request: Asked, user_id: int, wrong: Invalid) -> Answer:
    """The boxes as they were ticked, with the reason."""
    errors, ticked = Said(wrong.errors), form_of(request).all("roles")
    if wants_partial(request):
        given = boxes_of(await staff.find(user_id, request.user), ticked, errors)
        return partial(request, "partials/desk/staff/roles.html", 422, **given)
    return await shown(request, user_id, 422, errors=errors, ticked=ticked)
