"""Who asks: a visitor, a user of a company, or staff of the desk, as the session says."""

from dataclasses import dataclass, field
from datetime import datetime

from app.rules.privileges import ALL, Privilege, Role
from app.rules.refusals import Refused
from app.rules.settings import settings


@dataclass(frozen=True, slots=True)
class CurrentBasket:
    """What the header says of the current basket, as its owner saw it last."""

    id: int
    name: str
    line_count: int
    total_cents: int


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind a request; `id` 0 is a visitor, `company_id` 0 is staff."""

    id: int = 0
    name: str = ""
    email: str = ""
    session_id: int = 0
    company_id: int = 0
    company_name: str = ""
    account_number: str = ""
    home_warehouse_id: int = 0
    time_zone: str = settings.time_zone
    density: str = "comfortable"
    is_administrator: bool = False
    administrator_name: str = ""
    privileges: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    basket: CurrentBasket | None = None
    last_seen_at: datetime | None = None
    network_address: str = ""
    keys: bool = True  # whether shortcuts are on
    quick_links: str | None = None  # codes in their order; None is the starting set
    remaining: tuple[str, ...] = ()  # first steps that are still owed: "password", "challenge", "second_step"
    staff_id: int = 0  # who of the desk acts as this user (DESK-6)
    staff_name: str = ""
    acting_until: datetime | None = None

    @property
    def signed_in(self) -> bool:
        return self.id > 0

    @property
    def is_acted(self) -> bool:
        """Whether staff see the portal as this user."""
        return self.staff_id > 0

    @property
    def named(self) -> str:
        """Who does it: `Ben Ito`, or `Moana Pike for Ben Ito` where staff act (DESK-6)."""
        return f"{self.staff_name} for {self.name}" if self.is_acted else self.name

    def own_hands(self, deed: str) -> None:
        """Raise Refused for staff who act as the user: what makes up a log-in is the person's alone."""
        if self.is_acted:
            raise Refused(f"You act as {self.name}, and cannot {deed}: that is theirs alone. End acting first.")

    @property
    def is_staff(self) -> bool:
        return self.signed_in and self.company_id == 0

    def may(self, privilege: Privilege | str) -> bool:
        return self.company_id > 0 and (self.is_administrator or str(privilege) in self.privileges)

    def has_role(self, *roles: Role) -> bool:
        """Whether the person holds one of these roles; an administrator of the desk holds each."""
        return self.is_staff and bool(self.roles & {Role.ADMINISTRATOR, *roles})

    @property
    def sees_prices(self) -> bool:
        """Whether a company price may be shown (PRICE-1)."""
        return self.may(Privilege.SEE_PRICES)

    @property
    def sees_retail(self) -> bool:
        """Whether MSRP may be shown: to visitors by the setting (PROD-4), to users with "see prices", to staff."""
        return self.sees_prices or self.is_staff or (not self.signed_in and settings.visitor_prices == "retail")

    @property
    def sees_stock(self) -> bool:
        return self.may(Privilege.SEE_AVAILABILITY) or self.is_staff

    def require(self, privilege: Privilege, deed: str) -> None:
        """Raise Refused, which says who can change it, unless the person holds the privilege."""
        if not self.may(privilege):
            raise Refused(lacks(self, privilege, deed))


VISITOR = Viewer()


def lacks(viewer: Viewer, privilege: Privilege, deed: str) -> str:
    """Why the person cannot do `deed` ("add products to baskets"), and who can change it."""
    if viewer.is_staff:
        return f"You cannot {deed}: that is for users of a company."
    if not viewer.signed_in:
        return f"Log in to {deed}."
    who = viewer.administrator_name or "your website administrator"
    named = f"{who}, your website administrator," if viewer.administrator_name else who
    return f"You cannot {deed}: you lack the privilege “{privilege.label}”. {named} can allow it."


def not_administrator(viewer: Viewer, deed: str) -> str:
    """Why somebody who is no website administrator cannot do `deed` ("add users"), and who can."""
    if viewer.is_staff:
        return f"You cannot {deed} here: that is for a company's website administrators. The desk has pages of its own."
    if viewer.administrator_name:
        return f"You cannot {deed}: that is for {viewer.administrator_name}, your website administrator."
    return f"You cannot {deed}: that is for your website administrator. The distributor can tell who that is."


ALL_PRIVILEGES = frozenset(str(privilege) for privilege in ALL)
