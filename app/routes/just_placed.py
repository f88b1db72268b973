"""An order that was placed a moment ago: said once, and in the browser's history instead of its check-out."""

from app.answers import Answer, Asked, see
from app.visits import PREFIX, cookie

COOKIE = f"{PREFIX}placed"


def to_order(number: str) -> Answer:
    """To the order's page, which says once that it is placed."""
    return see(f"/orders/{number}", cookie(COOKIE, number))


def is_just_placed(request: Asked, number: str) -> bool:
    return request.cookies.get(COOKIE) == number


def said(answer: Answer, number: str) -> Answer:
    """Not said again by a reload; Back leads to before the check-out, which is no more."""
    answer.headers["Set-Cookie"] = cookie(COOKIE, "")
    return in_place(answer, f"/orders/{number}")


def in_place(answer: Answer, address: str) -> Answer:
    """The page takes the place of the one that it came from in the history that htmx writes."""
    answer.headers["HX-Replace-Url"] = address
    return answer
