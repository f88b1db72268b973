"""The page of one product, when a quantity was not added from it."""

from app.answers import Answer, Asked, form_of, page, partial, wants_partial
from app.rules import product_pages
from app.rules.refusals import Invalid


async def product_refused(request: Asked, wrong: Invalid) -> Answer:
    """422 with the reason at the field and what was typed kept; for a product that is none the reason alone."""
    form = form_of(request)
    shown = await product_pages.refused(form.get("sku"), form.get("quantity"), wrong, request.user)
    if wants_partial(request):
        return partial(request, "partials/products/refused.html", 422, shown=shown)
    return page(request, "templates/products/show.html", 422, shown=shown)
