"""What the pages of "Become a Reseller" share: the cookie of a draft, and the page of a step."""

from collections.abc import Mapping

from app.answers import Answer, Asked, page
from app.forms import Said
from app.rules import application_documents as documents
from app.rules.application_answers import errors_of, is_asked, lines_of, neighbour, unfinished
from app.rules.application_drafts import KEPT, Draft
from app.rules.application_fields import (
    BUSINESS,
    CONTACT,
    FIELDS,
    PLACE_FIELDS,
    PLACES,
    REFERENCES,
    STEPS,
    TRADE,
    Step,
)
from app.rules.settings import settings
from app.visits import FLAGS, PREFIX

HOME = "/become-a-reseller"
DRAFT_COOKIE = f"{PREFIX}application"  # binds what is being filled in to the browser that began it
ASKED = {"business": BUSINESS, "contact": CONTACT, "trade": TRADE, "references": REFERENCES}


def key_of(request: Asked) -> str:
    return request.cookies.get(DRAFT_COOKIE, "")[:200]


def draft_cookie(key: str) -> str:
    """A Set-Cookie header, which lasts as long as a draft is kept."""
    return f"{DRAFT_COOKIE}={key}{FLAGS}; Max-Age={int(KEPT.total_seconds())}"


def private(answer: Answer) -> Answer:
    """No cache keeps what a visitor typed."""
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def told(answers: Mapping[str, str]) -> dict[str, object]:
    """What a template needs to show answers in the words of the form."""
    return {
        "asked": ASKED,
        "fields": FIELDS,
        "places": PLACES,
        "written": {name: lines_of(name, answers) for name in PLACES},
        "is_asked": lambda name: is_asked(FIELDS[name], answers),
    }


async def filled(
    request: Asked,
    step: Step,
    draft: Draft,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    key: str = "",
) -> Answer:
    """The page of a step with what the draft keeps; with errors 422. A new draft's `key` goes to the browser."""
    shown = {
        "step": step,
        "steps": [(one, bool(draft.id) and not errors_of(one, draft.answers)) for one in STEPS],
        "back": neighbour(step.name, -1),
        "typed": Said(typed or draft.answers),
        "errors": Said(errors or {}),
        "draft": draft,
        "place_fields": PLACE_FIELDS,
        "unfinished": unfinished(draft.answers),
        "documents": await documents.listed(draft.id),
        "most": settings.application_documents,
        "most_mb": settings.application_document_mb,
        **told(draft.answers),
    }
    answer = page(request, f"templates/applications/{step.name}.html", 422 if errors else 200, **shown)
    if key:
        answer.headers["Set-Cookie"] = draft_cookie(key)
    return private(answer)
