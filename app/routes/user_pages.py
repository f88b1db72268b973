"""The pages of User Administration, as they are shown after each change (USER-1, USER-2)."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from app.answers import Answer, Asked, page, partial, see, wants_partial
from app.forms import Form, Said
from app.routes.paging import line_asked, page_asked
from app.rules import second_step_requirement, user_lists, user_privileges, users
from app.rules.privileges import GROUPS, QUICK_SELECTION, Privilege
from app.rules.user_accounts import LIMITS
from app.rules.user_lists import PAGE_SIZE, STATES, Filter
from app.rules.user_privileges import Boxes, Ticked
from app.rules.users import User

QUICK = (*QUICK_SELECTION, "Reset")
NEW = {**LIMITS, "email": 254}
VOCABULARY: dict[str, Any] = {"groups": GROUPS, "quick": QUICK, "opens": user_privileges.OPENS}
DELETED = "Deleted. Orders keep the name."


def asked_for(request: Asked) -> Filter:
    """What the list is filtered by; a state or privilege that there is not counts as none."""
    q, state, privilege = (line_asked(request, name, 100) for name in ("q", "state", "privilege"))
    return Filter(q, state if state in STATES else "", privilege if privilege in set(Privilege) else "")


async def index_page(request: Asked) -> Answer:
    asked, number = asked_for(request), page_asked(request)
    shown = {
        "found": await user_lists.listed(asked, number, request.user),
        "asked": asked,
        "number": number,
        "size": PAGE_SIZE,
        "states": STATES,
        "query": urlencode({"q": asked.q, "state": asked.state, "privilege": asked.privilege}),
        "requirement": await second_step_requirement.of(request.user),
        **VOCABULARY,
    }
    notices = [{"kind": "good", "text": DELETED}] if "deleted" in request.query_params else []
    return page(request, "templates/users/index.html", notices=notices, **shown)


def new_page(
    request: Asked,
    typed: Mapping[str, str],
    boxes: Boxes,
    errors: Said | None = None,
    status: int = 0,
    told: Sequence[str] = (),
) -> Answer:
    """The form of a new user; with errors 422 unless a status is given."""
    why_not = users.why_not_add(request.user)
    shown: dict[str, Any] = {"typed": Said(typed), "errors": errors or Said(), "boxes": boxes, "why_not": why_not}
    shown["notices"] = [{"kind": "quiet", "text": text} for text in told]
    return page(request, "templates/users/new.html", status or (422 if errors else 200), **shown, **VOCABULARY)


def user_page(
    request: Asked, user: User, typed: Mapping[str, str] | None = None, errors: Said | None = None, status: int = 0
) -> Answer:
    """One user; `typed` stands in the details instead of what is kept."""
    kept = {name: getattr(user, name) for name in LIMITS} | {"version": user.version}
    shown = {"typed": Said(typed or kept), "errors": errors or Said(), **of(request, user)}
    notices = [{"kind": "good", "text": text} for word, text in words_of(user).items() if word in request.query_params]
    notices += [{"kind": "quiet", "text": text} for text in user_privileges.told(moved_of(request), user.boxes)]
    return page(request, "templates/users/show.html", status or (422 if errors else 200), notices=notices, **shown)


def of(request: Asked, user: User) -> dict[str, Any]:
    """What the pieces of a user's page speak of."""
    why_not = users.why_not(user, request.user)
    return {
        "user": user,
        "boxes": user.privileges,
        "why_not": why_not,
        "why_no_password": why_not or users.why_no_password(user, request.user),
        **VOCABULARY,
    }


def words_of(user: User) -> dict[str, str]:
    """What has just been done, by the word that the address says it with."""
    name, email = user.name, user.email
    return {
        "added": f"{name} is added. The first password is on its way to {email}.",
        "changed": "Saved.",
        "ticked": "Saved. It holds from their next click.",
        "disabled": f"{name} is disabled: logged out everywhere, and cannot log in.",
        "enabled": f"{name} can log in again.",
        "unlocked": f"{name} can try to log in again at once.",
        "sent": f"A temporary password is on its way to {email}. It works once; the one before works no more.",
    }


def moved_of(request: Asked) -> Ticked:
    """What went along with a tick, out of the address that a plain form was led to."""
    came, went = (user_privileges.some(line_asked(request, name, 400).split()) for name in ("with", "without"))
    return Ticked(came, went)


def pressed(form: Form, shown: Boxes | None, sent: Boxes) -> tuple[Boxes | None, Boxes]:
    """What a form showed and was sent with, once a button of "Quick Selection" has been counted in."""
    quick = form.get("quick")
    if quick not in QUICK:
        return shown, sent
    return (frozenset(Privilege) if quick == "Reset" else shown), user_privileges.selected(sent, quick)


async def ticked(request: Asked, user_id: int, moved: Ticked) -> Answer:
    """The boxes as they are now; plainly by an address that says what came and went."""
    if wants_partial(request):
        user = await users.find(request.user, user_id)
        told = user_privileges.told(moved, user.boxes)
        return partial(request, "partials/users/ticked.html", told=told, **of(request, user))
    came, went = (" ".join(user_privileges.in_order(boxes)) for boxes in moved)
    return see(f"/account/users/{user_id}?{urlencode({'ticked': 1, 'with': came, 'without': went})}")


async def done(request: Asked, user_id: int, word: str) -> Answer:
    """The user's log-in as it is now; plainly by an address that says what was done."""
    if wants_partial(request):
        user = await users.find(request.user, user_id)
        said = words_of(user)[word]
        return partial(request, "partials/users/access_changed.html", said=said, **of(request, user))
    return see(f"/account/users/{user_id}?{word}=1")
