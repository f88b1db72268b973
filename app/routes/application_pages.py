"""What the pages of "Become a Reseller" share: the cookie of a draft, and the page of a step."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from app.answers import Answer, Asked, page
from app.formats import day
from app.forms import Said
from app.rules import application_documents as documents
from app.rules.application_answers import errors_of, is_asked, lines_of, neighbour, unfinished
from app.rules.application_drafts import KEPT, Draft
from app.rules.application_fields import (
    AS_ABOVE,
    BUSINESS,
    CONTACT,
    FIELDS,
    PLACE_FIELDS,
    PLACES,
    REFERENCES,
    STEPS,
    TRADE,
    Field,
    Step,
)
from app.rules.settings import settings
from app.visits import FLAGS, PREFIX

HOME = "/become-a-reseller"
DRAFT_COOKIE = f"{PREFIX}application"  # binds what is being filled in to the browser that began it


def key_of(request: Asked) -> str:
    return request.cookies.get(DRAFT_COOKIE, "")[:200]


def draft_cookie(key: str) -> str:
    """A Set-Cookie header, which lasts as long as a draft is kept."""
    return f"{DRAFT_COOKIE}={key}{FLAGS}; Max-Age={int(KEPT.total_seconds())}"


def private(answer: Answer) -> Answer:
    """No cache keeps what a visitor typed."""
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


class Part(NamedTuple):
    """What was answered under one heading, and the step that asks for it."""

    title: str
    step: str
    answers: list[tuple[str, str]]


def words_of(one: Field, answers: Mapping[str, str]) -> str:
    """An answer as a person reads it."""
    value = answers.get(one.name, "")
    if one.kind == "date" and not one.wrong(value):
        return day(date.fromisoformat(value))
    return dict(one.options).get(value, value) if value else ""


def parts_of(answers: Mapping[str, str]) -> list[Part]:
    """Every answer in the words of the form."""

    def part(title: str, step: str, fields: tuple[Field, ...]) -> Part:
        return Part(title, step, [(one.label, words_of(one, answers)) for one in fields if is_asked(one, answers)])

    places = [
        (title, AS_ABOVE if answers.get(f"{name}_same") else ", ".join(lines_of(name, answers)))
        for name, title in PLACES.items()
    ]
    parts = [
        part("Business", "business", BUSINESS),
        Part("Addresses", "addresses", places),
        part("First contact", "trade", CONTACT),
        part("Trade", "trade", TRADE),
        part("Trade references", "trade", REFERENCES),
    ]
    return [one for one in parts if one.answers]


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
        "parts": parts_of(draft.answers),
        "fields": FIELDS,
        "places": PLACES,
    }
    answer = page(request, f"templates/applications/{step.name}.html", 422 if errors else 200, **shown)
    if key:
        answer.headers["Set-Cookie"] = draft_cookie(key)
    return private(answer)
