"""The menu, the pages of "My Account" and the Quick Links: a link shows to those who may open its page (LINK-3)."""

from dataclasses import dataclass
from functools import lru_cache

from app.rules import quick_links as links
from app.rules.privileges import Privilege
from app.rules.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    key: str = ""
    about: str = ""

    def holds(self, path: str) -> bool:
        """Whether a page lies below this one, and below no other entry that lies below it."""
        nearer = (other for other in OWN_ENTRIES if other != self.href)
        return path.startswith(f"{self.href}/") and not any(f"{path}/".startswith(f"{other}/") for other in nearer)


VISITOR_MENU = (
    Link("Products", "/products"),
    Link("Become a Reseller", "/become-a-reseller"),
    Link("Log in", "/login"),
)
BASKETS = (
    Link("My Baskets", "/baskets", "g b"),
    Link("Company Baskets", "/company-baskets", "g c"),
    Link("Quick Order", "/quick-order", "q"),
)
CATALOGUE = (
    Link("Overview", "/", "g h"),
    Link("Products", "/products", "g p"),
    Link("Favourites", "/favourites"),
    Link("Saved searches", "/searches"),
)
ACCOUNT = Link("My Account", "/account")
PROFILE = Link("My Profile", "/account/profile", about="Your name, phone and time zone, how you log in, your sessions.")
NOTIFICATIONS = Link(
    "Notification Preferences", "/account/profile/notifications", about="Which mail you get, and at which addresses."
)
ORDERS = Link("My Orders", "/orders", "g o", "Every order with its state, lines and delivery.")
ADDRESSES = Link("Address book", "/account/addresses", about="Where your company's orders are delivered.")
NUMBERS = Link("Part numbers", "/part-numbers", about="The numbers by which your company knows products.")
USERS = Link("User Administration", "/account/users", "g u", "Who of your company may log in, and what each may do.")
AUDIT = Link("Audit trail", "/account/audit", about="Who changed users, privileges and passwords, and when.")
SETTINGS = Link("Settings", "/settings", about="Quick Links Preferences, row height and keys.")
OWN_ENTRIES = frozenset({NOTIFICATIONS.href})


def menu(viewer: Viewer) -> tuple[Link, ...]:
    """The account menu; for a visitor the links at its place."""
    if not viewer.signed_in:
        return VISITOR_MENU
    return _desk_menu() if viewer.is_staff else _company_menu(viewer)


@lru_cache(maxsize=1)
def _desk_menu() -> tuple[Link, ...]:
    return (
        Link("Overview", "/", "g h"),
        Link("Products", "/products", "g p"),
        Link("Desk", "/desk"),
        Link("My Profile", "/account/profile"),
        Link("Style guide", "/desk/styleguide"),
    )


def account_pages(viewer: Viewer) -> tuple[Link, ...]:
    """The pages of "My Account" that are open to the viewer."""
    if viewer.is_staff:
        return (PROFILE, SETTINGS)
    if not viewer.signed_in:
        return ()
    return _account_pages(viewer.is_administrator, viewer.privileges)


@lru_cache(maxsize=512)
def _account_pages(is_administrator: bool, privileges: frozenset[str]) -> tuple[Link, ...]:
    pages = [PROFILE, NOTIFICATIONS]
    if is_administrator or Privilege.SEE_OWN_ORDERS in privileges:
        pages.append(ORDERS)
    if is_administrator or Privilege.PLACE_ORDERS in privileges:
        pages.append(ADDRESSES)
    if is_administrator or Privilege.USE_BASKETS in privileges:
        pages.append(NUMBERS)
    if is_administrator:
        pages += [USERS, AUDIT]
    return (*pages, SETTINGS)


def _company_menu(viewer: Viewer) -> tuple[Link, ...]:
    baskets = BASKETS if viewer.may(Privilege.USE_BASKETS) else ()
    return (*CATALOGUE, *baskets, ACCOUNT, *account_pages(viewer))


def quick_links(viewer: Viewer) -> tuple[Link, ...]:
    """The bar of a user of a company (LINK-1)."""
    return tuple(Link(link.label, link.href, link.key) for link in links.chosen(viewer))
