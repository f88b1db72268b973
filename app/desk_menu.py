"""The pages of the desk, each for the roles that may open it (DESK-1)."""

from dataclasses import dataclass
from functools import lru_cache

from app.rules.privileges import Role
from app.rules.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    key: str = ""
    roles: tuple[Role, ...] | None = ()  # besides administrators of the desk; None is everybody at the desk


PAGES = (
    Link("Desk", "/desk", "g d", None),
    Link("Applications", "/desk/applications", "g a", (Role.SALES,)),
    Link("Companies", "/desk/companies", "g c", (Role.SALES, Role.CREDIT)),
    Link("Cases", "/desk/cases", "g l", (Role.SALES,)),
    Link("Mail", "/desk/mail", "g m", None),
    Link("Audit trail", "/desk/audit", "g t"),
    Link("Staff", "/desk/staff", "g w"),
)


def desk_pages(viewer: Viewer) -> tuple[Link, ...]:
    """What this member of staff may open."""
    return _opened_by(viewer.roles) if viewer.is_staff else ()


@lru_cache(maxsize=128)
def _opened_by(roles: frozenset[str]) -> tuple[Link, ...]:
    any_page = roles & {Role.ADMINISTRATOR}
    return tuple(page for page in PAGES if any_page or page.roles is None or roles & set(page.roles))
