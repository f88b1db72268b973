"""Forms of the desk that waited for the log-in, each on its own page again (LOGIN-9)."""

from collections.abc import Callable

from app.answers import Answer, Asked
from app.forms import Form, Said
from app.routes.desk import applications as desk_pages
from app.routes.desk import cases as case_pages
from app.routes.desk import company_pages
from app.routes.desk import staff as staff_pages
from app.routes.just_placed import in_place
from app.routes.known_forms import ID, WAITED, Known
from app.rules import application_queue, cases, companies
from app.rules.privileges import Role
from app.rules.refusals import Refused
from app.rules.viewers import Viewer


async def question(request: Asked, form: Form, application_id: int) -> Answer:
    told = ("ask", form.typed(), {"text": WAITED})
    return in_place(await desk_pages.shown(request, application_id, *told), f"{desk_pages.HOME}/{application_id}")


async def decline(request: Asked, form: Form, application_id: int) -> Answer:
    told = ("decline", form.typed(), {"text": WAITED})
    return in_place(await desk_pages.shown(request, application_id, *told), f"{desk_pages.HOME}/{application_id}")


async def approval(request: Asked, form: Form, application_id: int) -> Answer:
    told = (form.typed(), form.all("price_lists"), {"": WAITED})
    answer = await desk_pages.terms_page(request, application_id, *told)
    return in_place(answer, f"{desk_pages.HOME}/{application_id}/approval")


async def company(request: Asked, form: Form, company_id: int) -> Answer:
    answer = await company_pages.edit_page(request, company_id, 200, Said({"": WAITED}), form.typed())
    return in_place(answer, f"/desk/companies/{company_id}/edit")


async def staff(request: Asked, form: Form) -> Answer:
    answer = staff_pages.added_page(request, form.typed(), form.all("roles"), Said({"": WAITED}), status=200)
    return in_place(answer, "/desk/staff/new")


async def outcome(request: Asked, form: Form, case_id: int) -> Answer:
    answer = await case_pages.shown(request, case_id, 200, Said({"": WAITED}), form.typed())
    return in_place(answer, f"/desk/cases/{case_id}")


def works_as(*roles: Role) -> Callable[[Viewer], None]:
    """Asks for one of the roles; raises Refused."""

    def ask(viewer: Viewer) -> None:
        if not viewer.has_role(*roles):
            raise Refused("The desk is for the distributor's staff.")

    return ask


KNOWN = (
    Known(f"{desk_pages.HOME}/{ID}/question", application_queue.only_sales, question),
    Known(f"{desk_pages.HOME}/{ID}/refusal", application_queue.only_sales, decline),
    Known(f"{desk_pages.HOME}/{ID}/approval", application_queue.only_sales, approval),
    Known(f"/desk/companies/{ID}", works_as(*companies.EDITORS), company),
    Known(f"/desk/cases/{ID}", works_as(*cases.ROLES), outcome),
    Known("/desk/staff", works_as(Role.ADMINISTRATOR), staff),
)
