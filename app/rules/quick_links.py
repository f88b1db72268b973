"""Quick Links: what is on offer, what somebody has chosen, and in which order (LINK-1 to LINK-3)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.rules.privileges import Privilege
from app.rules.refusals import Refused
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic


@dataclass(frozen=True, slots=True)
class QuickLink:
    """`privilege` opens its page; without one it is open to every user, or to administrators alone."""

    code: str
    label: str
    href: str
    key: str = ""
    privilege: Privilege | None = None
    for_administrators: bool = False
    at_start: bool = False

    def is_open_to(self, viewer: Viewer) -> bool:
        if self.for_administrators:
            return viewer.is_administrator
        return self.privilege is None or viewer.may(self.privilege)


P = Privilege

# Every link of LINK-3 in the order of the starting set.
VOCABULARY = (
    QuickLink("my_baskets", "My Baskets", "/baskets", "g b", P.USE_BASKETS, at_start=True),
    QuickLink("company_baskets", "Company Baskets", "/company-baskets", "g c", P.USE_BASKETS),
    QuickLink("quick_order", "Quick Order", "/quick-order", "q", P.USE_BASKETS, at_start=True),
    QuickLink("my_orders", "My Orders", "/orders", "g o", P.SEE_OWN_ORDERS, at_start=True),
    QuickLink("backorders", "Backorders", "/backorders", "g k", P.BACKORDER_REPORT),
    QuickLink("my_account_statements", "My Account Statements", "/statements", "g s", P.STATEMENTS, at_start=True),
    QuickLink("invoice_list", "Invoice List/Account Statement", "/invoices", "g i", P.INVOICES),
    QuickLink("returns", "Returns", "/returns", "g r", P.CREATE_RETURNS),
    QuickLink("add_user", "Add User", "/account/users/new", for_administrators=True),
    QuickLink(
        "user_administration", "User Administration", "/account/users", "g u", for_administrators=True, at_start=True
    ),
    QuickLink("favourites", "Favourites", "/favourites"),
    QuickLink("notification_preferences", "Notification Preferences", "/account/profile/notifications"),
    QuickLink("price_feed", "Price Feed", "/price-feed", privilege=P.PRICE_FEED),
)
BY_CODE = {link.code: link for link in VOCABULARY}
STARTING_SET = tuple(link.code for link in VOCABULARY if link.at_start)

# Those whose pages exist: a page that comes adds its code here.
BUILT = frozenset(
    {
        "my_baskets",
        "company_baskets",
        "quick_order",
        "my_orders",
        "add_user",
        "user_administration",
        "favourites",
        "notification_preferences",
    }
)


def offered(viewer: Viewer) -> list[QuickLink]:
    """What the viewer can choose among: links whose pages exist and are open to them."""
    if not viewer.company_id:
        return []
    return [link for link in VOCABULARY if link.code in BUILT and link.is_open_to(viewer)]


def kept(viewer: Viewer) -> list[str]:
    """The codes that the viewer has chosen, those that are not on offer now among them."""
    return list(STARTING_SET) if viewer.quick_links is None else viewer.quick_links.split()


def chosen(viewer: Viewer) -> list[QuickLink]:
    """The links of the viewer's bar in their order."""
    on_offer = {link.code for link in offered(viewer)}
    return [BY_CODE[code] for code in kept(viewer) if code in on_offer]


def arranged(viewer: Viewer, order: Iterable[str] = ()) -> list[QuickLink]:
    """All on offer: in the order of the codes given, else the chosen ones first."""
    wanted = [*order, *kept(viewer)]
    rank = {code: place for place, code in reversed(list(enumerate(wanted)))}
    return sorted(offered(viewer), key=lambda link: rank.get(link.code, len(wanted)))


def moved(codes: list[str], code: str, by: int) -> list[str]:
    """The codes with one of them moved by so many places; it stops at either end."""
    if code not in codes:
        return codes
    place = max(0, min(codes.index(code) + by, len(codes) - 1))
    rest = [other for other in codes if other != code]
    return [*rest[:place], code, *rest[place:]]


@atomic
async def choose(codes: Iterable[str], by: Viewer) -> Viewer:
    """Keep these links in this order; gives the viewer as the bar shows it now. Unknown codes are passed over.

    What is not on offer now, since its page is to come or a privilege is missing, stays chosen behind the others.
    """
    if not by.company_id:
        raise Refused("Quick Links are for users of a company: the desk has a bar of its own.")
    on_offer = {link.code for link in offered(by)}
    waiting = [code for code in kept(by) if code in BY_CODE and code not in on_offer]
    wanted = [code for code in dict.fromkeys(codes) if code in on_offer]
    text = " ".join([*wanted, *waiting])
    await sql.run("UPDATE users SET quick_links = $2 WHERE id = $1", by.id, text)
    return replace(by, quick_links=text)
