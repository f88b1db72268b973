"""Who sees a basket, and which colleagues may change it: chosen in place or plainly (BASKET-5, BASKET-6)."""

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, partial, see, wants_partial
from app.forms import Said
from app.routes.basket_pages import number
from app.routes.guards import needs
from app.rules import basket_access, basket_approvals
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid

# What a choice has come to mean for colleagues.
MEANS = {
    "private": "Private now: only you see it. Whoever it was shared with no longer does.",
    "public": "Public now: your colleagues read and copy it, and you alone change it.",
    "shared": "Shared now: your colleagues read it; you and those you approve change it.",
}


async def _shown(request: Asked, basket_id: int) -> dict[str, Any]:
    basket, candidates = await basket_approvals.opened(basket_id, request.user)
    return {
        "basket": basket,
        "candidates": candidates,
        "resting": basket_approvals.why_resting(basket),
        "about": basket_access.ABOUT,
        "errors": Said(),
        "said": "",
    }


async def sharing_page(request: Asked, basket_id: int, status: int = 200, **told: Any) -> Answer:
    """Its page, which works without scripts."""
    return page(request, "templates/baskets/sharing.html", status, **{**await _shown(request, basket_id), **told})


async def sharing_piece(request: Asked, basket_id: int, errors: Said | None = None, said: str = "") -> Answer:
    """The choices as they are now, and what has happened."""
    shown = {**await _shown(request, basket_id), "errors": errors or Said(), "said": said}
    return partial(request, "partials/baskets/sharing_changed.html", 422 if errors else 200, **shown)


async def sharing_refused(request: Asked, basket_id: int, wrong: Invalid) -> Answer:
    if wants_partial(request):
        return await sharing_piece(request, basket_id, Said(wrong.errors))
    return await sharing_page(request, basket_id, 422, errors=Said(wrong.errors))


async def _changed(request: Asked, basket_id: int, said: str) -> Answer:
    if wants_partial(request):
        return await sharing_piece(request, basket_id, said=said)
    return see(f"/baskets/{basket_id}/approvals?saved=1")


class BasketApprovals(Controller):
    path = "/baskets/{basket_id:int}/approvals"
    guards = [needs(Privilege.USE_BASKETS, basket_approvals.DEED)]

    @get("/", name="basket_approvals:index")
    async def index(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        if wants_partial(request):
            return partial(request, "partials/baskets/sharing.html", **await _shown(request, basket_id))
        return await sharing_page(request, basket_id, said="Saved." if "saved" in request.query_params else "")

    @post("/", name="basket_approvals:create")
    async def create(self, request: Asked, basket_id: FromPath[int]) -> Answer:
        user = number(form_of(request).get("user"))
        try:
            name = await basket_approvals.add(basket_id, user, request.user)
        except Invalid as wrong:
            return await sharing_refused(request, basket_id, wrong)
        return await _changed(request, basket_id, f"{name} can change it from now on.")

    @post("/{user_id:int}/removal", name="basket_approvals:remove")
    async def remove(self, request: Asked, basket_id: FromPath[int], user_id: FromPath[int]) -> Answer:
        name = await basket_approvals.remove(basket_id, user_id, request.user)
        return await _changed(request, basket_id, f"{name} can change it no more.")
