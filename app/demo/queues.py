"""What waits at the desk of the demo: applications of resellers, and somebody who cannot log in."""

import json
from datetime import datetime, timedelta

from app.demo.people import People
from app.rules.application_answers import whole
from app.rules.email_addresses import email_key
from db import sql

ASKED = "Which of your partner certificates are current? Send them as PDF, and we can go on."
ADDRESS = {"registered_line2": "", "registered_region": "", "registered_country": "NZ"}
ABOVE = {"trading_same": "1", "postal_same": "1"}

# Reference, state, hours since it was sent, answers. The second looks like a customer.
APPLICATIONS = (
    ("AP-4N8RT", "open", 3, {
        "legal_name": "Tidewater Networks Limited", "trading_name": "Tidewater", "business_kind": "Limited company",
        "started": "2019-05-06", "registration_number": "9429046123457", "tax_number": "118-204-553",
        "phone": "+64 7 555 0142", "website": "www.tidewater.example", "registered_line1": "31 Ferry Road",
        "registered_city": "Tauranga", "registered_postcode": "3110", "contact_name": "Hana Reedy",
        "contact_role": "Owner", "email": "hana@tidewater.example", "contact_phone": "+64 7 555 0143",
        "sells": "Networks and telephony for offices", "sells_to": "Law firms, clinics and schools",
        "vendors": "Corvane, Norrland", "purchases": "$20,000 to $100,000", "credit": "20",
        "reference1_name": "Southern Cable Supplies", "reference1_contact": "accounts@southerncable.example",
        "reference2_name": "Kea Office Goods", "reference2_contact": "+64 9 555 0177",
    }),
    ("AP-7Q2K9", "open", 51, {
        "legal_name": "Coastline I.T. Ltd", "trading_name": "", "business_kind": "Sole trader", "started": "2022-11-01",
        "registration_number": "9429050777120", "tax_number": "121-990-018", "phone": "+64 3 555 0118", "website": "",
        "registered_line1": "2 Ropewalk Place", "registered_city": "Christchurch", "registered_postcode": "8022",
        "contact_name": "Lee Parata", "contact_role": "Technician", "email": "lee@coastline.example",
        "contact_phone": "+64 3 555 0119", "sells": "Repairs and notebooks", "sells_to": "Households and small offices",
        "vendors": "", "purchases": "up to $5,000", "credit": "none",
    }),
    ("AP-9HX3M", "waiting", 120, {
        "legal_name": "Rimu Cloud Partnership", "trading_name": "Rimu Cloud", "business_kind": "Partnership",
        "started": "2016-02-15", "registration_number": "9429043310558", "tax_number": "109-377-641",
        "phone": "+64 4 555 0160", "website": "rimucloud.example", "registered_line1": "88 Harbour Quays",
        "registered_city": "Wellington", "registered_postcode": "6011", "contact_name": "Tomas Weir",
        "contact_role": "Partner", "email": "tomas@rimucloud.example", "contact_phone": "+64 4 555 0161",
        "sells": "Servers, storage and licences", "sells_to": "Councils and manufacturers", "vendors": "Pike & Co",
        "purchases": "more than $100,000", "credit": "none",
    }),
)  # fmt: skip
ADD = """INSERT INTO applications (reference, state, legal_name, trading_name, registration_number, tax_number,
    contact_name, email, email_key, answers, begun_at, submitted_at, confirmed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id"""


async def write(people: People, now: datetime) -> None:
    """Write the applications, then the case; their times count back from `now`."""
    moana = people.users["moana@harbour.example"]
    for reference, state, hours, typed in APPLICATIONS:
        answers, sent = whole({**ADDRESS, **ABOVE, **typed}), now - timedelta(hours=hours)
        columns = ("legal_name", "trading_name", "registration_number", "tax_number", "contact_name", "email")
        made = await sql.value(
            ADD,
            *(reference, state, *(answers[name] for name in columns), email_key(answers["email"])),
            *(json.dumps(answers), sent - timedelta(minutes=20), sent, sent + timedelta(minutes=4)),
        )
        if state == "waiting":
            await sql.run(
                "INSERT INTO application_messages (application, by, text, written_at) VALUES ($1, $2, $3, $4)",
                *(made, moana, ASKED, sent + timedelta(hours=5)),
            )
    await sql.run(
        """INSERT INTO cases (kind, account_number, name, email, text, network_address, opened_at)
        VALUES ('login', '100377', 'Sam Parata', 'sam@coastline.example', $1, '198.51.100.23', $2)""",
        *("I changed my phone, and the codes went with it.", now - timedelta(hours=2)),
    )
