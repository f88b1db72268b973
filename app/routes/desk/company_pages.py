"""The pages of a company at the desk, with what was typed and is wrong."""

from typing import Any

from app.answers import Answer, Asked, form_of, page, partial, see, wants_partial
from app.forms import Form, Said
from app.routes.paging import page_asked
from app.rules import companies, company_changes
from app.rules.company_changes import LIMITS, MOST_DAYS
from app.rules.refusals import Invalid, Stale
from app.rules.user_lists import STATES

DONE = {
    "saved": "Saved.",
    "price_lists": "Price lists saved: prices follow at the next request.",
    "certifications": "Certifications saved.",
    "suspended": "Suspended: nobody of this company can log in, and every session has ended.",
    "resumed": "Resumed: everybody logs in as before.",
}


def number_of(text: str) -> int:
    """The number that an id in a form is; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def asked_ids(request: Asked, name: str) -> set[int]:
    """The ticked numbers of a name."""
    return {number_of(text) for text in form_of(request).all(name)}


def given_of(form: Form) -> dict[str, Any]:
    """Details and terms as company_changes takes them; raises Invalid with every wrong field."""
    texts = {name: " ".join(form.text(name, limit).split()) for name, limit in LIMITS.items()}
    for name, text in texts.items():
        if not text.isprintable():
            form.errors[name] = "This holds a character that cannot be seen. Type it again without it."
    days = form.whole("payment_terms_days", 0, MOST_DAYS)
    places = {name: form.get(name) for name in ("home_warehouse", "account_manager")}
    form.check()
    return {
        **texts,
        "payment_terms_days": days,
        "home_warehouse": number_of(places["home_warehouse"]),
        "account_manager": number_of(places["account_manager"]) if places["account_manager"] else None,
        "allows_repeated_po": bool(form.get("allows_repeated_po")),
        "requires_second_step": bool(form.get("requires_second_step")),
    }


async def _context(request: Asked, company_id: int) -> dict[str, Any]:
    by, number = request.user, page_asked(request)
    return {
        "opened": await companies.open(company_id, number, by),
        "number": number,
        "user_states": STATES,
        "why_not": companies.why_not_edit(by),
        "why_no_limit": companies.why_not_limit(by),
        "errors": Said(),
        "typed": Said(),
        "wrong": "",
    }


async def shown(request: Asked, company_id: int, part: str = "", wrong: Invalid | Stale | None = None) -> Answer:
    """A company's page; a `part` that could not be changed keeps what was typed, with the reason."""
    context = await _context(request, company_id)
    if wrong is None:
        done = DONE.get(request.query_params.get("done", ""))
        notices = [{"kind": "good", "text": done}] if done else []
        return page(request, "templates/desk/companies/show.html", notices=notices, **context)
    stale = isinstance(wrong, Stale)
    errors = {"": wrong.reason} if isinstance(wrong, Stale) else wrong.errors
    context |= {"errors": Said(errors), "typed": form_of(request).typed(), "wrong": part}
    if wants_partial(request):
        return partial(request, f"partials/desk/companies/{part}.html", 409 if stale else 422, **context)
    return page(request, "templates/desk/companies/show.html", 409 if stale else 422, **context)


async def ticked(request: Asked, company_id: int, part: str, done: str) -> Answer:
    """What was changed, in place or on its page."""
    if not wants_partial(request):
        return see(f"/desk/companies/{company_id}?done={done}")
    context = await _context(request, company_id)
    return partial(request, "partials/desk/companies/changed.html", part=part, said=DONE[done], **context)


async def edit_page(
    request: Asked, company_id: int, status: int = 200, errors: Said | None = None, typed: Said | None = None
) -> Answer:
    """Details and terms in a form; with errors what was typed, and after a change by another what it is now."""
    company = await companies.find(company_id, request.user)
    kept = Said({name: "" if company[name] is None else str(company[name]) for name in company_changes.COLUMNS})
    for name in ("allows_repeated_po", "requires_second_step"):
        kept[name] = "1" if company[name] else ""
    told = {
        "company": company,
        "kept": kept,
        "typed": typed or kept,
        "version": typed["version"] if typed and status != 409 else company["version"],
        "errors": errors or Said(),
        "warehouses": [(str(key), name) for key, name in await companies.warehouses()],
        "managers": [
            ("", "nobody"),
            *((str(key), name) for key, name in await companies.managers(company["account_manager"])),
        ],
        "stale": status == 409,
    }
    return page(request, "templates/desk/companies/edit.html", status, **told)
