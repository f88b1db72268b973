"""What is said of a form that waited for the log-in, and where each is known by (LOGIN-9)."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from app.answers import Answer
from app.rules.viewers import Viewer

WAITED = "Your session ended before this was sent. Nothing is lost: check it, then send it."
ID = "([0-9]{1,10})"
# Fields that nobody fills in: what the portal notes in a form for itself, and which button of several was pressed.
NOTED = ("token", "version", "confirm", "review", "edit", "at", "back", "was", "was_note", "welcome", "shown", "order")
BOOKKEEPING = frozenset({*NOTED, "up", "down", "quick"})


class Known(NamedTuple):
    """Where a form is sent, what its page asks of who has logged in, and how it is shown with the form filled in."""

    path: str
    ask: Callable[[Viewer], None]
    show: Callable[..., Awaitable[Answer]]
