"""Passwords: what they must be, a forgotten one, and changing one's own (LOGIN-4, LOGIN-6, LOGIN-8)."""

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, partial, see
from app.forms import Said
from app.routes.guards import open_to_all, own_hands
from app.rules import challenges, password_changes, password_policy, resets
from app.rules.email_addresses import why_not
from app.rules.refusals import Invalid, Refused, Stale
from app.rules.resets import Asked as AskedByLink
from app.rules.settings import settings
from app.rules.viewers import Viewer

PROFILE = "/account/profile"


@get("/password-requirements", name="passwords:requirements", guards=[open_to_all])
async def requirements(request: Asked) -> Answer:
    shown: dict[str, Any] = {
        "users": password_policy.requirements(False),
        "privileged": password_policy.requirements(True),
    }
    shown["free_length"] = settings.password_free_length
    return page(request, "templates/passwords/requirements.html", **shown)


@post("/password-requirements/common", name="passwords:common", guards=[open_to_all], status_code=200)
async def common(request: Asked) -> Answer:
    """Whether what is being typed is uncommon, for the list beside the field; nothing is kept or known of anybody."""
    met = password_policy.is_uncommon(form_of(request).get("new_password"))
    return partial(request, "partials/passwords/met.html", met=met)


class Forgotten(Controller):
    path = "/password/forgotten"
    guards = [open_to_all]

    @get("/", name="passwords:forgotten")
    async def new(self, request: Asked) -> Answer:
        return page(request, "templates/passwords/forgotten.html", errors=Said(), typed=Said())

    @post("/", name="passwords:ask")
    async def create(self, request: Asked) -> Answer:
        form = form_of(request)
        if wrong := why_not(form.get("email").strip()):
            shown = {"errors": Said({"email": wrong}), "typed": form.typed()}
            return page(request, "templates/passwords/forgotten.html", 422, **shown)
        await resets.ask(form.get("email"), request.user)
        return see("/password/forgotten/sent")

    @get("/sent", name="passwords:sent")
    async def sent(self, request: Asked) -> Answer:
        return page(request, "templates/passwords/sent.html", minutes=settings.reset_minutes)


def question_page(request: Asked, token: str, asked: AskedByLink, errors: Said | None = None) -> Answer:
    """What the link asks first, or, where it cannot ask anything, who can help; with errors 422."""
    template = "lost" if asked.kind == "lost" else "question"
    shown = {"asked": asked, "token": token, "errors": errors or Said()}
    return page(request, f"templates/passwords/{template}.html", 422 if errors else 200, **shown)


async def new_page(request: Asked, token: str, errors: Said | None = None) -> Answer:
    """The form of the new password behind a link; with errors 422."""
    asked = await resets.opened(token, request.scope["auth"])
    shown = {"requirements": await password_policy.requirements_for(asked.user["id"]), "errors": errors or Said()}
    return page(request, "templates/passwords/new.html", 422 if errors else 200, token=token, **shown)


class Reset(Controller):
    path = "/password/reset/{token:str}"
    guards = [open_to_all]

    @get("/", name="resets:show")
    async def show(self, request: Asked, token: FromPath[str]) -> Answer:
        asked = await resets.find(token)
        if asked.kind == "none":
            return see(f"/password/reset/{token}/password")
        return question_page(request, token, asked)

    @post("/", name="resets:answer")
    async def answer(self, request: Asked, token: FromPath[str]) -> Answer:
        try:
            await resets.answer(token, form_of(request).get("answer"), request.scope["auth"], request.user)
        except Invalid as wrong:
            return question_page(request, token, await resets.find(token), Said(wrong.errors))
        return see(f"/password/reset/{token}/password")

    @get("/password", name="resets:new")
    async def new(self, request: Asked, token: FromPath[str]) -> Answer:
        try:
            return await new_page(request, token)
        except (Refused, Stale):
            await resets.find(token)
            return see(f"/password/reset/{token}")

    @post("/password", name="resets:create")
    async def create(self, request: Asked, token: FromPath[str]) -> Answer:
        form = form_of(request)
        typed = (form.get("new_password"), form.get("repeated"))
        try:
            await resets.set_password(token, request.scope["auth"], *typed, request.user)
        except Invalid as wrong:
            return await new_page(request, token, Said(wrong.errors))
        return see("/login?reset=1")


async def own_password_page(request: Asked, errors: Said | None = None) -> Answer:
    """The form that changes one's own; with errors 422."""
    shown = {"requirements": await password_policy.requirements_for(request.user.id), "errors": errors or Said()}
    return page(request, "templates/passwords/edit.html", 422 if errors else 200, **shown)


class OwnPassword(Controller):
    path = "/account/profile/password"
    guards = [own_hands(password_changes.DEED)]

    @get("/", name="passwords:edit")
    async def edit(self, request: Asked) -> Answer:
        return await own_password_page(request)

    @post("/", name="passwords:update")
    async def update(self, request: Asked) -> Answer:
        form = form_of(request)
        typed = (form.get("current_password"), form.get("new_password"), form.get("repeated"))
        try:
            await password_changes.change(*typed, request.user)
        except Invalid as wrong:
            return await own_password_page(request, Said(wrong.errors))
        return see(f"{PROFILE}?password=1")


def own_challenge(viewer: Viewer) -> None:
    """What the form's own address asks; raises Refused."""
    viewer.own_hands(challenges.DEED)


async def challenge_page(
    request: Asked, errors: Said | None = None, typed: Said | None = None, status: int = 0
) -> Answer:
    """The form of one's challenge question; with errors 422 unless a status is given."""
    shown = {"now": await challenges.question_of(request.user), "questions": challenges.QUESTIONS}
    status = status or (422 if errors else 200)
    template = "templates/passwords/challenge.html"
    return page(request, template, status, errors=errors or Said(), typed=typed or Said(), **shown)


class OwnChallenge(Controller):
    path = "/account/profile/challenge"
    guards = [own_hands(challenges.DEED)]

    @get("/", name="challenges:edit")
    async def edit(self, request: Asked) -> Answer:
        return await challenge_page(request)

    @post("/", name="challenges:update")
    async def update(self, request: Asked) -> Answer:
        form = form_of(request)
        asked = (form.get("question"), form.get("own_question"), form.get("answer"))
        try:
            await challenges.change(form.get("current_password"), *asked, request.user)
        except Invalid as wrong:
            return await challenge_page(request, Said(wrong.errors), form.typed())
        return see(f"{PROFILE}?challenge=1")
