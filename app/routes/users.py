"""User Administration: the users of a company, and a new one (USER-1, USER-2)."""

from litestar import Controller, get, post
from litestar.params import FromPath

from app.answers import Answer, Asked, form_of, partial, see, wants_partial
from app.forms import Form, Said
from app.routes.guards import administrators, own_hands
from app.routes.paging import line_asked
from app.routes.user_pages import NEW, VOCABULARY, index_page, new_page, pressed, user_page
from app.rules import user_privileges, users
from app.rules.refusals import Invalid
from app.rules.user_accounts import LIMITS
from app.rules.user_privileges import Boxes
from app.rules.users import LARGEST_ID, Changed
from app.rules.viewers import Viewer

MEANWHILE = "In the meantime this became “{}”. Save again to keep yours."
EMPTIED = "In the meantime this was emptied. Save again to keep yours."


def details_of(form: Form, limits: dict[str, int]) -> dict[str, str]:
    """What was typed about a person; raises Invalid for what cannot be kept."""
    given = {name: form.text(name, limit) for name, limit in limits.items()}
    form.check()
    return given


async def boxes_of(form: Form, by: Viewer) -> tuple[Boxes | None, Boxes]:
    """What a form showed as ticked (None where it does not say), and what it was sent with. Raises Invalid."""
    sent = await users.known(form.all("privileges"), by)
    shown = user_privileges.some(form.get("shown").split()) if form.all("shown") else None
    return pressed(form, shown, sent)


def overtaken(request: Asked, form: Form, changed: Changed) -> Answer:
    """Both values of each field that two people changed at once; sent again, what was typed counts (409)."""
    now = {name: getattr(changed.now, name) for name in LIMITS}
    differing = {name: value for name, value in now.items() if form.get(name).strip() != value}
    errors = Said({name: MEANWHILE.format(value) if value else EMPTIED for name, value in differing.items()})
    typed = {**form.typed(), "version": str(changed.now.version)}
    return user_page(request, changed.now, typed, errors, 409)


def ticked(request: Asked, typed: Said, shown: Boxes, sent: Boxes) -> Answer:
    """The form of a new user with its boxes as they are left by what was pressed: the boxes alone in place."""
    boxes = user_privileges.changed(shown, shown, sent)
    told = user_privileges.told(user_privileges.besides(shown, sent, boxes), boxes)
    if wants_partial(request):
        return partial(request, "partials/users/boxes_ticked.html", boxes=boxes, told=told, **VOCABULARY)
    return new_page(request, typed, boxes, told=told)


class Users(Controller):
    path = "/account/users"
    guards = [administrators(users.DEED)]

    @get("/", name="users:index")
    async def index(self, request: Asked) -> Answer:
        return await index_page(request)

    @get("/new", name="users:new")
    async def new(self, request: Asked) -> Answer:
        return new_page(request, {"email": line_asked(request, "email", NEW["email"])}, frozenset())

    @post("/new", name="users:tick", status_code=200)
    async def tick(self, request: Asked) -> Answer:
        """The form with the boxes as a tick or a button of "Quick Selection" leaves them; nothing is kept."""
        form = form_of(request)
        shown, sent = await boxes_of(form, request.user)
        return ticked(request, form.typed(), shown or frozenset(), sent)

    @post("/", name="users:create", guards=[own_hands("add users")])
    async def create(self, request: Asked) -> Answer:
        form = form_of(request)
        try:
            _, boxes = await boxes_of(form, request.user)
            made = await users.add(details_of(form, NEW), boxes, request.user)
        except Invalid as wrong:
            known = user_privileges.some(form.all("privileges"))
            return new_page(request, form.typed(), known, Said(wrong.errors))
        return see(f"/account/users/{made}?added=1")

    @get("/{user_id:int}", name="users:show")
    async def show(self, request: Asked, user_id: FromPath[int]) -> Answer:
        return user_page(request, await users.find(request.user, user_id))

    @post("/{user_id:int}", name="users:update")
    async def update(self, request: Asked, user_id: FromPath[int]) -> Answer:
        form = form_of(request)
        try:
            await users.change(user_id, details_of(form, LIMITS), form.whole("version", 0, LARGEST_ID), request.user)
        except Invalid as wrong:
            return user_page(request, await users.find(request.user, user_id), form.typed(), Said(wrong.errors))
        except Changed as changed:
            return overtaken(request, form, changed)
        return see(f"/account/users/{user_id}?changed=1")
