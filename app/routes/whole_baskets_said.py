"""The notice of what became of a basket as a whole: copied, merged, made a template (BASKET-12, BASKET-13)."""

from app.answers import Asked
from app.routes.basket_pages import Told, number
from app.rules import basket_copies, baskets
from app.rules.baskets import Opened

COUNTS = ("merged", "up", "not", "from", "revision", "other", "put_away")


async def said_of_whole(request: Asked, opened: Opened) -> Told | None:
    """What the address asks for; nothing where it asks for none of these, or the reader could not have done it."""
    asked = request.query_params
    if not baskets.may_edit(opened.basket, request.user):
        return None
    if "copy_of" in asked:
        source = await basket_copies.source_of(number(asked["copy_of"]), request.user)
        return {"kind": "copy_of", "source": source} if source else None
    if "merged" in asked:
        counts = {name: number(asked.get(name, "")) for name in COUNTS}
        source = await basket_copies.source_of(counts["from"], request.user)
        return {"kind": "merged", "source": source, **counts} if source else None
    if "unmerged" in asked:
        return {"kind": "unmerged", "count": number(asked["unmerged"])}
    if asked.get("template") in ("0", "1"):
        is_so = (asked["template"] == "1") == bool(opened.basket.template_at)
        return {"kind": "template" if is_so else ""}
    return None
