"""The form of check-out as it was posted, and the pages that answer it."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from app.answers import Answer, Asked, page, see
from app.forms import Form, Said
from app.routes.just_placed import in_place, to_order
from app.rules import addresses, checkout, products, reviews
from app.rules.checkout import LIMITS, NEW, SHIP, Counter
from app.rules.placing import Changed, Ordered, Posted
from app.rules.privileges import Privilege
from app.rules.reviews import Review
from app.rules.viewers import Viewer

TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def new_token() -> str:
    return secrets.token_urlsafe(24)


def token_of(form: Form) -> str:
    """The form's own token; another one where it has lost it."""
    return form.get("token") if TOKEN.fullmatch(form.get("token")) else new_token()


def read(form: Form, basket_id: int) -> Posted:
    """The fields as they came; raises Invalid for what cannot be kept."""
    typed = {name: form.text(name, limit) for name, limit in LIMITS.items()}
    form.check()
    return Posted(basket_id, token_of(form), typed, form.get("review"))


def address_of(basket_id: int) -> str:
    return f"/baskets/{basket_id}/order"


def placed(number: str, basket_id: int, viewer: Viewer) -> Answer:
    """To the order; to a page that names it for who may place orders and not see them."""
    if viewer.may(Privilege.SEE_OWN_ORDERS):
        return to_order(number)
    return see(f"/baskets/{basket_id}/order?placed=1")


def filling(
    request: Asked,
    counter: Counter,
    typed: Mapping[str, str],
    token: str,
    errors: Mapping[str, str] | None = None,
    **told: Any,
) -> Answer:
    """The form, preset or as it was filled in; with errors 422."""
    given = Said({**counter.preset, **typed})
    shown = {
        "counter": counter,
        "typed": given,
        "token": token,
        "errors": Said(errors or {}),
        "choices": choices(counter, request.user),
        "totals": reviews.totals(counter, counter.method(given["delivery_method"])),
        "why_not_new": addresses.why_not(request.user),
        "promised": reviews.promised,
        "seen_words": reviews.seen_words,
    }
    return page(request, "templates/checkout/new.html", 422 if errors else 200, **shown, **told)


def choices(counter: Counter, viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    """What each select offers: values and labels."""
    book = [(str(kept.id), kept.words) for kept in counter.book]
    if not addresses.why_not(viewer):
        book.append((NEW, "a new address, typed below"))
    methods = [(method.code, method.name) for method in counter.methods]
    return {"address": book, "delivery_method": methods, "ship": list(SHIP.items())}


def reviewing(request: Asked, review: Review, posted: Posted, change: Changed | None = None, **told: Any) -> Answer:
    """The review; with a change 409, and what differs marked in the review as it is now."""
    shown = {
        "review": review,
        "posted": posted,
        "fields": {name: text for name, text in posted.typed.items() if text},
        "packed": review.packed(request.user),
        "ship": SHIP[review.terms.ship],
        "today": products.today(),
        "promised": reviews.promised,
        "change": change,
        "seen": (change and change.seen) or {},
        "seen_words": reviews.seen_words,
    }
    answer = page(request, "templates/checkout/review.html", 409 if change else 200, **shown, **told)
    return in_place(answer, address_of(review.counter.basket.id))


def changed(request: Asked, posted: Posted, change: Changed) -> Answer:
    return reviewing(request, change.review, posted, change)


def ordered(request: Asked, done: Ordered, status: int = 409) -> Answer:
    """The basket is an order: which one."""
    return page(request, "templates/checkout/ordered.html", status, number=done.number, fresh=status == 200)


async def wrong(request: Asked, form: Form, basket_id: int, errors: Mapping[str, str]) -> Answer:
    """The form as it was filled in, with the reason at each field."""
    counter = await checkout.open(basket_id, request.user)
    typed = {name: text for name, text in form.typed().items() if name in LIMITS}
    return filling(request, counter, typed, token_of(form), errors)
