"""The answers of an application: what is asked of whom, what is wrong, and how they are kept (JOIN-2)."""

from collections.abc import Mapping

from app.rules.application_fields import FIELDS, NAMES, NO_CREDIT, PLACE_FIELDS, PLACES, REFERENCES, STEPS, Field, Step
from app.rules.refusals import Invalid

Typed = Mapping[str, str]
ABOVE = {"postal": "trading", "trading": "registered"}
LONGEST = 5_000  # of what a draft keeps of one field, right or wrong


def step_of(name: str) -> Step:
    return STEPS[NAMES.index(name)]


def neighbour(name: str, by: int) -> str:
    """The name of the step before (-1) or after (1) one; empty where the form begins."""
    place = NAMES.index(name) + by
    return NAMES[min(place, len(NAMES) - 1)] if place >= 0 else ""


def is_asked(field: Field, typed: Typed) -> bool:
    """Whether the other answers leave the question open: an address "as above" and references without credit do not."""
    if field in REFERENCES:
        return typed.get("credit", "") not in ("", NO_CREDIT)
    return not any(field in PLACE_FIELDS[name] and typed.get(f"{name}_same") for name in ABOVE)


def errors_of(step: Step, typed: Typed) -> dict[str, str]:
    """The sentences about what is wrong, by field."""
    asked = (field for field in step.fields if is_asked(field, typed))
    found = {field.name: field.wrong(typed.get(field.name, "").strip()) for field in asked}
    return {name: words for name, words in found.items() if words}


def unfinished(typed: Typed) -> list[Step]:
    """The steps with something missing or wrong."""
    return [step for step in STEPS if errors_of(step, typed)]


def whole(typed: Typed) -> dict[str, str]:
    """Every answer, tidy, as it is kept for good; raises Invalid."""
    errors = {name: words for step in STEPS for name, words in errors_of(step, typed).items()}
    if errors:
        raise Invalid(errors)
    asked = {field.name: typed.get(field.name, "").strip() for field in FIELDS.values() if is_asked(field, typed)}
    for name in PLACES:
        if f"{name}_country" in asked:
            asked[f"{name}_country"] = asked[f"{name}_country"].upper()
    return {name: _tidy(FIELDS[name], value) for name, value in asked.items()}


def _tidy(field: Field, value: str) -> str:
    return value if field.kind == "textarea" else " ".join(value.split())


def parts_of(name: str, answers: Typed) -> dict[str, str]:
    """The parts of an address (`line1`, `city` …); of the one above where it says "as above"."""
    while name in ABOVE and answers.get(f"{name}_same"):
        name = ABOVE[name]
    return {field.name.partition("_")[2]: answers.get(field.name, "") for field in PLACE_FIELDS[name]}


def lines_of(name: str, answers: Typed) -> list[str]:
    """An address as it is written."""
    part = parts_of(name, answers)
    town = " ".join(filter(None, (part["city"], part["region"], part["postcode"])))
    return [line for line in (part["line1"], part["line2"], town, part["country"].upper()) if line]
