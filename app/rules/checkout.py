"""Check-out: what a basket needs to become an order, and what was chosen (ORDER-1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from app.rules import addresses, baskets, freight, products
from app.rules.addresses import Kept, Place
from app.rules.baskets import Basket, Opened
from app.rules.freight import Method
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql

NEW = "new"  # the choice of an address that is not in the book
SHIP = {"available": "as available", "complete": "complete"}
FURTHEST = timedelta(days=366)
NEW_PLACE = {f"new_{name}": limit for name, limit in addresses.LIMITS.items()}
END_USER = {"end_user_name": 100, "end_user_address": 300}
LIMITS = {
    "po_number": settings.po_number_length,
    "end_customer_po": 35,
    "address": 12,
    "delivery_method": 20,
    "requested_date": 10,
    "ship": 10,
    "notes": 1_000,
    **END_USER,
    **NEW_PLACE,
    "new_kept": 1,
}
NO_PO = "Type your PO number: the invoice names it."
ASKED_OF = {
    "end_user_name": "Name the end user: a product of this basket is registered to them.",
    "end_user_address": "Type the end user's address.",
}


@dataclass(frozen=True, slots=True)
class Counter:
    """A basket at check-out, with what can be chosen for it."""

    opened: Opened
    book: list[Kept]
    methods: list[Method]
    grams: int

    @property
    def basket(self) -> Basket:
        return self.opened.basket

    @property
    def asks_end_user(self) -> bool:
        return any(line.product["is_end_user_required"] for line in self.opened.sums.lines)

    @property
    def preset(self) -> dict[str, str]:
        """Every field as it stands on the form at first; only the PO number is left to type."""
        address = str(self.book[0].id) if self.book else NEW
        method = self.methods[0].code if self.methods else ""
        return {"address": address, "delivery_method": method, "ship": "available", "new_country": "NZ"}

    def method(self, code: str) -> Method | None:
        return next((method for method in self.methods if method.code == code), None)


@dataclass(frozen=True, slots=True)
class Terms:
    """What was chosen at check-out, checked."""

    po_number: str
    end_customer_po: str
    place: Place
    keeps_place: bool
    method: Method
    requested_date: date | None
    ship: str
    notes: str
    end_user: str


async def open(basket_id: int, by: Viewer) -> Counter:
    """The basket with all that its check-out offers; raises Missing."""
    opened = await baskets.open(by, basket_id)
    quantities = {line.product["id"]: line.line.quantity for line in opened.sums.lines}
    book, methods = await addresses.book(by), await freight.methods()
    return Counter(opened, book, methods, await freight.grams(quantities))


def chosen(typed: Mapping[str, str], counter: Counter, by: Viewer) -> Terms:
    """The terms out of typed fields; raises Invalid with a sentence for each wrong one, Refused for a new address."""
    errors: dict[str, str] = {}
    number = " ".join(typed["po_number"].split())
    if not number:
        errors["po_number"] = NO_PO
    place = _place(typed, counter, by, errors)
    method = counter.method(typed["delivery_method"])
    if method is None:
        errors["delivery_method"] = "Choose how the goods are delivered."
    if typed["ship"] not in SHIP:
        errors["ship"] = "Choose whether to ship what is available, or all at once."
    requested = _requested(typed["requested_date"], errors)
    if counter.asks_end_user:
        errors |= {name: sentence for name, sentence in ASKED_OF.items() if not typed[name]}
    if errors or place is None or method is None:
        raise Invalid(errors)
    return Terms(
        po_number=number,
        end_customer_po=" ".join(typed["end_customer_po"].split()),
        place=place,
        keeps_place=typed["address"] == NEW and bool(typed["new_kept"]),
        method=method,
        requested_date=requested,
        ship=typed["ship"],
        notes=typed["notes"],
        end_user="\n".join(typed[name] for name in END_USER) if counter.asks_end_user else "",
    )


def _place(typed: Mapping[str, str], counter: Counter, by: Viewer, errors: dict[str, str]) -> Place | None:
    if typed["address"] == NEW:
        by.require(Privilege.DELIVER_ANYWHERE, addresses.DEED)
        try:
            return addresses.checked({name: typed[f"new_{name}"] for name in addresses.LIMITS})
        except Invalid as wrong:
            errors |= {f"new_{name}": sentence for name, sentence in wrong.errors.items()}
            return None
    found = next((kept for kept in counter.book if str(kept.id) == typed["address"]), None)
    if found is None:
        errors["address"] = "Choose one of your company's delivery addresses."
    return found


def _requested(text: str, errors: dict[str, str]) -> date | None:
    if not text:
        return None
    today = products.today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        errors["requested_date"] = f"“{text}” is not a day such as {today.isoformat()}."
        return None
    if not today <= day <= today + FURTHEST:
        errors["requested_date"] = "Choose a day from today on, within a year; leave it empty for as soon as possible."
    return day


def po_guard(number: str) -> str:
    """A PO number as it is compared: case and runs of blanks do not count."""
    folded = " ".join(number.split()).casefold()
    return folded if len(folded) <= 70 else sha256(folded.encode()).hexdigest()


async def require_free_po(number: str, by: Viewer) -> None:
    """Raises Invalid, with the order that has the number, where the company does not allow it twice."""
    taken = await sql.value(
        """SELECT o.number FROM orders o JOIN companies c ON c.id = o.company
        WHERE o.company = $1 AND o.po_guard = $2 AND NOT c.allows_repeated_po""",
        *(by.company_id, po_guard(number)),
    )
    if taken:
        raise Invalid({"po_number": f"PO {number} is on order {taken} already. Type another number."})
