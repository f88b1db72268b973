"""What a user may do, and whether and how they get in: each change in place or plainly (USER-2 to USER-5)."""

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, page, see
from app.routes.guards import administrators, own_hands
from app.routes.user_pages import done, ticked
from app.routes.users import boxes_of
from app.rules import user_removal, users
from app.rules.refusals import Refused
from app.rules.settings import settings


class UserAccess(Controller):
    path = "/account/users/{user_id:int}"
    guards = [administrators(users.DEED)]

    @post("/privileges", name="users:privileges")
    async def tick(self, request: Asked, user_id: FromPath[int]) -> Answer:
        shown, sent = await boxes_of(form_of(request), request.user)
        return await ticked(request, user_id, await users.tick(user_id, shown, sent, request.user))

    @post("/suspension", name="users:disable")
    async def disable(self, request: Asked, user_id: FromPath[int]) -> Answer:
        await users.disable(user_id, request.user)
        return await done(request, user_id, "disabled")

    @post("/suspension/removal", name="users:enable")
    async def enable(self, request: Asked, user_id: FromPath[int]) -> Answer:
        await users.enable(user_id, request.user)
        return await done(request, user_id, "enabled")

    @post("/lock/removal", name="users:unlock")
    async def unlock(self, request: Asked, user_id: FromPath[int]) -> Answer:
        await users.lift_lock(user_id, request.user)
        return await done(request, user_id, "unlocked")

    @post("/password", name="users:password", guards=[own_hands("reset passwords")])
    async def send_password(self, request: Asked, user_id: FromPath[int]) -> Answer:
        await users.send_password(user_id, request.user)
        return await done(request, user_id, "sent")

    @get("/removal", name="users:ask")
    async def ask(self, request: Asked, user_id: FromPath[int]) -> Answer:
        user = await users.find(request.user, user_id)
        if reason := users.why_not(user, request.user):
            raise Refused(reason)
        kept, lost = await user_removal.kept_and_lost(user)
        most = settings.max_active_baskets
        return page(request, "templates/users/removal.html", user=user, kept=kept, lost=lost, most=most)

    @post("/removal", name="users:remove")
    async def remove(self, request: Asked, user_id: FromPath[int]) -> Answer:
        await user_removal.remove(user_id, request.user)
        return see("/account/users?deleted=1")
