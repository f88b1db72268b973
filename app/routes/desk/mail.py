"""The desk's mail: what was written, what became of it, and sending a failed one again."""

from urllib.parse import urlencode

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from app import post as the_post
from app.answers import HTML, Answer, Asked, page, see
from app.routes.guards import staff
from app.rules import desk_mail

ALONE = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
AGAIN = {"kind": "good", "text": "This mail is due again and goes out within seconds."}
MOST_PAGES = 1_000_000


def number_of(text: str) -> int:
    """A page's number from the address; 1 for anything else."""
    return min(int(text), MOST_PAGES) or 1 if text.isascii() and text.isdigit() and len(text) < 10 else 1


class Mail(Controller):
    path = "/desk/mail"
    guards = [staff()]

    @get("/", name="desk:mail:index")
    async def index(self, request: Asked) -> Answer:
        asked = request.query_params
        state, q, number = asked.get("state", ""), asked.get("q", ""), number_of(asked.get("page", ""))
        found = await desk_mail.listed(state, q, number, request.user)
        told = {"found": found, "late": await desk_mail.late(request.user), "states": desk_mail.states()}
        shown = {"state": state, "q": q, "number": number, "query": urlencode({"state": state, "q": q})}
        return page(request, "templates/desk/mail/index.html", **told, **shown)

    @get("/{notice_id:int}", name="desk:mail:show")
    async def show(self, request: Asked, notice_id: FromPath[int]) -> Answer:
        mail = await desk_mail.find(notice_id, request.user)
        said = [AGAIN] if "again" in request.query_params else []
        return page(request, "templates/desk/mail/show.html", mail=mail, notices=said)

    @get("/{notice_id:int}/html", name="desk:mail:html")
    async def html(self, request: Asked, notice_id: FromPath[int]) -> Answer:
        """The HTML part as a mail program shows it: nothing in it runs, loads or leads a form anywhere."""
        mail = await desk_mail.find(notice_id, request.user)
        headers = {"Content-Security-Policy": ALONE, "Cache-Control": "no-store, private"}
        return Response(mail["html"].encode(), media_type=HTML, headers=headers)

    @post("/{notice_id:int}/delivery", name="desk:mail:delivery")
    async def create(self, request: Asked, notice_id: FromPath[int]) -> Answer:
        await desk_mail.send_again(notice_id, request.user)
        the_post.wake()
        return see(f"/desk/mail/{notice_id}?again=1")
