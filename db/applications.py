"""Applications of businesses that want to become resellers (JOIN)."""

from piccolo.columns import Bytea, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from db.companies import Company
from db.users import User


class Application(Table, tablename="applications"):
    """From the first step of the form to the decision; `answers` is JSON of the fields that nobody searches."""

    id = Serial(primary_key=True)
    reference = Varchar(11, null=True, default=None, unique=True)
    draft_hash = Varchar(64, null=True, default=None, unique=True)
    state = Varchar(12)
    legal_name = Varchar(200)
    trading_name = Varchar(200)
    registration_number = Varchar(60)
    tax_number = Varchar(60)
    contact_name = Varchar(100)
    email = Varchar(254)
    email_key = Varchar(254)
    answers = Text()
    network_address = Varchar(45)
    begun_at = Timestamptz()
    submitted_at = Timestamptz(null=True, default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)
    decided_by = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)
    decline_reason = Text()
    company = ForeignKey(Company, null=True, default=None, unique=True, on_delete=OnDelete.set_null)
    version = Integer(default=1)


class ApplicationDocument(Table, tablename="application_documents"):
    id = Serial(primary_key=True)
    application = ForeignKey(Application, null=False, on_delete=OnDelete.cascade)
    name = Varchar(120)
    kind = Varchar(10)  # pdf, png or jpeg, by its content
    size = Integer()  # bytes
    content = Bytea()
    added_at = Timestamptz()


class ApplicationMessage(Table, tablename="application_messages"):
    """A question of the desk, or the applicant's answer, which nobody of the desk has written."""

    id = Serial(primary_key=True)
    application = ForeignKey(Application, null=False, on_delete=OnDelete.cascade)
    by = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)
    text = Text()
    written_at = Timestamptz()
