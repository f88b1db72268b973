"""The audit trail of all companies and of the desk, for the desk's administrators (USER-7)."""

from typing import Any

from litestar import Response, get

from app.answers import Asked
from app.routes.audit import answered
from app.routes.guards import staff
from app.rules.privileges import Role


@get("/desk/audit", name="desk:audit:index", guards=[staff(Role.ADMINISTRATOR)])
async def index(request: Asked) -> Response[Any]:
    return await answered(request, "/desk/audit")
