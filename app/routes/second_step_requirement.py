"""Whether a company requires a second step of its users: set in place in User Administration (LOGIN-10)."""

from litestar import post

from app.answers import Answer, Asked, form_of, partial, see, wants_partial
from app.routes.guards import administrators, own_hands
from app.rules import second_step_requirement
from app.rules.second_step_requirement import DEED


@post(
    "/account/users/second-step", name="second_step_requirement:update", guards=[administrators(DEED), own_hands(DEED)]
)
async def update(request: Asked) -> Answer:
    required = form_of(request).get("required") == "1"
    requirement = await second_step_requirement.require(required, request.user)
    if wants_partial(request):
        return partial(request, "partials/second_steps/required.html", requirement=requirement)
    return see("/account/users?second_step=1#second-step-required")
