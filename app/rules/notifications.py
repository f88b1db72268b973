"""Which mail somebody gets: the types, each on or off, and whom an event is told (NOTIFY-1, NOTIFY-2, ORDER-8)."""

from dataclasses import dataclass

from app.rules import audit
from app.rules.privileges import Privilege
from app.rules.refusals import Missing, Refused
from app.rules.viewers import Viewer, lacks
from db import sql
from db.atomic import atomic


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of mail. Any one of the privileges opens it; `company_privilege` opens it for all of the company's."""

    code: str
    label: str
    about: str
    privileges: tuple[Privilege, ...]
    own: str
    whole_company: str = ""
    company_privilege: Privilege | None = None  # None for what is told its reader alone
    starts_on: bool = False

    def is_open_to(self, viewer: Viewer) -> bool:
        return any(viewer.may(privilege) for privilege in self.privileges)

    def is_open_for_company_to(self, viewer: Viewer) -> bool:
        return self.company_privilege is not None and viewer.may(self.company_privilege)

    def why_not(self, viewer: Viewer) -> str:
        """The sentence for who cannot get this mail; empty for who can."""
        return "" if self.is_open_to(viewer) else lacks(viewer, self.privileges[0], f"get “{self.label}”")


# Every type whose event exists; a later page adds its own.
KINDS = (
    Kind(
        "order_confirmation",
        "Order confirmation",
        "When an order is placed: its lines, what ships now and what is backordered.",
        (Privilege.PLACE_ORDERS, Privilege.SEE_ALL_ORDERS),
        "My own orders",
        "All orders of the company",
        Privilege.SEE_ALL_ORDERS,
        starts_on=True,
    ),
    Kind(
        "basket_shared",
        "Basket shared with me",
        "When a colleague lets you change a shared basket.",
        (Privilege.USE_BASKETS,),
        "Those that I may change",
    ),
)
BY_CODE = {kind.code: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody has chosen for one type."""

    kind: Kind
    by_email: bool
    whole_company: bool

    @property
    def words(self) -> str:
        about = self.kind.whole_company if self.whole_company else self.kind.own
        return f"{self.kind.label}: {about.lower() if self.by_email else 'off'}"


CHOSEN = 'SELECT kind, by_email, whole_company FROM notification_choices WHERE "user" = $1'
KEEP = """INSERT INTO notification_choices ("user", kind, by_email, whole_company) VALUES ($1, $2, $3, $4)
ON CONFLICT ("user", kind) DO UPDATE SET by_email = $3, whole_company = $4"""


def for_companies(by: Viewer) -> None:
    """Raise Refused for staff, to whom no event is told."""
    if not by.company_id:
        raise Refused("Notification preferences are for users of a company. The desk has its queues instead.")


def kind_of(code: str, by: Viewer) -> Kind:
    """Raises Refused for a type that the viewer cannot get, Missing for none."""
    for_companies(by)
    kind = BY_CODE.get(code)
    if kind is None:
        raise Missing
    if reason := kind.why_not(by):
        raise Refused(reason)
    return kind


async def choices(by: Viewer) -> list[Choice]:
    """One for every type, in the order of the page; those that the viewer cannot get are off."""
    for_companies(by)
    rows = {row["kind"]: row for row in await sql.rows(CHOSEN, by.id)}
    return [_choice(kind, rows.get(kind.code), by) for kind in KINDS]


def _choice(kind: Kind, row: sql.Row | None, by: Viewer) -> Choice:
    by_email = bool(row["by_email"]) if row else kind.starts_on
    whole_company = bool(row and row["whole_company"]) and kind.is_open_for_company_to(by)
    return Choice(kind, by_email and kind.is_open_to(by), whole_company)


async def choice(kind: Kind, by: Viewer) -> Choice:
    return next(found for found in await choices(by) if found.kind is kind)


@atomic
async def choose(code: str, by_email: bool, whole_company: bool, by: Viewer) -> Choice:
    """Switch a type on or off; all of the company's only for who may see them. Raises Refused or Missing."""
    kind = kind_of(code, by)
    whole_company = whole_company and kind.company_privilege is not None
    if whole_company and kind.company_privilege is not None:
        by.require(kind.company_privilege, "get mail about all orders of the company")
    before = await choice(kind, by)
    now = Choice(kind, by_email, whole_company)
    if now != before:
        await sql.run(KEEP, by.id, code, by_email, whole_company)
        await note(by, before.words, now.words)
    return now


async def note(by: Viewer, before: str = "", after: str = "") -> None:
    """Keep in the trail what somebody changed of the own preferences."""
    await audit.note("notifications_changed", by, None, f"user {by.id}", by.name, before, after)
