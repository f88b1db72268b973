"""Reading what a list's address asks for."""

from datetime import date

from app.answers import Asked
from app.forms import Said

MOST_PAGES = 1_000_000
YEARS = range(2000, 2101)


def page_asked(request: Asked) -> int:
    """The page's number, counted from 1; 1 for anything that is none."""
    text = request.query_params.get("page", "")
    return min(int(text), MOST_PAGES) or 1 if text.isascii() and text.isdigit() and len(text) < 10 else 1


def line_asked(request: Asked, name: str, limit: int) -> str:
    """One line of text that any database takes; what cannot be typed becomes a blank."""
    return line_of(request.query_params.get(name, ""), limit)


def line_of(text: str, limit: int) -> str:
    """The same of a text that came another way."""
    text = text[:limit]
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def day_of(text: str, name: str, errors: Said) -> date | None:
    """A day such as 2026-11-25; None and an error for anything else."""
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        found = None
    if text and (found is None or found.year not in YEARS):
        errors[name] = f"“{text}” is not a day such as 2026-11-25."
        return None
    return found
