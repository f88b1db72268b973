"""Who is who in the demo: two companies with their people and addresses, and the staff of the desk."""

from dataclasses import dataclass

from app.rules.privileges import BASICS, PURCHASING, Privilege, Role

PASSWORD = "Demo-portal-2026!"  # noqa: S105 (printed for everybody)
QUESTION, ANSWER = "In which town were you born?", "wellington"
BRIGHTBYTE, COASTLINE = "Brightbyte Ltd", "Coastline IT"


@dataclass(frozen=True, slots=True)
class Person:
    """`company` is empty for staff, who have roles; `logged_in` is false for who still has to come."""

    email: str
    name: str
    job_title: str
    company: str = ""
    is_administrator: bool = False
    privileges: frozenset[Privilege] = frozenset()
    roles: tuple[Role, ...] = ()
    logged_in: bool = True


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    account_number: str
    warehouse: str
    credit_limit_cents: int
    price_lists: tuple[str, ...]
    certifications: tuple[str, ...]
    addresses: tuple[tuple[str, str, str, str, str, str, str], ...]
    legal_name: str
    registration_number: str
    tax_number: str
    phone: str
    website: str


COMPANIES = (
    Company(
        BRIGHTBYTE, "100234", "AKL", 25_000_000, ("TRADE", "SILVER"), ("CORVANE-NET",),
        (
            ("Brightbyte office", "Goods inwards", "14 Tramhouse Lane", "Level 2", "Auckland", "Auckland", "1052"),
            ("Brightbyte store", "Ben Tahana", "7 Copperfield Drive", "Unit 4", "Penrose", "Auckland", "1068"),
            ("Matariki College", "IT office", "220 Kowhai Ridge Road", "", "Hamilton", "Waikato", "3214"),
            ("Larch & Lowe", "Reception", "3 Old Customs Steps", "Level 9", "Wellington", "Wellington", "6015"),
        ),
        "Brightbyte Limited", "9429000000017", "100-234-017", "+64 9 555 0123", "https://brightbyte.example",
    ),
    Company(
        COASTLINE, "100377", "CHC", 12_000_000, ("TRADE",), (),
        (
            ("Coastline IT", "Sam Parata", "58 Breakwater Street", "", "Timaru", "Canterbury", "7913"),
            ("Coastline workshop", "Workshop", "2 Ropewalk Place", "", "Christchurch", "Canterbury", "8022"),
            ("Seaward Clinic", "Practice manager", "91 Lighthouse Terrace", "", "Oamaru", "Otago", "9403"),
        ),
        "Coastline Information Technology Limited", "9429000000024", "100-377-024", "+64 3 555 0177",
        "https://coastline.example",
    ),
)  # fmt: skip

PEOPLE = (
    Person("dana@brightbyte.example", "Dana Reyes", "Operations manager", BRIGHTBYTE, is_administrator=True),
    Person(
        "ben@brightbyte.example", "Ben Tahana", "Buyer", BRIGHTBYTE,
        privileges=PURCHASING | {Privilege.INVOICES},
    ),
    Person(
        "vera@brightbyte.example", "Vera Lindqvist", "Service desk", BRIGHTBYTE,
        privileges=frozenset({Privilege.SEE_AVAILABILITY}),
    ),
    Person("noa@brightbyte.example", "Noa Ellery", "Trainee", BRIGHTBYTE, privileges=BASICS, logged_in=False),
    Person("sam@coastline.example", "Sam Parata", "Owner", COASTLINE, is_administrator=True),
    Person("moana@harbour.example", "Moana Whaanga", "Account manager", roles=(Role.SALES,)),
    Person("piri@harbour.example", "Piri Hohepa", "Returns", roles=(Role.RETURNS, Role.WAREHOUSE)),
    Person("ari@harbour.example", "Ari Castellan", "Systems", roles=(Role.ADMINISTRATOR,)),
)  # fmt: skip

LOGINS = (
    ("dana@brightbyte.example", "website administrator of Brightbyte Ltd"),
    ("ben@brightbyte.example", "buyer at Brightbyte Ltd, all of Purchasing, and invoices"),
    ("vera@brightbyte.example", "sees availability at Brightbyte Ltd, no more"),
    ("noa@brightbyte.example", "at Brightbyte Ltd, has not logged in yet"),
    ("sam@coastline.example", "website administrator of Coastline IT"),
    ("moana@harbour.example", "the desk: sales"),
    ("piri@harbour.example", "the desk: returns and warehouse"),
    ("ari@harbour.example", "the desk: administrator"),
)
