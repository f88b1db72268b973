"""What others changed of a basket since its page was drawn, for the page that asks every few seconds (BASKET-10)."""

from litestar import get
from litestar.params import FromPath

from app.answers import Answer, Asked, nothing_new, see, wants_partial
from app.routes.basket_copies import around
from app.routes.basket_pages import basket_page, basket_piece, number
from app.routes.guards import needs
from app.rules import basket_lists, basket_revisions
from app.rules.basket_revisions import Revision
from app.rules.baskets import Opened
from app.rules.privileges import Privilege


def ids(text: str) -> frozenset[int]:
    """The lines of rows like `line-12 line-15`."""
    return frozenset(filter(None, (number(name.removeprefix("line-")) for name in text.split()[:1_000])))


async def redrawn(request: Asked, opened: Opened) -> Answer:
    """All of the page, for whoever may do another thing with the basket now than when it was drawn."""
    told = {**await around(request, opened), "others": await basket_lists.offered(request.user)}
    answer = basket_page(request, opened, said={"kind": "other_right"}, **told)
    answer.headers.update({"HX-Retarget": "#content", "HX-Reselect": "#content", "HX-Reswap": "outerHTML show:none"})
    return answer


def told(request: Asked, found: Revision) -> Answer:
    """Rows, sums and words; beside a row that somebody works in only the words."""
    held, again = (ids(request.query_params.get(name, "")) for name in ("held", "again"))
    wanted = {row["id"] for row in found.changed} | again
    lines = [line for line in found.opened.sums.lines if line.id in wanted - held]
    gone = [row for row in found.changed if row["removed_at"] and row["id"] not in held]
    beside = [row for row in found.changed if row["id"] in held]
    return basket_piece(
        request, "revised", found.opened, found=found, lines=lines, gone=gone, beside=beside, again=again - held
    )


@get(
    "/baskets/{basket_id:int}/revisions",
    name="basket_revisions:show",
    guards=[needs(Privilege.USE_BASKETS, "use baskets")],
)
async def show(request: Asked, basket_id: FromPath[int]) -> Answer:
    asked = request.query_params
    revision, could_edit = number(asked.get("since", "")), asked.get("edits") == "1"
    found = await basket_revisions.since(basket_id, revision, could_edit, request.user, ids(asked.get("again", "")))
    if not wants_partial(request):
        return see(f"/baskets/{basket_id}")
    if found is None:
        return nothing_new()
    return await redrawn(request, found.opened) if found.is_other_right else told(request, found)
