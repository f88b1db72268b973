"""What a business is asked that wants to become a reseller, step by step (JOIN-2)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.rules.email_addresses import why_not
from app.rules.settings import settings

Check = Callable[[str], str]  # the sentence for what is wrong, or an empty one

NO_CREDIT = "none"
BUSINESS_KINDS = ("Limited company", "Sole trader", "Partnership", "Trust", "Society or charity", "Other")
CREDIT_TERMS = {NO_CREDIT: "No credit, we pay before delivery", "7": "7 days", "20": "20 days", "30": "30 days"}
PURCHASES = ("up to $5,000", "$5,000 to $20,000", "$20,000 to $100,000", "more than $100,000")
PLACES = {"registered": "Registered address", "trading": "Trading address", "postal": "Postal address"}
AS_ABOVE = "as above"
WEBSITE = re.compile(r"(https?://)?[^\s/@:.]+(\.[^\s/@:.]+)+(:\d{1,5})?(/\S*)?", re.IGNORECASE)
REPLACED = "\ufffd"  # stands where a form held what nobody can keep
JOINERS = "\u200c\u200d"  # some scripts spell with them


@dataclass(frozen=True, slots=True)
class Field:
    """One question; `kind` is how it is asked: a type of input, `textarea`, `select` or `checkbox`."""

    name: str
    label: str
    limit: int
    missing: str = ""  # the sentence for an empty answer, where one is needed
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    autocomplete: str = ""
    check: Check | None = None

    def wrong(self, value: str) -> str:
        """What is wrong with an answer; empty where nothing is."""
        if not value:
            return self.missing
        allowed = JOINERS + ("\n\t" if self.kind == "textarea" else "")
        if REPLACED in value or not all(char.isprintable() or char in allowed for char in value):
            return "This holds a character that cannot be kept. Type it again without it."
        if len(value) > self.limit:
            return f"This is {len(value):,} characters long; at most {self.limit:,} are kept."
        if self.options and value not in dict(self.options):
            return "Choose one of these."
        return self.check(value) if self.check else ""


def _day(text: str) -> str:
    try:
        begun = date.fromisoformat(text)
    except ValueError:
        return "Type a day such as 2019-03-31."
    return "" if date(1800, 1, 1) <= begun <= datetime.now(UTC).date() else "Type the day on which the business began."


def _website(text: str) -> str:
    return "" if WEBSITE.fullmatch(text) else f"“{text[:60]}” is no address of a website such as www.company.example."


def _phone(text: str) -> str:
    return "" if sum(char.isdigit() for char in text) >= 5 else "Type a phone number with its area code."


def _chosen(*options: str) -> tuple[tuple[str, str], ...]:
    return (("", "choose"), *((option, option) for option in options))


def _place(name: str) -> tuple[Field, ...]:
    """The fields of an address, named `registered_line1` and so on."""
    return (
        Field(f"{name}_line1", "Street and number", 100, "Type the street and number, or the box."),
        Field(f"{name}_line2", "Building, floor, suburb", 100),
        Field(f"{name}_city", "Town or city", 80, "Type the town or city."),
        Field(f"{name}_region", "Region", 80),
        Field(f"{name}_postcode", "Postcode", 20, "Type the postcode."),
        Field(f"{name}_country", "Country", 2, "Type the country's code of two letters, such as NZ.", check=_country),
    )


def _country(text: str) -> str:
    return "" if re.fullmatch("[A-Za-z]{2}", text) else "Type the country's code of two letters, such as NZ."


def _reference(number: int) -> tuple[Field, ...]:
    return (
        Field(f"reference{number}_name", f"Supplier {number}", 200, "Name a supplier that you buy from on credit."),
        Field(f"reference{number}_contact", "E-mail address or phone", 254, "Say how we reach this supplier."),
    )


BUSINESS = (
    Field("legal_name", "Legal name", 200, "Type the name that the business is registered under."),
    Field("trading_name", "Trading name", 200, hint="Where it differs from the legal name."),
    Field("business_kind", "Kind of business", 40, "Choose one.", "select", _chosen(*BUSINESS_KINDS)),
    Field("started", "Start date", 10, "Type the day on which the business began.", "date", check=_day),
    Field("registration_number", settings.registration_label, 60, f"Type the {settings.registration_label}."),
    Field("tax_number", settings.tax_number_label, 60, f"Type the {settings.tax_number_label}."),
    Field("phone", "Phone", 40, "Type the phone number of the business.", "tel", autocomplete="tel", check=_phone),
    Field("website", "Website", 200, autocomplete="url", check=_website),
)
CONTACT = (
    Field("contact_name", "Name", 100, "Type the name of the person that we write to.", autocomplete="name"),
    Field("contact_role", "Role", 100, "Say what this person does in the business.", autocomplete="organization-title"),
    Field("email", "E-mail address", 254, "Type an e-mail address.", "email", autocomplete="email", check=why_not),
    Field("contact_phone", "Phone", 40, "Type a phone number.", "tel", check=_phone),
)
TRADE = (
    Field("sells", "What you resell", 2_000, "Say what the business resells.", "textarea"),
    Field("sells_to", "Whom you sell to", 2_000, "Say who the end users are.", "textarea"),
    Field("vendors", "Vendors you sell", 500, hint="With certifications and partner numbers, where you hold any."),
    Field("purchases", "Expected monthly purchases", 40, "Choose one.", "select", _chosen(*PURCHASES)),
    Field("credit", "Credit terms wanted", 10, "Choose one.", "select", (("", "choose"), *CREDIT_TERMS.items())),
)
REFERENCES = _reference(1) + _reference(2)
PLACE_FIELDS = {name: _place(name) for name in PLACES}


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the form with an address of its own; `name` is the last part of that."""

    name: str
    title: str
    fields: tuple[Field, ...]


STEPS = (
    Step("business", "Your business", BUSINESS),
    Step(
        "addresses",
        "Addresses",
        (
            *PLACE_FIELDS["registered"],
            Field("trading_same", AS_ABOVE, 1),
            *PLACE_FIELDS["trading"],
            Field("postal_same", AS_ABOVE, 1),
            *PLACE_FIELDS["postal"],
        ),
    ),
    Step("trade", "Contact and trade", (*CONTACT, *TRADE, *REFERENCES)),
    Step("documents", "Documents", ()),
    Step("check", "Check and declare", ()),
)
NAMES = tuple(step.name for step in STEPS)
FIELDS = {field.name: field for step in STEPS for field in step.fields}
