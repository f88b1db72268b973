"""What others changed of a basket since its page was drawn, for the page that asks every few seconds (BASKET-10)."""

from litestar import get
from litestar.params import FromPath

from app.answers import Answer, Asked, nothing_new, see, wants_partial
from app.routes.basket_pages import basket_piece, number
from app.routes.guards import needs
from app.rules import basket_revisions
from app.rules.basket_revisions import Revision
from app.rules.privileges import Privilege


def ids(text: str) -> frozenset[int]:
    """The lines of rows like `line-12 line-15`."""
    return frozenset(filter(None, (number(name.removeprefix("line-")) for name in text.split()[:1_000])))


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
    return told(request, found) if found else nothing_new()
