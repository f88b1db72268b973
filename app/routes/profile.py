""" "My Profile": who somebody is, how they log in, where they are logged in (PROFILE-1, PROFILE-2, LOGIN-8)."""

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, partial, see, wants_partial
from app.forms import Form, Said
from app.routes.guards import own_hands, signed_in
from app.rules import email_changes, own_sessions, profiles, second_steps, time_zones
from app.rules.profiles import LIMITS, Overtaken
from app.rules.refusals import Invalid
from db.sql import Row

PATH = "/account/profile"
TOLD = {
    "password": "Your password is changed. Every other session of yours has ended.",
    "challenge": "Your challenge question is set.",
    "information": "Your account information is saved.",
    "asked": "A link was sent to the new address. The change counts once it is opened and confirmed.",
    "kept": "Your address stays as it is.",
    "ended": "That session has ended.",
    "others": "Every other session has ended.",
}
WELCOME = "You are in. Check what stands here, then go on."
MOST_VERSION = 2**31 - 1


def typed_in(form: Form) -> dict[str, str]:
    """What stands in the fields; raises Invalid for what cannot be kept."""
    given = {name: form.text(name, limit) for name, limit in LIMITS.items()}
    form.check()
    return given


def version_of(form: Form) -> int | None:
    """The version that the form was filled from; None where it names none."""
    text = form.get("version")
    return min(int(text), MOST_VERSION) if text.isascii() and text.isdigit() and len(text) < 12 else None


def notices_of(request: Asked) -> list[dict[str, str]]:
    said = [{"kind": "good", "text": text} for name, text in TOLD.items() if name in request.query_params]
    return [*said, *([{"kind": "quiet", "text": WELCOME}] if request.query_params.get("welcome") else [])]


async def profile_page(request: Asked, status: int = 200, **told: Any) -> Answer:
    """The whole page; `typed`, `errors` are those of the information, `email_typed`, `email_errors` of the address."""
    viewer = request.user
    profile = await profiles.find(viewer)
    shown = {
        "profile": profile,
        "zones": time_zones.offered(profile["time_zone"]),
        "administrators": await profiles.administrators(viewer),
        "manager": await profiles.account_manager(viewer),
        "change": await email_changes.open_change(viewer),
        "sessions": await own_sessions.listed(viewer),
        "second_step": await second_steps.held(viewer),
        "welcome": bool(request.query_params.get("welcome") or form_welcome(request)),
        "next_step": next_step(request),
        "typed": Said({name: str(profile[name]) for name in (*LIMITS, "version")}),
        "errors": Said(),
        "email_typed": Said(),
        "email_errors": Said(),
    }
    return page(request, "templates/profile/show.html", status, **{**shown, "notices": notices_of(request), **told})


def next_step(request: Asked) -> str:
    """Where somebody who has just come in goes on: users to their mail, staff to the desk."""
    return "/desk" if request.user.is_staff else f"{PATH}/notifications?welcome=1"


def form_welcome(request: Asked) -> bool:
    """Whether somebody who has just come in for the first time sends the form (LOGIN-3)."""
    return request.method == "POST" and form_of(request).get("welcome") == "1"


async def not_saved(request: Asked, status: int, errors: Said, typed: Said) -> Answer:
    """The form as it was filled in, with the reason at each field."""
    if not wants_partial(request):
        return await profile_page(request, status, errors=errors, typed=typed)
    shown: dict[str, Any] = {
        "zones": time_zones.offered(str(typed["time_zone"])),
        "welcome": form_welcome(request),
        "errors": errors,
        "typed": typed,
    }
    return partial(request, "partials/profile/information.html", status, **shown)


def overtaken(form: Form, now: Row) -> tuple[Said, Said]:
    """The newer values beside what was typed, which is kept and can be sent again."""
    typed = form.typed()
    errors = Said({"": str(Overtaken(now))})
    for name in LIMITS:
        if typed[name] != now[name]:
            errors[name] = f"This is “{now[name]}” now." if now[name] else "This is empty now."
    return errors, Said({**typed, "version": str(now["version"])})


def saved(request: Asked, profile: Row) -> Answer:
    if form_welcome(request):
        return see(next_step(request))
    if not wants_partial(request):
        return see(f"{PATH}?information=saved")
    typed = Said({name: str(profile[name]) for name in (*LIMITS, "version")})
    zones = time_zones.offered(profile["time_zone"])
    shown: dict[str, Any] = {"zones": zones, "welcome": False, "errors": Said(), "typed": typed}
    return partial(request, "partials/profile/saved.html", profile=profile, text=TOLD["information"], **shown)


class Profile(Controller):
    path = PATH

    @get("/", name="profile:show", guards=[signed_in])
    async def show(self, request: Asked) -> Answer:
        return await profile_page(request)

    @post("/", name="profile:update", guards=[signed_in])
    async def update(self, request: Asked) -> Answer:
        form = form_of(request)
        try:
            profile = await profiles.change(typed_in(form), version_of(form), request.user)
        except Invalid as wrong:
            return await not_saved(request, 422, Said(wrong.errors), form.typed())
        except Overtaken as newer:
            return await not_saved(request, 409, *overtaken(form, newer.now))
        return saved(request, profile)

    @post("/email", name="profile:email", guards=[own_hands(email_changes.DEED)])
    async def ask_email(self, request: Asked) -> Answer:
        form = form_of(request)
        try:
            await email_changes.ask(form.get("email"), form.get("current_password"), request.user)
        except Invalid as wrong:
            return await profile_page(request, 422, email_errors=Said(wrong.errors), email_typed=form.typed())
        return see(f"{PATH}?asked=email#log-in")

    @post("/email/removal", name="profile:email_removal", guards=[own_hands(email_changes.DEED)])
    async def keep_email(self, request: Asked) -> Answer:
        await email_changes.give_up(request.user)
        return see(f"{PATH}?kept=email#log-in")

    @post("/sessions/removal", name="profile:sessions_removal", guards=[own_hands(own_sessions.DEED)])
    async def end_others(self, request: Asked) -> Answer:
        await own_sessions.end_others(request.user)
        return see(f"{PATH}?others=ended#sessions")

    @post("/sessions/{session_id:int}/removal", name="profile:session_removal", guards=[own_hands(own_sessions.DEED)])
    async def end_session(self, request: Asked, session_id: FromPath[int]) -> Answer:
        await own_sessions.end(session_id, request.user)
        return see(f"{PATH}?ended={session_id}#sessions")
