"""Reading what a list's address asks for."""

from app.answers import Asked

MOST_PAGES = 1_000_000


def page_asked(request: Asked) -> int:
    """The page's number, counted from 1; 1 for anything that is none."""
    text = request.query_params.get("page", "")
    return min(int(text), MOST_PAGES) or 1 if text.isascii() and text.isdigit() and len(text) < 10 else 1


def line_asked(request: Asked, name: str, limit: int) -> str:
    """One line of text that any database takes; what cannot be typed becomes a blank."""
    text = request.query_params.get(name, "")[:limit]
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
