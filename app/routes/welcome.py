"""The first steps: every other page leads here until they are done (LOGIN-3)."""

from litestar import Controller, get, post

from app.answers import Answer, Asked, form_of, page, see
from app.forms import Said
from app.routes.guards import own_hands
from app.rules import challenges, first_steps, password_policy
from app.rules.refusals import Invalid


async def steps_page(request: Asked, errors: Said | None = None, typed: Said | None = None) -> Answer:
    """The step that is owed now; with errors 422."""
    viewer = request.user
    shown = {
        "now": viewer.remaining[0],
        "steps": first_steps.steps(viewer),
        "requirements": await password_policy.requirements_for(viewer.id),
        "questions": challenges.QUESTIONS,
    }
    status = 422 if errors else 200
    return page(request, "templates/welcome/show.html", status, errors=errors or Said(), typed=typed or Said(), **shown)


class Welcome(Controller):
    path = "/welcome"
    guards = [own_hands("take the first steps")]

    @get("/", name="welcome:show")
    async def show(self, request: Asked) -> Answer:
        if not {"password", "challenge"} & set(request.user.remaining[:1]):
            return see(first_steps.place_after("", request.user))
        return await steps_page(request)

    @post("/password", name="welcome:password")
    async def password(self, request: Asked) -> Answer:
        form = form_of(request)
        try:
            await first_steps.set_password(form.get("new_password"), form.get("repeated"), request.user)
        except Invalid as wrong:
            return await steps_page(request, Said(wrong.errors))
        return see(await first_steps.go_on("password", request.user))

    @post("/challenge", name="welcome:challenge")
    async def challenge(self, request: Asked) -> Answer:
        form = form_of(request)
        typed = (form.get("question"), form.get("own_question"), form.get("answer"))
        try:
            await first_steps.set_challenge(*typed, request.user)
        except Invalid as wrong:
            return await steps_page(request, Said(wrong.errors), form.typed())
        return see(await first_steps.go_on("challenge", request.user))
