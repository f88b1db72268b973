"""Seeing the portal as a customer, and ending that (DESK-6)."""

from litestar import post
from litestar.params import FromPath

from app.answers import Answer, Asked, see
from app.routes.guards import signed_in, staff
from app.rules import acting
from app.visits import SESSION_COOKIE, cookie


@post(
    "/desk/companies/{company_id:int}/users/{user_id:int}/acting",
    name="acting:create",
    guards=[staff(*acting.ROLES)],
)
async def create(request: Asked, company_id: FromPath[int], user_id: FromPath[int]) -> Answer:
    token = await acting.begin(company_id, user_id, request.user)
    return see("/", cookie(SESSION_COOKIE, token))


@post("/acting/removal", name="acting:remove", guards=[signed_in])
async def remove(request: Asked) -> Answer:
    """Who is staff again already, since the hour is over, is led to the desk as well."""
    if request.user.is_staff:
        return see("/desk")
    token = await acting.end(request.user)
    company, user = request.user.company_id, request.user.id
    return see(f"/desk/companies/{company}/users/{user}", cookie(SESSION_COOKIE, token))
