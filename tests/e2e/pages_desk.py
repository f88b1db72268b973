"""The pages of the desk with somebody whom each is for."""

from tests.e2e.words import ARI

MOANA, PIRI = "moana@harbour.example", "piri@harbour.example"
DESK = [
    (MOANA, "/account/profile", 200),
    (MOANA, "/favourites", 403),
    (MOANA, "/desk", 200),
    (MOANA, "/desk/staff", 403),
    (PIRI, "/desk", 200),
    (ARI, "/", 200),
    (ARI, "/desk/applications", 200),
    (ARI, "/desk/applications/{application}", 200),
    (ARI, "/desk/applications/{application}/approval", 200),
    (ARI, "/desk/cases", 200),
    (ARI, "/desk/cases/{case}", 200),
    (ARI, "/desk/companies", 200),
    (ARI, "/desk/companies?q=qqqqzzzz", 200),
    (ARI, "/desk/companies/{company}", 200),
    (ARI, "/desk/companies/{company}/edit", 200),
    (ARI, "/desk/companies/{company}/administrators/new", 200),
    (ARI, "/desk/companies/{company}/users/{vera}", 200),
    (ARI, "/desk/staff", 200),
    (ARI, "/desk/staff/new", 200),
    (ARI, "/desk/staff/{moana}", 200),
    (ARI, "/desk", 200),
    (ARI, "/desk/mail", 200),
    (ARI, "/desk/mail/{mail}", 200),
    (ARI, "/desk/audit", 200),
    (ARI, "/desk/styleguide", 200),
]
