"""The menu and the Quick Links: a link shows to those whose privileges open its page (LINK-3)."""

from dataclasses import dataclass
from functools import lru_cache

from app.rules.privileges import Privilege
from app.rules.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    key: str = ""


VISITOR_MENU = (Link("Products", "/products"), Link("Log in", "/login"))


def menu(viewer: Viewer) -> tuple[Link, ...]:
    """The account menu; for a visitor the links at its place."""
    if not viewer.signed_in:
        return VISITOR_MENU
    return _desk_menu() if viewer.is_staff else _company_menu(viewer.is_administrator, viewer.privileges)


@lru_cache(maxsize=1)
def _desk_menu() -> tuple[Link, ...]:
    return (
        Link("Overview", "/", "g h"),
        Link("Products", "/products"),
        Link("Desk", "/desk"),
        Link("My Profile", "/account/profile"),
        Link("Style guide", "/desk/styleguide"),
    )


def _opened_by(is_administrator: bool, privileges: frozenset[str], privilege: Privilege) -> bool:
    return is_administrator or privilege in privileges


@lru_cache(maxsize=512)
def _company_menu(is_administrator: bool, privileges: frozenset[str]) -> tuple[Link, ...]:
    links = [Link("Overview", "/", "g h"), Link("Products", "/products")]
    if _opened_by(is_administrator, privileges, Privilege.PLACE_ORDERS):
        links.append(Link("Address book", "/account/addresses"))
    return tuple(links)


def quick_links(viewer: Viewer) -> tuple[Link, ...]:
    """The starting set of LINK-3, as far as its pages exist."""
    if not viewer.signed_in or viewer.is_staff:
        return ()
    return _quick_links(viewer.is_administrator, viewer.privileges)


@lru_cache(maxsize=512)
def _quick_links(is_administrator: bool, privileges: frozenset[str]) -> tuple[Link, ...]:
    offered = (
        (Privilege.USE_BASKETS, Link("My Baskets", "/baskets", "g b")),
        (Privilege.SEE_OWN_ORDERS, Link("My Orders", "/orders", "g o")),
    )
    return tuple(link for privilege, link in offered if _opened_by(is_administrator, privileges, privilege))
